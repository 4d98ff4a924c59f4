"""Figures of two editions side by side: every number that is not the same in both."""

from collections.abc import Mapping

import pandas as pd

from oversight_lib.frames import FRAMES, Frame, Kind

COLUMNS = ["table", "where", "column", "before", "after"]
_FIGURES = (Kind.NUMBER, Kind.INTEGER, Kind.FLAG)
_DIGITS = 10
"""Significant digits that two figures are compared by: machines differ after the fifteenth."""


def changed(
    before: Mapping[str, pd.DataFrame],
    after: Mapping[str, pd.DataFrame],
    *,
    across: bool = False,
) -> pd.DataFrame:
    """Return every figure that differs between the tables of two editions, as `COLUMNS`.

    `where` names the row by its key. A figure that is in one of them only has an empty text on the
    other side. `across` compares two quarters, whose rows differ in their quarter and are the same
    otherwise. Sorted by table, row and column.
    """
    found = [
        _changed(FRAMES[name], before.get(name), after.get(name), across=across)
        for name in FRAMES
        if name in before or name in after
    ]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)
    return rows.sort_values(["table", "where", "column"], ignore_index=True)


def compared(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> int:
    """Return how many figures two editions have between them in tables that both have."""
    both = [name for name in FRAMES if name in before and name in after]
    return sum(int(after[name][_figures(FRAMES[name], after[name])].size) for name in both)


def _changed(
    frame: Frame, before: pd.DataFrame | None, after: pd.DataFrame | None, *, across: bool
) -> pd.DataFrame:
    key = [name for name in frame.key if not (across and name == "quarter")]
    sides = [_long(frame, table, key) for table in (before, after)]
    both = sides[0].merge(
        sides[1], on=["where", "column"], how="outer", suffixes=("_before", "_after")
    )
    named = both.rename(columns={"figure_before": "before", "figure_after": "after"})
    filled = named.fillna({"before": "", "after": ""})
    differ = filled[filled["before"].ne(filled["after"])]
    return differ.assign(table=frame.name)[COLUMNS]


def _long(frame: Frame, table: pd.DataFrame | None, key: list[str]) -> pd.DataFrame:
    """Return `where`, `column`, `figure`: one row a figure that is there, each as a text."""
    if table is None or table.empty:
        return pd.DataFrame({"where": [], "column": [], "figure": []}, dtype="str")
    columns = _figures(frame, table)
    where = [", ".join(parts) for parts in zip(*(_named(table, name) for name in key), strict=True)]
    texts = {name: table[name].map(_text, na_action="ignore").astype("str") for name in columns}
    wide = pd.DataFrame({"where": where, **texts})
    return wide.melt("where", var_name="column", value_name="figure").dropna(subset=["figure"])


def _figures(frame: Frame, table: pd.DataFrame) -> list[str]:
    kinds = {column.name: column.kind for column in frame.columns}
    return [name for name in table.columns if kinds.get(name) in _FIGURES and name not in frame.key]


def _named(table: pd.DataFrame, name: str) -> "pd.Series[str]":
    return table[name].astype("str").radd(f"{name}=").fillna(f"{name}=")


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.{_DIGITS}g}"
    return str(value)
