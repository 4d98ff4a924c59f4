"""Where a figure of an edition stands, in one line of text, and what stands there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, unquote

import numpy as np
import pandas as pd

from oversight_lib.frames import ICBS, ORGANISATIONS

COUNT = "count"
"""The column that says how many rows have the key, rather than what stands in one of them."""

APART = ("rules", "shown")
"""What is no table of an edition: our reading of the framework, and the page's own tables."""

_FORM = re.compile(r"(?P<table>\w+): (?P<key>[^:]*): (?P<column>[\w()]+)")
_TOGETHER = re.compile(r"(?P<how>sum|count|distinct|median)\((?P<column>\w+)\)")
_KEPT = " ’'/()-"
_WORDS = {"no": 0, "none": 0, "neither": 0, "both": 2}
_MINUS = ("-", "\N{MINUS SIGN}")
_PRINTED = re.compile(
    r"(?P<sign>[+\N{MINUS SIGN}-]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?:%|st|nd|rd|th)?"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the table, the key that names its row, the column.

    Written `segments: org=RTF, scope=overall: average`, as commentary writes it. `count` counts the
    rows with the key; `sum(x)`, `count(x)` (of those that are there), `distinct(x)` and `median(x)`
    take a column of them together; `a|b` in a key is either. The quarter is the edition's.
    """

    table: str
    key: tuple[tuple[str, str], ...]
    column: str

    @classmethod
    def of(cls, table: str, column: str, **key: object) -> "Cell":
        """Return the cell of a table's row and column."""
        return cls(table, tuple(sorted((name, str(value)) for name, value in key.items())), column)

    @classmethod
    def parse(cls, text: str) -> "Cell":
        """Read what `str` writes; `ValueError` if it is none."""
        return _parsed(text)

    def __str__(self) -> str:
        key = ", ".join(f"{name}={quote(value, safe=_KEPT + '|')}" for name, value in self.key)
        return f"{self.table}: {key}: {self.column}"


@cache
def _parsed(text: str) -> Cell:
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" names no cell')
    parts = [part.partition("=") for part in match["key"].split(", ") if part]
    key = tuple((name, unquote(value)) for name, _, value in parts)
    return Cell(match["table"], key, match["column"])


class Ledger:
    """The figures of an edition by their cells; what was sorted once is kept."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = tables
        self._rows: dict[tuple[str, ...], Mapping[tuple[str, ...], list[int]]] = {}
        self._columns: dict[tuple[str, str], list[object]] = {}
        self._found: dict[Cell, object] = {}

    def figure(self, cell: Cell) -> object:
        """Return what stands in a cell; None if there is no such table, row or column.

        A key that more than one row has names no cell, but can be counted.
        """
        if cell not in self._found:
            self._found[cell] = self._figure(cell)
        return self._found[cell]

    def _figure(self, cell: Cell) -> object:
        table = self._tables.get(cell.table)
        if table is None:
            return 0 if cell.column == COUNT else None
        rows = self._matching(cell)
        if cell.column == COUNT:
            return len(rows)
        if match := _TOGETHER.fullmatch(cell.column):
            return self._together(cell.table, rows, **match.groupdict())
        if len(rows) != 1 or cell.column not in table:
            return None
        place = (cell.table, cell.column)
        if place not in self._columns:
            self._columns[place] = list(table[cell.column])
        return self._columns[place][rows[0]]

    def _together(self, table: str, rows: list[int], how: str, column: str) -> float | None:
        """Return one figure of some rows of a column; None if there is no such column."""
        own = self._tables[table]
        every = own[column] if column in own else self._column(table, column)
        if every is None:
            return None
        values = every.iloc[rows].dropna()
        if how == "distinct":
            return int(values.nunique())
        return len(values) if how == "count" else float(values.agg(how))

    def _matching(self, cell: Cell) -> list[int]:
        if not cell.key:
            return list(range(len(self._tables[cell.table])))
        names = tuple(name for name, _ in cell.key)
        place = (cell.table, *names)
        if place not in self._rows:
            self._rows[place] = self._sorted(cell.table, names)
        wanted: list[tuple[str, ...]] = [()]
        for _, value in cell.key:
            wanted = [(*before, each) for before in wanted for each in value.split("|")]
        return [row for key in wanted for row in self._rows[place].get(key, [])]

    def _sorted(self, table: str, names: tuple[str, ...]) -> Mapping[tuple[str, ...], list[int]]:
        columns = [self._column(table, name) for name in names]
        if any(column is None for column in columns):
            return {}
        rows: dict[tuple[str, ...], list[int]] = {}
        for place, key in enumerate(zip(*(list(c) for c in columns if c is not None), strict=True)):
            rows.setdefault(key, []).append(place)
        return rows

    def _column(self, name: str, column: str) -> "pd.Series[str] | None":
        """Return a column as text; one of the trust or the board where the table has only that."""
        table = self._tables[name]
        if column in table:
            return _as_text(table[column])
        for frame, key in ((ORGANISATIONS, "org"), (ICBS, "icb")):
            other = self._tables.get(frame.name, frame.empty())
            if key in table and column in other:
                return _as_text(table[key].map(other.set_index(key)[column]))
        return None


def prints(words: str, figure: object) -> bool:
    """Say whether words are a figure as it is printed: rounded halves up, or in percent."""
    printed = spoken(words)
    if printed is None or figure is None or pd.isna(figure):  # type: ignore[call-overload]
        return False
    half = 0.5 * 10.0 ** -len(words.rstrip("%").partition(".")[2])
    scales = (1.0, 100.0) if words.endswith("%") else (1.0,)
    value = float(figure)  # type: ignore[arg-type]
    return any(abs(value * scale - printed) <= half + 1e-9 for scale in scales)


def spoken(words: str) -> float | None:
    """Return the number that words are: 24th, +0.05, 1,204, 55%, both; None if they are none."""
    if words.lower() in _WORDS:
        return float(_WORDS[words.lower()])
    match = _PRINTED.fullmatch(words)
    if not match:
        return None
    return float(match["digits"].replace(",", "")) * (-1 if match["sign"] in _MINUS else 1)


def _as_text(column: pd.Series) -> "pd.Series[str]":
    """Return cells as a key writes them: Yes and No, whole numbers, missing."""
    if column.dtype == "boolean":
        column = column.map({True: "Yes", False: "No"})
    missing = column.isna().to_numpy()
    words = np.where(missing, "missing", column.astype("str"))
    return pd.Series(words, column.index, dtype="str")
