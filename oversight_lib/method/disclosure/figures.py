"""The figures of a table: its cells and its margins, each a sum of smallest cells."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.method.disclosure.claims import Cell

ALL = "All"
"""The label of a margin."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Labels of each figure (one row each) and which cells it adds up, figures x cells."""

    labels: pd.DataFrame
    members: NDArray[np.float64]

    @property
    def inner(self) -> NDArray[np.bool_]:
        """Say which figures are no margin."""
        return np.asarray(~(self.labels == ALL).to_numpy(dtype=np.bool_).any(axis=1))

    def names(self) -> list[str]:
        """Return each figure's labels in one piece of text."""
        return [", ".join(row) for row in self.labels.itertuples(index=False)]


@dataclass(frozen=True, slots=True)
class Merge:
    """Groups that may be shown as one: in which dimension, which labels, under what label."""

    dimension: str
    labels: tuple[str, ...]
    into: str

    def apply(self, labels: pd.DataFrame) -> pd.DataFrame:
        """Return the labels with these replaced."""
        column = labels[self.dimension]
        return labels.assign(**{self.dimension: column.mask(column.isin(self.labels), self.into)})


def tabulated(labels: pd.DataFrame, *, margins: bool) -> Figures:
    """Return the figures of a table of cells with these labels, with all margins or none.

    Cells with equal labels are one figure. In the order of the cells, margins last.
    """
    dimensions = list(labels.columns)
    if (labels == ALL).to_numpy().any():
        raise ValueError(f'"{ALL}" is the label of margins; a cell cannot bear it')
    kept = [set(dimensions)]
    if margins:
        sizes = range(len(dimensions) - 1, -1, -1)
        kept += [set(some) for size in sizes for some in combinations(dimensions, size)]
    parts = [_part(labels, dimensions, some) for some in kept]
    return Figures(
        pd.concat([part.labels for part in parts], ignore_index=True),
        np.vstack([part.members for part in parts]),
    )


def _part(labels: pd.DataFrame, dimensions: list[str], kept: set[str]) -> Figures:
    blurred = labels.assign(**{name: ALL for name in dimensions if name not in kept})
    keys = pd.MultiIndex.from_frame(blurred)
    unique = keys.unique()
    members = unique.get_indexer(keys)[np.newaxis] == np.arange(len(unique))[:, np.newaxis]
    return Figures(unique.to_frame(index=False), members.astype(np.float64))


def cell_names(labels: pd.DataFrame, part: str) -> tuple[Cell, ...]:
    """Return the name of each cell: its labels, then the part of its people."""
    return tuple((*row, part) for row in labels.itertuples(index=False))
