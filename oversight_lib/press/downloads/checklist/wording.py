"""What the checklist asks of words and their look: notes, links, titles, contrast, no ornament."""

import re
from collections.abc import Iterator

from openpyxl.cell.cell import Cell

from oversight_lib.errors import Problem
from oversight_lib.press.downloads.checklist.book import Book, Sheet
from oversight_lib.press.downloads.checklist.colour import contrast

_SYMBOL = re.compile(r"(?<=\w)\s*(?:\*+|[†‡§¶]|[⁰¹²³⁴-⁹]+)\s*$")
_NUMBER_ALONE = re.compile(r"\[\d+\]|\(\d\)$|\bfootnote\b", re.IGNORECASE)
_MARKER = re.compile(r"\[note (\d+)\]", re.IGNORECASE)
_BARE = re.compile(r"^(?:https?://|www\.|mailto:)\S+$", re.IGNORECASE)
_EMPTY_WORDS = frozenset(["here", "click here", "link", "this link", "read more", "more"])
_HEADINGS = ("Heading 1", "Headline 1", "Title")
_SMALLEST = 12.0
_LEAST_CONTRAST = 4.5


def plain_notes(book: Book) -> Iterator[Problem]:
    """Find notes that are signposted with a symbol or a superscript."""
    for sheet in book.sheets:
        for cell, text in sheet.text():
            if _SYMBOL.search(text):
                yield sheet.problem(f"a symbol stands for a note: {text!r}", at=cell.coordinate)
        for cell in sheet.styles:
            if cell.font.vertAlign:
                yield sheet.problem(f"{cell.font.vertAlign} text", at=cell.coordinate)


def noted(book: Book) -> Iterator[Problem]:
    """Find notes that are not called so."""
    for sheet in book.sheets:
        for cell, text in sheet.text():
            if _NUMBER_ALONE.search(text):
                yield sheet.problem(f"a note is not called [note 1]: {text!r}", at=cell.coordinate)


def notes_out_of_data(book: Book) -> Iterator[Problem]:
    """Find markers of notes among data; they belong to headings and titles."""
    for sheet in book.sheets:
        for cell, text in sheet.text():
            below = any(at.top < cell.row <= at.bottom for _, at in sheet.tables)
            if below and _MARKER.search(text):
                yield sheet.problem("a note's marker stands among data", at=cell.coordinate)


def notes_on_a_sheet(book: Book) -> Iterator[Problem]:
    """Find notes without their text on a worksheet of notes."""
    marks = {
        mark: sheet
        for sheet in book.sheets
        for _, text in sheet.text()
        for mark in _MARKER.findall(text)
    }
    notes = [sheet for sheet in book.sheets if sheet.name.lower() == "notes"]
    told = {str(cell.value) for sheet in notes for cell in sheet.cells if cell.column == 1}
    for mark in sorted(marks.keys() - told, key=int):
        yield marks[mark].problem(f"[note {mark}] is not on a worksheet named Notes")


def linked(book: Book) -> Iterator[Problem]:
    """Find links whose words do not say where they lead."""
    for sheet in book.sheets:
        for cell, text in sheet.text():
            bare = bool(_BARE.match(text.strip()))
            if bare or (cell.hyperlink and text.strip().lower().rstrip(".") in _EMPTY_WORDS):
                yield sheet.problem(f"the link {text!r} has no words of its own",
                                    at=cell.coordinate)  # fmt: skip


def titled(book: Book) -> Iterator[Problem]:
    """Find worksheets without a title in A1 that is marked up as a heading."""
    seen: set[str] = set()
    for sheet in book.sheets:
        title = sheet.raw["A1"]
        if not isinstance(title.value, str) or not title.value.strip():
            yield sheet.problem("A1 holds no title", at="A1")
            continue
        if title.value in seen:
            yield sheet.problem("the title is that of another worksheet", at="A1")
        seen.add(title.value)
        if title.style not in _HEADINGS:
            yield sheet.problem(f"the title is not marked up: its style is {title.style}, "
                                "not Heading 1", at="A1")  # fmt: skip


def legible(book: Book) -> Iterator[Problem]:
    """Find small, italic or needlessly underlined text."""
    for sheet in book.sheets:
        for cell in sheet.styles:
            if cell.font.sz and float(cell.font.sz) < _SMALLEST:
                yield sheet.problem(f"text of {cell.font.sz:g} points", at=cell.coordinate)
            if cell.font.i:
                yield sheet.problem("italic text", at=cell.coordinate)
            if cell.font.u and not cell.hyperlink:
                yield sheet.problem("underlined text that is no link", at=cell.coordinate)


def spelt_out(book: Book) -> Iterator[Problem]:
    """Find cells that hold nothing but symbols."""
    for sheet in book.sheets:
        for cell, text in sheet.text():
            if text.strip() and not re.search(r"\w", text):
                yield sheet.problem(f"only symbols: {text!r}", at=cell.coordinate)


def unadorned(book: Book) -> Iterator[Problem]:
    """Find background fills."""
    for sheet in book.sheets:
        for cell in sheet.styles:
            if cell.fill is not None and cell.fill.fill_type not in (None, "none"):
                yield sheet.problem("a background fill", at=cell.coordinate)


def without_colour(book: Book) -> Iterator[Problem]:
    """Find colours that carry a message: conditional formats."""
    for sheet in book.sheets:
        for shape in sheet.raw.conditional_formatting:
            yield sheet.problem("a colour that depends on the figure", at=shape.sqref)


def contrasting(book: Book) -> Iterator[Problem]:
    """Find text whose colour is too near to its ground's."""
    for sheet in book.sheets:
        for cell in sheet.styles:
            text, ground = _rgb(cell.font.color, "000000"), _ground(cell)
            if (found := contrast(text, ground)) < _LEAST_CONTRAST:
                yield sheet.problem(f"text with a contrast of {found:.1f}", at=cell.coordinate)


def _ground(cell: Cell) -> str:
    filled = cell.fill is not None and cell.fill.fill_type == "solid"
    return _rgb(cell.fill.fgColor, "FFFFFF") if filled else "FFFFFF"


def _rgb(colour: object, otherwise: str) -> str:
    """Return a colour as six digits; that of a theme is not told and taken for the usual one."""
    found = getattr(colour, "rgb", None) if getattr(colour, "type", "") == "rgb" else None
    return found[-6:] if isinstance(found, str) else otherwise


def floating(book: Book) -> Iterator[Problem]:
    """Find headers, footers, and boxes that float: comments and drawings."""
    for sheet in book.sheets:
        for kind in ("header", "footer"):
            parts = [getattr(sheet.raw, f"{pages}{kind.capitalize()}") for pages in ("odd", "even")]
            if any(side.text for part in parts for side in (part.left, part.center, part.right)):
                yield sheet.problem(f"there is a {kind}")
        yield from _boxes(sheet)
    if found := [part for part in book.parts if part.startswith("xl/drawings/drawing")]:
        yield Problem(book.path.name, f"{len(found)} worksheets have something that floats")


def _boxes(sheet: Sheet) -> Iterator[Problem]:
    for cell in sheet.cells:
        if cell.comment:
            yield sheet.problem("a comment floats", at=cell.coordinate)


def unpictured(book: Book) -> Iterator[Problem]:
    """Find images and charts."""
    for part in sorted(book.parts):
        if part.startswith(("xl/media/", "xl/charts/chart")):
            yield Problem(book.path.name, f"there is an image or a chart: {part}")
