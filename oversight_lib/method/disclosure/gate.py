"""The gate: the only way from counts of people to text that can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.method.disclosure.claims import Claims
from oversight_lib.method.disclosure.figures import Merge
from oversight_lib.method.disclosure.guarded import CountArray, unguarded
from oversight_lib.method.disclosure.policy import DisclosureError, Policy
from oversight_lib.method.disclosure.protection import Protection, protect
from oversight_lib.method.disclosure.sheet import People
from oversight_lib.method.disclosure.symbol import Symbol, strongest

SYMBOLS = tuple(str(symbol) for symbol in Symbol)


@dataclass(frozen=True, slots=True)
class Publication:
    """A table of text that may be shown, how it was made safe, and what it gives away.

    `claims` go into the next edition's `earlier`.
    """

    table: pd.DataFrame
    policy: Policy
    audit: pd.DataFrame
    log: pd.DataFrame
    claims: Claims


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table shows: which columns tell its rows apart, which are counts.

    With a `total`, the people counted are part of it, and a `percent` of the shown figures is
    added. `margins` adds every total over the columns in `by`.
    """

    by: tuple[str, ...]
    count: str
    total: str | None = None
    margins: bool = True
    decimals: int = 1


def publish(frame: pd.DataFrame, layout: Layout, *, earlier: Sequence[Claims] = (),
            merges: Sequence[Merge] = ()) -> Publication:  # fmt: skip
    """Return the frame's counts as text that may be shown, after the attack audit.

    Give one call all that is shown of one set of people: tables published apart are attacked
    apart, unless the claims of the first are `earlier` for the second.
    """
    labels = frame[list(layout.by)].astype("str").reset_index(drop=True)
    if labels.duplicated().any():
        raise ValueError(f"rows with the same {', '.join(layout.by)}; add them up first")
    counted, policy = _column(frame, layout.count)
    people = People(labels, *counted)
    if layout.total is not None:
        among, other = _column(frame, layout.total)
        people, policy = _with_rest(labels, counted, among), policy.joined(other)
    protection = protect(people, policy, margins=layout.margins, earlier=earlier, merges=merges)
    table = _table(protection, layout)
    sheet = protection.sheet
    return Publication(table, policy, protection.audit, protection.log, sheet.claims)


Column = tuple[NDArray[np.float64], NDArray[np.object_]]


def _column(frame: pd.DataFrame, name: str) -> tuple[Column, Policy]:
    column = frame[name].array
    if not isinstance(column, CountArray):
        raise DisclosureError(f"{name} is no column of counts; make it one with disclosure.counts")
    return unguarded(column), column.policy


def _with_rest(labels: pd.DataFrame, counted: Column, among: Column) -> People:
    rest = among[0] - counted[0]
    if (rest < 0).any():
        raise ValueError("a count exceeds the total it is counted among")
    pairs = zip(counted[1], among[1], strict=True)
    symbol = np.array([strongest(np.array(pair, dtype=object)) for pair in pairs], dtype=object)
    return People(labels, *counted, rest, symbol)


def _table(protection: Protection, layout: Layout) -> pd.DataFrame:
    sheet, count, total = protection.sheet, protection.sheet.column(0), layout.total
    table = sheet.figures.labels.assign(**{layout.count: count})
    if total is None:
        return table
    among = sheet.column(1)
    return table.assign(**{total: among}, percent=percent(count, among, decimals=layout.decimals))


def percent(count: pd.Series, total: pd.Series, *, decimals: int) -> pd.Series:
    """Return the percentage of counts as shown; a symbol of either, or `[z]` of nobody."""
    n, d = numbers(count), numbers(total)
    empty = pd.Series(np.where(d == 0, Symbol.NOT_APPLICABLE.value, ""), index=count.index)
    marks = pd.DataFrame({"count": symbols(count), "total": symbols(total), "empty": empty})
    mark = [strongest(row) for row in marks.to_numpy(dtype=object)]
    shares = 100 * n / d.where(d > 0)
    return _shown(shares, pd.Series(mark, index=count.index, dtype="str"), decimals)


def numbers(shown: pd.Series) -> pd.Series:
    """Return the numbers of shown text; missing where a symbol stands, which `symbols` returns."""
    return pd.to_numeric(shown.where(~shown.isin(SYMBOLS))).astype("float64")


def symbols(shown: pd.Series) -> pd.Series:
    """Return the symbols of shown text, "" where a number stands."""
    return shown.where(shown.isin(SYMBOLS), "")


def follow(shown: pd.Series, derived: pd.Series, *, decimals: int) -> pd.Series:
    """Return derived values as text: where the count shows a symbol, that symbol and no value.

    For rates, limits and anything else computed from counts. Derive them from `numbers(shown)`:
    a limit of the unrounded count is the count in another guise. A value that is missing for its
    own reasons is `[x]`.
    """
    mark = symbols(shown)
    missing = (mark == "") & derived.isna()
    return _shown(derived, mark.mask(missing, Symbol.NOT_AVAILABLE.value), decimals)


def ranks(shown: pd.Series, *, first: str = "highest") -> pd.Series:
    """Return ranks of shown numbers as text, ties sharing the best; symbols stay and take none."""
    order = numbers(shown).rank(method="min", ascending=first != "highest")
    return follow(shown, order, decimals=0)


def _shown(values: pd.Series, mark: pd.Series, decimals: int) -> pd.Series:
    pairs = zip(values, mark, strict=True)
    text = [symbol or f"{value:.{decimals}f}" for value, symbol in pairs]
    return pd.Series(text, index=values.index, dtype="str")
