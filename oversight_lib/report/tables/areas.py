"""Tables that say in figures what the charts of England, a region or an ICB show."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from oversight_lib.report import formats, profiles
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.links import link
from oversight_lib.report.profiles import Profile
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.views import View


def segments(page: View) -> Table | Fragment:
    """Return how many trusts of each type are in each segment, after the override."""
    counts = page.segment_counts("trust_type")
    if counts.empty:
        return _nothing("Trusts by segment")
    caption = say("captions.areas.segments", name=page.name, period=page.period)
    kinds = column("Trust type", counts.index.map(page.type_names))
    return Table(caption, [kinds, *_counted(counts)], folded=True)


def override(page: View) -> Table | Fragment:
    """Return how many trusts of each type are in each segment, by score alone and after."""
    bases = {"By score alone": "unadjusted", "After the override": "adjusted"}
    both = {basis: page.segment_counts("trust_type", of=of) for basis, of in bases.items()}
    counts = pd.concat(both, names=["basis"]).reset_index("basis")
    if counts.empty:
        return _nothing("Trusts by segment, without and with the override")
    caption = say("captions.areas.override", name=page.name, period=page.period)
    kinds = column("Trust type", counts.index.map(page.type_names))
    columns = [kinds, *_counted(counts.drop(columns="basis"))]
    return Table(caption, columns, counts["basis"], folded=True)


def segments_by_region(page: View) -> Table | Fragment:
    """Return how many trusts of each region are in each segment, after the override."""
    return _by_place(page, "region", "region")


def segments_by_icb(page: View) -> Table | Fragment:
    """Return how many trusts counted in each ICB are in each segment, after the override."""
    return _by_place(page, "icb", "ICB")


def averages(page: View) -> Table | Fragment:
    """Return the spread of average scores, by trust type."""
    rows = profiles.averages(page)
    if not rows:
        return _nothing("Average scores")
    within = [row.mine["average"] for row in rows]
    return Table(
        say("captions.areas.averages", name=page.name, period=page.period),
        [
            column("Trust type", [row.name for row in rows]),
            column("Trusts", [formats.whole(row.counted) for row in rows], number=True),
            column("From", [formats.average(scores.min()) for scores in within], number=True),
            column("To", [formats.average(scores.max()) for scores in within], number=True),
            *_compared(page, rows),
        ],
        folded=True,
    )


def domain_profile(page: View) -> Table | Fragment:
    """Return, per domain, how many of the page's trusts are nearer 1 than England's median."""
    rows = profiles.domains(page)
    if not any(row.counted for row in rows):
        return _nothing("Domain scores")
    return Table(
        say("captions.areas.domain_profile", name=page.name, period=page.period),
        [
            column("Domain", [row.name for row in rows]),
            column("Trusts", [formats.whole(row.counted) for row in rows], number=True),
            *_compared(page, rows),
        ],
        folded=True,
    )


def domain_medians(page: View) -> Table | Fragment:
    """Return the median domain score of each trust type that is loaded, over all England."""
    medians = page.domains.groupby(["scope", "trust_type"])["average"].median().unstack()
    rows = medians.reindex(list(page.domain_names))
    kinds = [kind for kind in page.type_names if kind in rows]
    return Table(
        say("captions.areas.domain_medians", period=page.period),
        [
            column("Domain", page.domain_names.values()),
            *(
                column(page.type_names[kind], rows[kind].map(formats.average), number=True)
                for kind in kinds
            ),
        ],
        folded=True,
    )


def _compared(page: View, rows: Sequence[Profile]) -> list[Column]:
    median = column("England’s median", [formats.average(row.median) for row in rows], number=True)
    nearer = [formats.whole(row.nearer) for row in rows]
    return [median, column("Nearer 1 than the median", nearer, number=True)]


def _by_place(page: View, kind: Literal["region", "icb"], heading: str) -> Table | Fragment:
    names = page.trusts.drop_duplicates(kind).set_index(kind)[f"{kind}_name"]
    counts = page.segment_counts(kind)
    if counts.empty:
        return _nothing(f"Trusts by {heading}")
    ordered = counts.loc[names.reindex(counts.index).sort_values().index]
    return Table(
        say("captions.areas.by_place", heading=heading, name=page.name, period=page.period),
        [
            column(
                heading[:1].upper() + heading[1:], names.reindex(ordered.index),
                hrefs=[link(kind, str(code), on=page.kind) for code in ordered.index],
            ),
            *_counted(ordered),
        ],
        folded=True,
    )  # fmt: skip


def _counted(counts: pd.DataFrame) -> list[Column]:
    of_each = [
        column(f"Segment {segment}", counts[segment].map(formats.whole), number=True)
        for segment in counts
    ]
    return [*of_each, column("Trusts", counts.sum(axis=1).map(formats.whole), number=True)]


def _nothing(what: str) -> Fragment:
    return notice(f"{what}: {formats.Absent.NOT_LOADED}.")
