"""The figures behind small charts of boards: a row a board, a column a month."""

import pandas as pd

from oversight_lib.report import formats, systems
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.links import link
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View
from oversight_lib.rules import measures


def by_board(page: View, measure: str) -> Table | Fragment:
    """Return a measure of every board of the page over its months; nothing if none has any."""
    rule, rows, named = measures()[measure], systems.series(page, measure), systems.boards(page)
    wide = rows.pivot(index="area", columns="period", values="value").reindex(named["icb"])
    wide = wide.loc[wide.notna().any(axis=1), wide.notna().any()]
    if wide.empty:
        return nothing()
    kept = named[named["icb"].isin(wide.index)]
    first, last = (systems.month(wide.columns[end]) for end in (0, -1))
    return Table(
        say("captions.multiples.by_board", measure=rule.name, unit=rule.unit,
            first=first, last=last),
        [
            column("ICB", kept["name"].map(formats.short_icb),
                   hrefs=[link("icb", code, on=page.kind) for code in kept["icb"]]),
            column("Code", kept["icb"]),
            *(column(systems.month(month), wide[month].map(_figure), number=True)
              for month in sorted(wide.columns)),
        ],
        folded=True,
    )  # fmt: skip


def _figure(value: float) -> str:
    return str(formats.Absent.NOT_PUBLISHED) if pd.isna(value) else formats.number(value, 1)
