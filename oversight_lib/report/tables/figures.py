"""The figures behind the words of a page: how each is printed, and the cell it stands in."""

from oversight_lib.frames import FRAMES
from oversight_lib.method.cells import Cell
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.recorded import numerals
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View

_APART = {"rules": "the rules of the framework year", "shown": "a table of this page"}


def figures(page: View) -> Table | Fragment:
    """Return every figure of the page's sentences and charts with its table, row and column.

    It stands last on a page, because it is about what was said before it. What stands for a chart
    can hold no cell itself; here each of its figures does.
    """
    found = [(one.words, Cell.parse(one.cell)) for one in numerals(page)]
    if not found:
        return nothing()
    return Table(
        f"Figures behind the words, {page.name}, {page.period}",
        [
            column("Printed", [words for words, _ in found], cells=[str(at) for _, at in found]),
            column("Table", [_table(cell) for _, cell in found]),
            column("Row", [_row(cell) for _, cell in found]),
            column("Column", [_column(cell) for _, cell in found]),
        ],
        folded=True,
    )


def _table(cell: Cell) -> str:
    return cell.table if cell.table in FRAMES else _APART[cell.table]


def _row(cell: Cell) -> str:
    key = ", ".join(f"{name}={value}" for name, value in cell.key)
    return key or "every row"


def _column(cell: Cell) -> str:
    return "rows with this key, counted" if cell.column == "count" else cell.column
