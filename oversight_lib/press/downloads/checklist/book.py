"""A workbook as the checklist sees it: its sheets, their tables, and the parts of its file."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.table import Table as Marked
from openpyxl.worksheet.worksheet import Worksheet

from oversight_lib.errors import Problem, PublicationError


@dataclass(frozen=True, slots=True)
class Region:
    """Where a marked-up table stands: its first and last column and row, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, row: int, column: int) -> bool:
        """Say whether a cell is in the table, its header row among it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """One worksheet, its filled cells, and its tables."""

    raw: Worksheet

    @property
    def name(self) -> str:
        """Its name on the tab."""
        return str(self.raw.title)

    @cached_property
    def cells(self) -> list[Cell]:
        """Every cell that holds something, row by row."""
        rows = self.raw.iter_rows()
        return [cell for row in rows for cell in row if cell.value is not None]

    @cached_property
    def tables(self) -> list[tuple[Marked, Region]]:
        """Its tables with their places, in order."""
        marked = sorted(self.raw.tables.values(), key=lambda table: str(table.ref))
        return [(table, Region(*_bounds(str(table.ref)))) for table in marked]

    @cached_property
    def styles(self) -> list[Cell]:
        """One filled cell of each style there is: what is told by style need not be asked twice."""
        return list({cell.style_id: cell for cell in reversed(self.cells)}.values())

    def text(self) -> Iterator[tuple[Cell, str]]:
        """Return the cells that hold text, with it."""
        return ((cell, cell.value) for cell in self.cells if isinstance(cell.value, str))

    def within(self, row: int, column: int) -> bool:
        """Say whether a cell is in a table."""
        return any(region.holds(row, column) for _, region in self.tables)

    def problem(self, what: str, *, at: object = "") -> Problem:
        """Return a problem of this sheet, at a cell if one is named."""
        return Problem(f"{self.name}{f' {at}' if at else ''}", what)


@dataclass(frozen=True)
class Book:
    """A workbook file, read once."""

    path: Path
    raw: Workbook
    parts: frozenset[str]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Its worksheets in order."""
        return [Sheet(sheet) for sheet in self.raw.worksheets]


def open_book(path: Path) -> Book:
    """Return the workbook in a file; raise `PublicationError` if it is none."""
    try:
        with zipfile.ZipFile(path) as file:
            parts = frozenset(file.namelist())
        return Book(path, load_workbook(path), parts)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        reason = Problem(str(path), f"{type(error).__name__}: {error}", "an .xlsx workbook")
        raise PublicationError("this is not a workbook that can be read", [reason]) from None


def _bounds(ref: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(ref)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)
