"""What a reader could work out: integer programming over everything published."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from oversight_lib.method.disclosure.claims import Claims
from oversight_lib.method.disclosure.policy import DisclosureError

_INFEASIBLE = 2


@dataclass(frozen=True, slots=True)
class Target:
    """A count to be protected: its name, and the smallest cells it is the sum of."""

    name: str
    cells: NDArray[np.float64]


def attack(claims: Claims, targets: list[Target], *, enough: int) -> pd.DataFrame:
    """Return for each target: least, most and how many values it could have.

    Cells are whole numbers from 0 subject to every claim. `possible` counts values one by one,
    holes left out, and stops at twice `enough`. Raises `DisclosureError` if the claims contradict
    one another, as two editions do when the counts were revised between them.
    """
    reader = _Reader(claims, 2 * enough)
    rows = [(target.name, *reader.values(target.cells)) for target in targets]
    table = pd.DataFrame(rows, columns=["target", "least", "most", "possible"])
    return table.astype({"target": "str", "least": "float64", "most": "float64",
                         "possible": "int64"})  # fmt: skip


class _Reader:
    """Somebody who has read the publication and has a solver."""

    def __init__(self, claims: Claims, limit: int) -> None:
        self._limit = limit
        finite = claims.high[np.isfinite(claims.high)]
        # No claim bounds a cell that no published figure includes; the solver wants an end.
        self._cap = float(max(finite.max(initial=0), 0) + 10 * limit)
        self._bounds = Bounds(0, self._cap)
        self._known = LinearConstraint(claims.matrix, claims.low, claims.high)

    def values(self, cells: NDArray[np.float64]) -> tuple[float, float, int]:
        """Return least, most and number of possible values of a sum of cells."""
        least, most = self._end(cells, 1), self._end(cells, -1)
        if np.isnan(least) or np.isnan(most):
            raise DisclosureError("the claims contradict one another: were the counts revised?")
        between = np.arange(least + 1, min(most, least + 4 * self._limit))
        found = 1 if least == most else 2
        for value in between:
            if found >= self._limit:
                break
            found += self._has(cells, value)
        return least, np.inf if most >= self._cap else most, found

    def _end(self, cells: NDArray[np.float64], sign: int) -> float:
        answer = self._solve(sign * cells, [self._known])
        return np.nan if answer is None else round(sign * answer)

    def _has(self, cells: NDArray[np.float64], value: float) -> bool:
        here = LinearConstraint(csr_array(cells[np.newaxis]), value, value)
        return self._solve(np.zeros_like(cells), [self._known, here]) is not None

    def _solve(self, cost: NDArray[np.float64], known: list[LinearConstraint]) -> float | None:
        answer = milp(cost, constraints=known, bounds=self._bounds, integrality=np.ones_like(cost))
        if answer.success:
            return float(answer.fun)
        if answer.status == _INFEASIBLE:
            return None
        raise DisclosureError(f"the attack audit did not finish: {answer.message}")
