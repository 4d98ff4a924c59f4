"""What the first chart and the first table of a process load, loaded before there is a page."""

from oversight_lib.report.charts.canvas import Sheet
from oversight_lib.report.tables.table import Table, column


def rehearse() -> None:
    """Draw a chart and set a table that nobody sees: fonts, drawing and template are then there."""
    Sheet("A rehearsal", "Nothing is shown", 10).chart("Nothing.")
    Table("A rehearsal", [column("Nothing", [""])])._repr_html_()
