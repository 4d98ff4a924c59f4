"""What has been published about people, as limits on sums of the smallest cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

Cell = tuple[str, ...]
"""A smallest cell: its label in each dimension, then whether it is counted or the rest."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Rows `low <= matrix @ cells <= high` that a reader of the publication knows."""

    cells: tuple[Cell, ...]
    matrix: csr_array
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Iterable[tuple[Mapping[Cell, float], float, float]]) -> "Claims":
        """Return the claims of rows (cells with their factors, low, high)."""
        listed = list(rows)
        cells = tuple(sorted({cell for factors, _, _ in listed for cell in factors}))
        place = {cell: i for i, cell in enumerate(cells)}
        matrix = np.zeros((len(listed), len(cells)))
        for i, (factors, _, _) in enumerate(listed):
            for cell, factor in factors.items():
                matrix[i, place[cell]] = factor
        low, high = (np.array([row[side] for row in listed], float) for side in (1, 2))
        return cls(cells, csr_array(matrix), low, high)

    def over(self, cells: tuple[Cell, ...]) -> "Claims":
        """Return the same claims with the cells in this order; all of theirs must be in it."""
        place = pd.Index(cells, tupleize_cols=False).get_indexer(
            pd.Index(self.cells, tupleize_cols=False)
        )
        rows = self.matrix.tocoo()
        shape = (self.matrix.shape[0], len(cells))
        moved = csr_array((rows.data, (rows.row, place[rows.col])), shape=shape)
        return Claims(cells, moved, self.low, self.high)


def together(first: Claims, *others: Claims) -> Claims:
    """Return all claims at once, over every cell that any of them is about."""
    everything = sorted({cell for claims in (first, *others) for cell in claims.cells})
    cells = tuple(everything)
    moved = [claims.over(cells) for claims in (first, *others)]
    return Claims(
        cells,
        csr_array(vstack([claims.matrix for claims in moved])),
        np.concatenate([claims.low for claims in moved]),
        np.concatenate([claims.high for claims in moved]),
    )


def percentage(counted: Cell, rest: Cell, shown: float, *, decimals: int) -> Claims:
    """Return what a published percentage says: count / (count + rest) rounds to it."""
    half = 0.5 * 10**-decimals + 1e-9
    rows = [
        ({counted: 100 - (shown + side * half), rest: -(shown + side * half)},
         -np.inf if side > 0 else 0.0, 0.0 if side > 0 else np.inf)
        for side in (-1, 1)
    ]  # fmt: skip
    return Claims.of(rows)


def possible_counts(shown: float, *, decimals: int, total: tuple[int, int]) -> list[int]:
    """Return every count that gives the percentage as shown, for totals from low to high.

    A list of one is a disclosure: 6.4% of 45 rounded to 5 can only be 3.
    """
    totals = np.arange(max(total[0], 1), total[1] + 1)
    half = 0.5 * 10**-decimals + 1e-9
    low = np.ceil((shown - half) * totals / 100)
    high = np.floor((shown + half) * totals / 100)
    found = {n for a, b in zip(low, high, strict=True) for n in range(int(a), int(b) + 1)}
    return sorted(n for n in found if n >= 0)
