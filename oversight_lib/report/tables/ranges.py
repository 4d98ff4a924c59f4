"""The ranges across metrics: of each trust, and how wide they are, a row a trust type."""

from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.links import link
from oversight_lib.report.ranges import touched
from oversight_lib.report.sentences import say
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
        say("captions.ranges.range_widths", name=page.name, period=page.period),
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


def caterpillar(page: View, trust_type: str) -> Table | Fragment:
    """Return the averages of a trust type with their ranges, the average nearest 1 first."""
    rows = touched(page, trust_type)
    if rows.empty:
        return nothing()
    kind = page.type_names[trust_type].lower()
    return Table(
        say("captions.ranges.caterpillar", kind=kind, name=page.name, period=page.period),
        [
            column("Trust", rows["name"],
                   hrefs=[link("trust", org, on=page.kind) for org in rows["org"]]),
            *(
                column(heading, rows[name].map(formats.average), number=True)
                for heading, name in (("Average score", "average"),
                                      ("Range from", "average_low"), ("to", "average_high"))
            ),
            column("Segment by score alone", rows["unadjusted"].map(formats.whole), number=True),
            column("After the override", rows["adjusted"].map(formats.whole), number=True),
        ],
        folded=True,
    )  # fmt: skip
