"""Somebody who has read a publication, and works out with a solver what else it says."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from oversight_lib.method.disclosure.claims import Claims
from oversight_lib.method.disclosure.policy import DisclosureError

_INFEASIBLE = 2


class Reader:
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
