"""One way to show a table of people's counts: what each figure shows, and what that gives away."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from oversight_lib.method.disclosure.audit import Target
from oversight_lib.method.disclosure.claims import Cell, Claims
from oversight_lib.method.disclosure.figures import Figures, Merge, cell_names, tabulated
from oversight_lib.method.disclosure.policy import Policy, rounded, small
from oversight_lib.method.disclosure.symbol import Symbol, strongest


@dataclass(frozen=True, slots=True)
class People:
    """The smallest cells: labels, people counted, and the rest of those they are counted among.

    Numbers are missing where there is a symbol. `rest` is None where no total is published.
    """

    labels: pd.DataFrame
    counted: NDArray[np.float64]
    symbol: NDArray[np.object_]
    rest: NDArray[np.float64] | None = None
    rest_symbol: NDArray[np.object_] | None = None

    def cells(self) -> tuple[Cell, ...]:
        """Return the cells' names: those counted, then the rest."""
        rest = () if self.rest is None else cell_names(self.labels, "rest")
        return (*cell_names(self.labels, "counted"), *rest)

    def numbers(self) -> NDArray[np.float64]:
        """Return how many people are in each cell; missing where there is a symbol."""
        return self.counted if self.rest is None else np.concatenate([self.counted, self.rest])

    def symbols(self) -> NDArray[np.object_]:
        """Return each cell's symbol, "" where it has a number."""
        if self.rest_symbol is None:
            return self.symbol
        return np.concatenate([self.symbol, self.rest_symbol])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to a table beyond hiding small counts; `hidden` holds places of figures."""

    base: int = 1
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of a plan: counts first, then totals, each figures x smallest cells."""

    figures: Figures
    members: NDArray[np.float64]
    number: NDArray[np.float64]
    shown: NDArray[np.float64]
    symbol: NDArray[np.object_]
    claims: Claims
    targets: list[Target]

    def column(self, block: int) -> pd.Series:
        """Return what is printed: the figures' counts (block 0) or totals (block 1), as text."""
        size = len(self.figures.labels)
        part = slice(block * size, (block + 1) * size)
        shown, symbol = self.shown[part], self.symbol[part]
        text = [mark or f"{number:.0f}" for number, mark in zip(shown, symbol, strict=True)]
        return pd.Series(text, dtype="str")


def lay_out(people: People, policy: Policy, plan: Plan, *, margins: bool) -> Sheet:
    """Return the sheet of the plan: shown figures, and every claim they make."""
    labels = people.labels
    for merge in plan.merges:
        labels = merge.apply(labels)
    figures = tabulated(labels, margins=margins)
    members = _blocks(figures.members, with_rest=people.rest is not None)
    cells, marks = people.numbers(), people.symbols()
    number = members @ np.nan_to_num(cells)
    symbol = np.array([strongest(marks[row > 0]) for row in members], dtype=object)
    number = np.where(symbol == "", number, np.nan)
    primary = small(number, policy)
    secondary = np.isin(np.arange(len(number)), sorted(plan.hidden)) & (symbol == "") & ~primary
    shown = rounded(number, plan.base)
    symbol = np.where((number > 0) & (shown == 0), Symbol.LOW.value, symbol)
    symbol = np.where(primary | secondary, policy.symbol.value, symbol)
    low, high = _known(number, policy, plan.base)
    said = ~np.isnan(number) & ~secondary
    claims = Claims(people.cells(), csr_array(members[said]), low[said], high[said])
    targets = _targets(people, policy, figures, members, primary)
    return Sheet(figures, members, number, shown, symbol, claims, targets)


def _blocks(members: NDArray[np.float64], *, with_rest: bool) -> NDArray[np.float64]:
    if not with_rest:
        return members
    return np.block([[members, np.zeros_like(members)], [members, members]])


def _known(number: NDArray[np.float64], policy: Policy, base: int
           ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """Return what a reader knows of each figure that is not hidden on top of the rule.

    Of a hidden small count its range; of a shown one what rounds to it, and that it is not small.
    """
    shown = rounded(number, base)
    low, high = np.ceil(shown - base / 2), np.ceil(shown + base / 2) - 1
    least = 1 if policy.open else policy.threshold + 1
    low, high = np.where(number > 0, np.maximum(low, least), 0), np.where(number > 0, high, 0)
    hidden = small(number, policy)
    return np.where(hidden, 1, low), np.where(hidden, policy.threshold, high)


def _targets(people: People, policy: Policy, figures: Figures, members: NDArray[np.float64],
             primary: NDArray[np.bool_]) -> list[Target]:  # fmt: skip
    """Return every small number of people: smallest cells, shown or not, and small figures."""
    cells = people.cells()
    alone = np.eye(len(cells))
    found = [Target(", ".join(cells[i]), alone[i])
             for i in np.flatnonzero(small(people.numbers(), policy))]  # fmt: skip
    names = [f"{name}, {part}" for part in ("counted", "total") for name in figures.names()]
    sums = [Target(names[i], members[i]) for i in np.flatnonzero(primary) if members[i].sum() > 1]
    return [*found, *sums]
