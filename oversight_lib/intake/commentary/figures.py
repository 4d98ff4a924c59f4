"""Figures that commentary leans on: named by table, key and column, and looked up as printed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from oversight_lib.frames import FRAMES, Column, Frame, Kind
from oversight_lib.method.rounding import half_up

_FORM = re.compile(r"(?P<table>\w+): (?P<key>[^:]+): (?P<column>\w+)(?: = (?P<value>.+))?")
_QUARTER = "quarter"
EXAMPLE = "segments: org=RTF, scope=overall: average = 1.74"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a table of the quarter; `recorded` is what was printed when it was written."""

    table: str
    key: tuple[tuple[str, str], ...]
    column: str
    recorded: str = ""

    @classmethod
    def parse(cls, text: str) -> "Figure":
        """Read `segments: org=RTF, scope=overall: average = 1.74`; `ValueError` says what is wrong.

        The key is complete but for the quarter, which is that of the commentary. The value may be
        left out where it is yet to be recorded.
        """
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f'"{text}" names no figure; write it as {EXAMPLE}')
        parts = [part.partition("=") for part in match["key"].split(",")]
        key = tuple(sorted((name.strip(), value.strip()) for name, _, value in parts))
        figure = cls(match["table"], key, match["column"], _plain(match["value"] or ""))
        if fault := figure.fault:
            raise ValueError(f'"{text}": {fault}')
        return figure

    @property
    def name(self) -> str:
        """The figure without its value, in one way of writing."""
        key = ", ".join(f"{name}={value}" for name, value in self.key)
        return f"{self.table}: {key}: {self.column}"

    @property
    def fault(self) -> str:
        """Why no table has such a figure; empty if one can."""
        frame = FRAMES.get(self.table)
        if frame is None or _QUARTER not in frame.key:
            return f'"{self.table}" is no table of an edition'
        wanted = [name for name in frame.key if name != _QUARTER]
        given = [name for name, _ in self.key]
        if sorted(wanted) != sorted(given):
            return f"the key is {', '.join(given)}; expected {', '.join(wanted)}"
        if self.column not in frame.names:
            return f"{self.table} has no column {self.column}; it has {', '.join(frame.names)}"
        return ""

    def current(self, tables: Mapping[str, pd.DataFrame]) -> str | None:
        """Return the figure as it is printed now; None if its table or row is not there."""
        rows = tables.get(self.table, FRAMES[self.table].empty())
        for name, value in self.key:
            rows = rows[rows[name].astype("str") == value]
        if rows.empty:
            return None
        return printed(rows[self.column].iloc[0], _column(FRAMES[self.table], self.column))


def printed(value: object, column: Column) -> str:
    """Return a cell as commentary writes it: two decimals, halves up; flags Yes or No."""
    if pd.isna(value):  # type: ignore[call-overload]
        return "not published"
    if column.kind is Kind.NUMBER:
        return _plain(f"{float(half_up(np.array([value], dtype=float))[0]) + 0.0:,.2f}")
    if column.kind is Kind.FLAG:
        return "Yes" if value else "No"
    return f"{value:,}" if column.kind is Kind.INTEGER else str(value)


def _plain(text: str) -> str:
    """Return a value with one kind of minus and single spaces, so that typing it is easy."""
    return " ".join(text.replace("-", "\N{MINUS SIGN}").split()) if _numeric(text) else text.strip()


def _numeric(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[-\N{MINUS SIGN}]?[\d,.]+\s*", text))


def _column(frame: Frame, name: str) -> Column:
    return next(column for column in frame.columns if column.name == name)
