"""What the checklist asks of tables: marked up, whole, headed once, nothing hidden or filtered."""

import re
from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from oversight_lib.errors import Problem
from oversight_lib.press.downloads.checklist.book import Book, Region, Sheet

_DEFAULT_NAME = re.compile(r"Table_?\d*", re.IGNORECASE)
_EXPLAINED = re.compile(r"\b(blank|empty)\b", re.IGNORECASE)
_NARROW, _WIDE = 8.0, 100.0


def marked_up(book: Book) -> Iterator[Problem]:
    """Find rows of several cells that stand in no table."""
    for sheet in book.sheets:
        loose = {cell.row for cell in sheet.cells if cell.column > 1} - {
            row for _, at in sheet.tables for row in range(at.top, at.bottom + 1)
        }
        if loose:
            yield sheet.problem(f"{len(loose)} rows of a table that is not marked up",
                                at=f"row {min(loose)}")  # fmt: skip


def named(book: Book) -> Iterator[Problem]:
    """Find tables that have the name a program gave them."""
    for sheet in book.sheets:
        for table, _ in sheet.tables:
            if _DEFAULT_NAME.fullmatch(str(table.displayName)):
                yield sheet.problem(f"the table's name {table.displayName} says nothing")


def unmerged(book: Book) -> Iterator[Problem]:
    """Find merged cells."""
    for sheet in book.sheets:
        for merged in sheet.raw.merged_cells.ranges:
            yield sheet.problem("cells are merged", at=merged)


def separate(book: Book) -> Iterator[Problem]:
    """Find tables that lie in one another."""
    for sheet in book.sheets:
        regions = [region for _, region in sheet.tables]
        for number, one in enumerate(regions):
            if any(_overlap(one, other) for other in regions[number + 1 :]):
                yield sheet.problem("tables are nested")


def unbroken(book: Book) -> Iterator[Problem]:
    """Find rows and columns of a table that are blank."""
    for sheet in book.sheets:
        for _, at in sheet.tables:
            filled = [(c.row, c.column) for c in sheet.cells if at.holds(c.row, c.column)]
            # A heading alone does not fill its column.
            rows, columns = {r for r, _ in filled}, {c for r, c in filled if r > at.top}
            for row in sorted(set(range(at.top, at.bottom + 1)) - rows):
                yield sheet.problem("a row within the table is blank", at=f"row {row}")
            for column in sorted(set(range(at.left, at.right + 1)) - columns):
                letter = get_column_letter(column)
                yield sheet.problem("a column within the table is blank", at=f"column {letter}")


def headed(book: Book) -> Iterator[Problem]:
    """Find tables without one tagged row of headings, each with its own words."""
    for sheet in book.sheets:
        for table, at in sheet.tables:
            if table.headerRowCount != 1:
                yield sheet.problem(f"{table.displayName} has no tagged header row")
            row = [sheet.raw.cell(at.top, c).value for c in range(at.left, at.right + 1)]
            words = [str(value).strip() for value in row if isinstance(value, str)]
            if len([word for word in words if word]) < len(row):
                yield sheet.problem(f"a heading of {table.displayName} is not text")
            if len(set(words)) < len(words):
                yield sheet.problem(f"two headings of {table.displayName} are the same")


def wrapped(book: Book) -> Iterator[Problem]:
    """Find text in a table that is longer than its column and does not fold."""
    for sheet in book.sheets:
        widths = {letter: _width(sheet, letter) for letter in _letters(sheet)}
        for cell, text in sheet.text():
            inside = sheet.within(cell.row, cell.column)
            fits = len(text) <= widths.get(cell.column_letter, _NARROW)
            if inside and not fits and not cell.alignment.wrap_text:
                yield sheet.problem("text is cut off: it does not wrap", at=cell.coordinate)


def unfiltered(book: Book) -> Iterator[Problem]:
    """Find filters and frozen panes."""
    for sheet in book.sheets:
        filters = [table for table, _ in sheet.tables if table.autoFilter is not None]
        if filters or sheet.raw.auto_filter.ref:
            yield sheet.problem("there is a filter")
        if sheet.raw.freeze_panes:
            yield sheet.problem("panes are frozen")


def explained(book: Book) -> Iterator[Problem]:
    """Find empty cells of a table, unless the sheet says above it why cells are empty."""
    for sheet in book.sheets:
        for _, at in sheet.tables:
            filled = sum(at.holds(cell.row, cell.column) for cell in sheet.cells)
            lacking = (at.bottom - at.top + 1) * (at.right - at.left + 1) - filled
            above = " ".join(text for cell, text in sheet.text() if cell.row < at.top)
            if lacking and not _EXPLAINED.search(above):
                yield sheet.problem(f"{lacking} cells are empty and nothing says why")


def shown(book: Book) -> Iterator[Problem]:
    """Find what is hidden: sheets, rows, columns."""
    for sheet in book.sheets:
        if sheet.raw.sheet_state != "visible":
            yield sheet.problem("the worksheet is hidden")
        rows = [n for n, size in sheet.raw.row_dimensions.items() if size.hidden]
        columns = [n for n, size in sheet.raw.column_dimensions.items() if size.hidden]
        yield from (sheet.problem("a row is hidden", at=f"row {row}") for row in rows)
        yield from (sheet.problem("a column is hidden", at=f"column {name}") for name in columns)


def roomy(book: Book) -> Iterator[Problem]:
    """Find columns of a table that are too narrow for a number or too wide for a screen."""
    for sheet in book.sheets:
        for letter in _letters(sheet):
            width = _width(sheet, letter)
            if not _NARROW <= width <= _WIDE:
                yield sheet.problem(f"the column is {width:g} letters wide", at=f"column {letter}")


def _letters(sheet: Sheet) -> list[str]:
    places = {c for _, at in sheet.tables for c in range(at.left, at.right + 1)}
    return [get_column_letter(place) for place in sorted(places)]


def _width(sheet: Sheet, letter: str) -> float:
    """Return a column's width; a dimension may hold several columns that are alike."""
    place = next(
        (
            size.width
            for size in sheet.raw.column_dimensions.values()
            if size.min is not None
            and size.min <= sheet.raw[f"{letter}1"].column <= (size.max or size.min)
        ),
        _NARROW,
    )
    return float(place)


def _overlap(one: Region, other: Region) -> bool:
    return (
        one.left <= other.right and other.left <= one.right
        and one.top <= other.bottom and other.top <= one.bottom
    )  # fmt: skip
