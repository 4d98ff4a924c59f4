"""Tables whose rows are trusts, or groups of trusts."""

import pandas as pd

from oversight_lib.report import formats, profiles
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.links import link
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.views import View

ORDER = "by segment after the override, then by average; ties share a place"
"""How a league is ordered, in words."""


def league(page: View, trust_type: str) -> Table | Fragment:
    """Return the page's trusts of one type in the order of the league; a notice if none is there.

    Places are among all trusts of the type, wherever the page's trusts stand among them.
    """
    kind = page.type_names[trust_type].lower()
    rows = page.trusts[page.trusts["trust_type"] == trust_type]
    if rows.empty:
        return notice(_none(page, trust_type, kind))
    caption = f"{page.name}: {kind} trusts {ORDER}, {page.period}"
    return Table(caption, [name_column(page, rows), *_area_columns(page, rows), *_results(rows)])


def domain_scores(page: View) -> Table | Fragment:
    """Return every trust's domain scores and segments, with England's medians by type below."""
    if page.trusts.empty:
        return notice(f"Domain scores: {formats.Absent.NOT_LOADED}.")
    of_each = page.own_domains.pivot(index="org", columns="scope", values=["average", "unadjusted"])
    rows = page.trusts
    columns = [
        column(
            name,
            [
                _score_and_segment(of_each["average"][domain].get(org), of_each["unadjusted"][domain].get(org))
                if domain in of_each["average"]
                else str(formats.Absent.NOT_PUBLISHED)
                for org in rows["org"]
            ],
            number=True,
        )
        for domain, name in page.domain_names.items()
    ]
    caption = f"{page.name}: domain scores, segment in brackets, {page.period}"
    return Table(caption, [name_column(page, rows), *columns], rows["trust_type"].map(_types(page)))
