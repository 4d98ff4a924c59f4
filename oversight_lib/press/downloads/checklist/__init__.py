"""The checklist for statistics in spreadsheets, as far as a program can check it.

After the Analysis Function's "Making spreadsheets accessible: a brief checklist of the basics"
and the house rules of the Office for National Statistics on formatting a dataset. What is listed
in `FOR_A_PERSON` no program can tell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.errors import Problem
from oversight_lib.press.downloads.checklist import layout, tables, wording
from oversight_lib.press.downloads.checklist.book import Book, open_book

Find = Callable[[Book], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist: what it asks, whether it is essential, and what finds faults."""

    asks: str
    essential: bool
    find: Find


ITEMS: Mapping[str, Item] = {
    "marked-up": Item("Mark up tables", True, tables.marked_up),
    "table-names": Item("Give tables meaningful names", False, tables.named),
    "merged": Item("Remove merged and split cells", True, tables.unmerged),
    "nested": Item("Remove nested tables", True, tables.separate),
    "blank-rows": Item("Remove blank rows and columns within tables", True, tables.unbroken),
    "header-row": Item("All tables have one tagged header row", True, tables.headed),
    "wrapped": Item("Wrap text within cells", True, tables.wrapped),
    "filters": Item("Avoid filters and frozen panes", False, tables.unfiltered),
    "empty-cells": Item("Say why cells are empty", True, tables.explained),
    "hidden": Item("Avoid hiding rows or columns", False, tables.shown),
    "widths": Item("Make columns of a sensible width", False, tables.roomy),
    "note-symbols": Item("No symbols or superscript for notes", True, wording.plain_notes),
    "note-word": Item("Use the word note", False, wording.noted),
    "note-places": Item("No note markers among data", False, wording.notes_out_of_data),
    "notes-sheet": Item("Put notes on a notes worksheet", False, wording.notes_on_a_sheet),
    "links": Item("Links are accessible", True, wording.linked),
    "legible": Item("Format text to make it accessible", False, wording.legible),
    "titles": Item("Worksheets have descriptive tagged titles", True, wording.titled),
    "symbols": Item("Avoid symbols in general", False, wording.spelt_out),
    "floating": Item("No headers, footers or floating boxes", True, wording.floating),
    "fills": Item("No background fill", False, wording.unadorned),
    "colour": Item("Colour is not the only message", True, wording.without_colour),
    "contrast": Item("Colours have contrast enough", True, wording.contrasting),
    "images": Item("Avoid images", False, wording.unpictured),
    "macros": Item("Remove macros", False, layout.unscripted),
    "sheet-names": Item("Give worksheets unique names", True, layout.named),
    "blank-sheets": Item("Remove blank worksheets", True, layout.unblank),
    "column-a": Item("Use column A wisely", True, layout.column_a),
    "left-edge": Item("Place tables at the left edge", True, layout.to_the_left),
    "below": Item("Avoid content below a table", False, layout.nothing_below),
    "one-table": Item("Avoid worksheets with several tables", False, layout.one_table),
    "properties": Item("Add document information", True, layout.documented),
    "cursor": Item("The cursor is in A1 of the first worksheet", True, layout.opening),
    "file-name": Item("Name the file in lower case with dashes", False, layout.file_named),
    "first-sheet": Item("Contents, contact, next update come first", False, layout.introduced),
}
"""Every item that a program can check, by its name, in the order of the checklist."""

FOR_A_PERSON = (
    "Check spelling and grammar",
    "Check that all words meet the accessibility guidelines",
    "Run the accessibility checker of the program you publish with",
)
"""What is on the checklist and cannot be checked here."""


def faults(path: Path) -> Mapping[str, Sequence[Problem]]:
    """Return what is wrong with a workbook, by the name of the item; items in order are left out.

    Raises `PublicationError` if the file is no workbook.
    """
    book = open_book(path)
    found = {name: list(item.find(book)) for name, item in ITEMS.items()}
    return {name: problems for name, problems in found.items() if problems}


def summary(found: Mapping[str, Sequence[Problem]]) -> str:
    """Return what `faults` found, in lines: each item that is not met, and what is left to do."""
    met = f"{len(ITEMS) - len(found)} of {len(ITEMS)} items that a program can check are met."
    lines = [met]
    for name, problems in found.items():
        rank = "essential" if ITEMS[name].essential else "advised"
        lines += [f"{ITEMS[name].asks} ({rank}):", *(f"  {problem}" for problem in problems[:20])]
        lines += [f"  and {len(problems) - 20} more"] * (len(problems) > 20)
    return "\n".join([*lines, "For a person:", *(f"  {asked}" for asked in FOR_A_PERSON)])
