"""A table as a file to take away: the cells one sees, as CSV inside the link that offers it."""

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from oversight_lib.report.tables.table import Table

_KEPT = "!$'()*+,;:@/?-._~="
"""What may stand in an address as it is; all else is written as bytes."""
_NUMBER = re.compile(r"[+−-]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 80


def address(table: "Table") -> str:
    """Return an address that holds the whole file, so that it needs neither server nor script."""
    # A spreadsheet takes a file for UTF-8 only if it begins with this mark.
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + text(table), safe=_KEPT)


def file_name(table: "Table") -> str:
    """Return a name for the file, from the caption, whole words only."""
    words = re.sub(r"[^a-z0-9]+", "-", table.caption.lower()).strip("-")
    short = words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0]
    return f"{short or 'table'}.csv"


def text(table: "Table") -> str:
    """Return the table as CSV: its headings, then its rows, the name of a group in each row.

    Cells are as they are shown, but for numbers, which a program can read: a plain minus sign, no
    commas. Text that a spreadsheet would calculate has an apostrophe before it.
    """
    page = StringIO()
    lines = csv.writer(page, lineterminator="\r\n")
    grouped = table.names is not None
    lines.writerow([*(["Group"] if grouped else []), *(c.heading for c in table.columns)])
    for group in table.groups:
        first = [_cell(group.name)] if grouped else []
        lines.writerows([*first, *(_cell(cell.text) for cell in row)] for row in group.rows)
    return page.getvalue()


def _cell(shown: str) -> str:
    if _NUMBER.fullmatch(shown):
        return shown.replace("−", "-").replace(",", "")
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
