"""What the checklist asks of a workbook as a whole: names, places, properties, where it opens."""

import re
from collections.abc import Iterator

from oversight_lib.errors import Problem
from oversight_lib.press.downloads.checklist.book import Book

_FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:xlsx|ods)")
_DEFAULT_SHEET = re.compile(r"Sheet ?\d+", re.IGNORECASE)
_LONGEST = 30
_FIRST_SAYS = ("contents", "contact", "next update")
_ASKED = {"title": "title", "creator": "author", "subject": "subject"}


def unscripted(book: Book) -> Iterator[Problem]:
    """Find macros."""
    if "xl/vbaProject.bin" in book.parts or book.path.suffix == ".xlsm":
        yield Problem(book.path.name, "there are macros")


def named(book: Book) -> Iterator[Problem]:
    """Find worksheets whose names are alike, say nothing or are too long."""
    seen: set[str] = set()
    for sheet in book.sheets:
        if _DEFAULT_SHEET.fullmatch(sheet.name):
            yield sheet.problem("the worksheet's name says nothing")
        if len(sheet.name) > _LONGEST:
            yield sheet.problem(f"the worksheet's name has more than {_LONGEST} letters")
        if sheet.name.strip().lower() in seen:
            yield sheet.problem("the worksheet's name is that of another")
        seen.add(sheet.name.strip().lower())


def unblank(book: Book) -> Iterator[Problem]:
    """Find worksheets without anything."""
    for sheet in book.sheets:
        if not sheet.cells:
            yield sheet.problem("the worksheet is blank")


def column_a(book: Book) -> Iterator[Problem]:
    """Find gaps in column A above the last table: a reader with a screen reader goes down it."""
    for sheet in book.sheets:
        filled = {cell.row for cell in sheet.cells if cell.column == 1}
        last = max((at.bottom for _, at in sheet.tables), default=max(filled, default=0))
        if gaps := sorted(set(range(1, last + 1)) - filled):
            yield sheet.problem("column A has a gap", at=f"A{gaps[0]}")


def to_the_left(book: Book) -> Iterator[Problem]:
    """Find tables that do not begin in column A."""
    for sheet in book.sheets:
        for table, at in sheet.tables:
            if at.left != 1:
                yield sheet.problem(f"{table.displayName} does not begin in column A")


def nothing_below(book: Book) -> Iterator[Problem]:
    """Find content below a table."""
    for sheet in book.sheets:
        last = max((at.bottom for _, at in sheet.tables), default=0)
        below = [cell.coordinate for cell in sheet.cells if last and cell.row > last]
        if below:
            yield sheet.problem("something stands below the table", at=below[0])


def one_table(book: Book) -> Iterator[Problem]:
    """Find worksheets of several tables."""
    for sheet in book.sheets:
        if len(sheet.tables) > 1:
            yield sheet.problem(f"{len(sheet.tables)} tables on one worksheet")


def documented(book: Book) -> Iterator[Problem]:
    """Find what the document does not say of itself."""
    for name, word in _ASKED.items():
        if not (getattr(book.raw.properties, name) or "").strip():
            yield Problem(book.path.name, f"the document's properties have no {word}")


def opening(book: Book) -> Iterator[Problem]:
    """Find where a workbook does not open at A1 of its first worksheet."""
    if book.raw.active is not book.raw.worksheets[0]:
        yield Problem(book.path.name, "it does not open on the first worksheet")
    for sheet in book.sheets:
        view = sheet.raw.sheet_view
        places = {selection.activeCell or "A1" for selection in view.selection} or {"A1"}
        if places != {"A1"} or (view.topLeftCell or "A1") != "A1":
            yield sheet.problem("the cursor is not in A1", at=sorted(places)[0])


def file_named(book: Book) -> Iterator[Problem]:
    """Find a file name that is not in lower case with dashes."""
    if not _FILE.fullmatch(book.path.name):
        yield Problem(book.path.name, "the file's name is not in lower case with dashes")


def introduced(book: Book) -> Iterator[Problem]:
    """Find what the first worksheet does not say: contents, contact, next update."""
    first = book.sheets[0]
    words = " ".join(text for _, text in first.text()).lower()
    for asked in _FIRST_SAYS:
        if asked not in words:
            yield first.problem(f"the first worksheet does not say: {asked}")
