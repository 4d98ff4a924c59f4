"""What a reader could work out: integer programming over everything published."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.method.disclosure.claims import Claims


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
    # A solver takes a while to import, and only a publication of counts needs one.
    from oversight_lib.method.disclosure.reader import Reader  # noqa: PLC0415

    reader = Reader(claims, 2 * enough)
    rows = [(target.name, *reader.values(target.cells)) for target in targets]
    table = pd.DataFrame(rows, columns=["target", "least", "most", "possible"])
    return table.astype({"target": "str", "least": "float64", "most": "float64",
                         "possible": "int64"})  # fmt: skip
