"""Tables whose rows are trusts."""

import pandas as pd

from oversight_lib.frames import REGISTER
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, nothing, notice
from oversight_lib.report.links import Kind, link
from oversight_lib.report.numbers import cell, count
from oversight_lib.report.ranges import with_ranges
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.views import View

ORDER = "by segment after the override, then by average; ties share a place"
"""How a league is ordered, in words."""


@recorded
def league(page: View, trust_type: str) -> Table | Fragment:
    """Return the page's trusts of one type in the order of the league; a notice if none is there.

    Places are among all trusts of the type, whichever of them are on the page.
    """
    kind = page.type_names[trust_type]
    every = with_ranges(page)
    rows = every[every["trust_type"] == trust_type]
    if rows.empty:
        absent = int(page.absent["trust_type"].eq(trust_type).sum())
        return _none(page, f"{kind} trusts", absent, trust_type=trust_type)
    columns = [_name(page, rows), *_results(rows), *_place(page, rows)]
    return Table(
        say("captions.trusts.league", kind=kind, name=page.name, period=page.period, order=ORDER),
        columns,
        tools=True,
    )


@recorded
def trusts(page: View) -> Table | Fragment:
    """Return the page's trusts of all types, each type in the order of its league."""
    rows = with_ranges(page)
    if rows.empty:
        return _none(page, "Trusts", len(page.absent))
    caption = say("captions.trusts.trusts", name=page.name, period=page.period, order=ORDER)
    columns = [_name(page, rows), *_results(rows), *_place(page, rows)]
    return Table(caption, columns, rows["trust_type"].map(page.type_names), tools=True)


def domain_scores(page: View) -> Table | Fragment:
    """Return the domain scores of every trust of the page, each with its segment in brackets."""
    rows = page.trusts
    if rows.empty:
        return _none(page, "Domain scores", len(page.absent))
    scored = page.own_domains.set_index(["scope", "org"])
    columns = [
        column(name, _in_order(_with_segment(scored, domain), rows["org"]), number=True)
        for domain, name in page.domain_names.items()
    ]
    caption = say("captions.trusts.domain_scores", name=page.name, period=page.period)
    kinds = rows["trust_type"].map(page.type_names)
    return Table(caption, [_name(page, rows), *columns], kinds)


def absent(page: View) -> Table | Fragment:
    """Return the trusts of the page that are not loaded; a notice if all are."""
    rows = page.absent
    if rows.empty:
        return notice(f"Every trust of {page.name} is loaded for {page.period}.")
    columns = [
        column("Trust", rows["name"].map(formats.text)),
        column("Code", rows["org"]),
        column("Region", rows["region_name"]),
    ]
    caption = say(
        "captions.trusts.absent",
        name=page.name,
        absent=formats.Absent.NOT_LOADED,
        period=page.period,
    )
    return Table(caption, columns, rows["trust_type"].map(page.type_names), folded=True)


def disputed(page: View) -> Table | Fragment:
    """Return the page's trusts whose ICB is disputed; nothing if there is none, as words say so."""
    rows = page.trusts[page.trusts["icb_disputed"]]
    if rows.empty:
        return nothing()
    columns = [
        _name(page, rows),
        column("ICB it is counted in", rows["icb_name"], hrefs=_to(page, "icb", rows["icb"])),
        column("How that was decided", rows["icb_source"]),
    ]
    return Table(say("captions.trusts.disputed", name=page.name), columns)


def _none(page: View, kind: str, absent: int, **key: str) -> Fragment:
    """Return why there is none: those there are are not loaded, or there are none at all."""
    if not absent:
        none = formats.Absent.NOT_APPLICABLE
        return notice(say("tables.trusts.none", kind=kind, absent=none, name=page.name))
    number = count(absent, "trust", cell(page, REGISTER, loaded="No", **key))
    not_loaded = formats.Absent.NOT_LOADED
    told = {"kind": kind, "absent": not_loaded, "period": page.period}
    return notice(say("tables.trusts.absent", number=number, **told))


def _name(page: View, rows: pd.DataFrame) -> Column:
    return column("Trust", rows["name"].map(formats.text), hrefs=_to(page, "trust", rows["org"]))


def _place(page: View, rows: pd.DataFrame) -> list[Column]:
    """Return where the trusts are, as far as the page itself does not say so."""
    region = column("Region", rows["region_name"], hrefs=_to(page, "region", rows["region"]))
    board = column(
        "ICB", rows["icb_name"].map(formats.short_icb), hrefs=_to(page, "icb", rows["icb"])
    )
    return {"england": [region], "region": [board]}.get(page.kind, [])


def _results(rows: pd.DataFrame) -> list[Column]:
    """Return the results; a rank never stands without its range across the trust's metrics."""
    ranks = map(formats.rank, rows["rank"], rows["trusts_ranked"])
    final = column("Final segment", rows["final"].map(formats.whole), number=True)
    averages = map(formats.between, rows["average_low"], rows["average_high"])
    places = map(formats.ranks_between, rows["rank_low"], rows["rank_high"])
    return [
        column("Rank in type", ranks, number=True),
        column("Range of the rank", places, number=True),
        column("Segment", rows["adjusted"].map(formats.whole), number=True),
        column("Average", rows["average"].map(formats.average), number=True),
        column("Range of the average", averages, number=True),
        column("By score alone", rows["unadjusted"].map(formats.whole), number=True),
        column("Override", rows["override"].map(formats.yes_no)),
        # Where it is published for nobody, the page says so once, in words.
        *([final] if rows["final"].notna().any() else []),
    ]


def _to(page: View, kind: Kind, codes: pd.Series) -> list[str]:
    return [link(kind, code, on=page.kind) for code in codes]


def _with_segment(scored: pd.DataFrame, domain: str) -> "pd.Series[str]":
    rows = scored.loc[[domain]].droplevel("scope") if domain in scored.index else scored.head(0)
    return rows["average"].map(formats.average) + " (" + rows["unadjusted"].map(formats.whole) + ")"


def _in_order(texts: "pd.Series[str]", orgs: pd.Series) -> "pd.Series[str]":
    return orgs.map(texts).fillna(str(formats.Absent.NOT_PUBLISHED))
