"""Excel workbooks of series as cells of text, as if the one sheet we use were a CSV file."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import islice, pairwise
from pathlib import Path

from oversight_lib.errors import Problem
from oversight_lib.intake import limits
from oversight_lib.intake.cells import Cells, cells_of, unreadable
from oversight_lib.intake.series.layouts import HEALTH_CHECKS, WORKBOOK

SHEET = "System Level Data"
PERIOD = "Period:"
"""The column that repeats the period which stands above the header."""
_HEADERS = (WORKBOOK.columns[:2], HEALTH_CHECKS.columns)


def is_workbook(path: Path) -> bool:
    """Say whether a file begins as a workbook does."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def workbook_cells(path: Path) -> Cells:
    """Return the cells of the sheet we use, below its header, with the column `PERIOD`.

    Columns of the same name are told apart by a number, except those whose name is the only one.
    """
    if problems := [*limits.too_large(path), *limits.too_large_unpacked(path)]:
        raise unreadable(path.name, problems)
    content = path.read_bytes()
    rows = _rows(path.name, content)
    header = next((n for n, row in enumerate(rows, 1) if _is_header(row)), None)
    if header is None:
        expected = f"the sheet {SHEET}, or columns {', '.join(HEALTH_CHECKS.columns)}"
        raise unreadable(path.name, [Problem("", "no sheet that is known", expected)])
    below = rows[header:]
    period = _period(rows[: header - 1])
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in below]
    names = _apart([*rows[header - 1], *[""] * (width - len(rows[header - 1]))])
    table = [[*names, PERIOD], *([*row, period if any(row) else ""] for row in padded)]
    digest = sha256(content).hexdigest()
    return cells_of(path.name, digest, table, header_row=header)


def _rows(name: str, content: bytes) -> list[list[str]]:
    # Its library takes a while to import, and only an intake reads workbooks.
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book[book.sheetnames[0]]
        found = islice(sheet.iter_rows(values_only=True), limits.ROWS + 1)
        rows = [[_text(cell) for cell in row] for row in found]
    except Exception as error:  # Of a broken file openpyxl raises whatever its parts raise.
        expected = "an Excel workbook (.xlsx), whole; or a CSV file, unpacked"
        raise unreadable(name, [Problem("", f"not a workbook: {error}", expected)]) from None
    if len(rows) > limits.ROWS:
        what = f"the sheet has more than {limits.ROWS:,} rows"
        raise unreadable(name, [Problem("", what, "the published workbook")])
    return rows


def _is_header(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return any(filled[: len(header)] == list(header) for header in _HEADERS)


def _period(above: Sequence[Sequence[str]]) -> str:
    """Return what stands to the right of `Period:`; nothing if no cell does."""
    cells = [cell for row in above for cell in row if cell]
    after = [follows for cell, follows in pairwise(cells) if cell == PERIOD]
    return after[0] if after else ""


def _apart(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if not name or seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return re.sub(r"\.0$", "", str(cell)) if isinstance(cell, float) else str(cell)
