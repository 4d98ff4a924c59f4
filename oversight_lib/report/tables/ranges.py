"""How wide the ranges across metrics are, a row a trust type."""

from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.ranges import touched
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View


def range_widths(page: View) -> Table | Fragment:
    """Return how many ranges touch one segment, two, three, four; and how many places they span."""
    kinds = {name: touched(page, kind) for kind, name in page.type_names.items()}
    kinds = {name: rows for name, rows in kinds.items() if len(rows)}
    if not kinds:
        return nothing()
    spans = [(rows["rank_high"] - rows["rank_low"] + 1).median() for rows in kinds.values()]
    counts = [rows["segments"].value_counts() for rows in kinds.values()]
    return Table(
        f"How many segments the range of the average touches, {page.name}, {page.period}",
        [
            column("Trust type", kinds),
            column("Trusts", [formats.whole(len(rows)) for rows in kinds.values()], number=True),
            *(
                column(
                    formats.count(many, "segment"),
                    [formats.whole(int(found.get(many, 0))) for found in counts], number=True,
                )
                for many in (1, 2, 3, 4)
            ),
            column("Places in its rank, median", map(formats.whole, spans),
                   number=True),
        ],
    )  # fmt: skip
