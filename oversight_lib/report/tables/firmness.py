"""Tables of how firm a segment is: chances, cuts, what is left out, and who is near a cut."""

import pandas as pd

from oversight_lib.frames import LEAVE_OUT, SENSITIVITY
from oversight_lib.report import formats
from oversight_lib.report.firmness import MODELS, models, watched
from oversight_lib.report.fragments import Fragment, nothing, notice
from oversight_lib.report.links import link
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View

_READINGS = {
    "this trust": "Left out of this trust’s average only",
    "every trust": "Left out of every trust’s average",
}
_STEPS = "in steps of 5%"


def firmness(page: View) -> Table | Fragment:
    """Return the chance of each segment after the override, under each model of noise."""
    rows = models(page)
    if rows.empty:
        return notice(f"Chances of each segment: {formats.Absent.NOT_LOADED}.")
    return Table(
        f"Chance of each segment of {page.name}, {page.period}, {_STEPS}",
        [
            column("Model of noise", rows["noise_model"].map(MODELS)),
            *(
                column(f"Segment {n}", rows[f"p{n}"].map(formats.chance), number=True)
                for n in (1, 2, 3, 4)
            ),
            column("How firm", rows["label"].map(formats.text)),
        ],
    )


def sensitivity(page: View) -> Table | Fragment:
    """Return what else a trust's segment hangs on: cuts, override, gaps and weights."""
    rows = page.further(SENSITIVITY)
    if rows.empty:
        return notice(f"What the segment hangs on: {formats.Absent.NOT_LOADED}.")
    row, mine = rows.iloc[0], page.trust
    told = {**_cuts(row, mine), **_override(row, mine), **_gaps(page, row), **_weights(row)}
    return Table(
        f"What else the segment of {page.name} hangs on, {page.period}",
        [column("Question", told.keys()), column("Answer", told.values())],
    )


def leave_out(page: View) -> Table | Fragment:
    """Return which metrics and domains, left out, would change the segment after the override."""
    rows = page.further(LEAVE_OUT)
    rows = rows[rows["changes"].eq(True).fillna(False).astype(bool)]
    if rows.empty:
        return nothing()
    order = list(_READINGS)
    rows = rows.assign(place=rows["reading"].map(order.index)).sort_values(
        ["place", "removed"], ignore_index=True
    )
    names = {**{m.id: m.short for m in page.framework.metric},
             **{key: f"Domain: {name}" for key, name in page.domain_names.items()}}  # fmt: skip
    return Table(
        f"What, left out, would change the segment of {page.name}, {page.period}",
        [
            column("Left out", rows["removed"].map(names)),
            column("Average without it", rows["average"].map(formats.average), number=True),
            column("Segment by score alone", rows["unadjusted"].map(formats.whole), number=True),
            column("Segment after the override", rows["adjusted"].map(formats.whole), number=True),
        ],
        rows["reading"].map(_READINGS),
        folded=len(rows) > _FEW,
    )


_FEW = 8
"""Rows that are shown without being asked for."""


def watch_list(page: View) -> Table | Fragment:
    """Return the page's trusts near a cut, with the chances of each segment and the model."""
    rows = watched(page)
    if rows.empty:
        return nothing()
    hrefs = [link("trust", code, on=page.kind) for code in rows["org"]]
    gaps = ("above_better_cut", "below_worse_cut")
    above, below = ([formats.signed(g, 2, "no cut there") for g in rows[name]] for name in gaps)
    return Table(
        f"Trusts of {page.name} near a cut, {page.period}: chances {_STEPS}",
        [
            column("Trust", rows["name"].map(formats.text), hrefs=hrefs),
            column("Segment", rows["segment"].map(formats.whole), number=True),
            column("Average", rows["average"].map(formats.average), number=True),
            column("Above the cut before", above, number=True),
            column("Below the cut after", below, number=True),
            column("Chances", rows["told"]),
            column("Model of noise", rows["noise_model"].map(MODELS)),
        ],
        folded=page.kind == "england",
        tools=True,
    )


def _cuts(row: pd.Series, mine: pd.Series) -> dict[str, str]:
    """Return how far the average is from the cut on either side, in words."""
    if formats.is_missing(mine["unadjusted"]):
        return {"How far to the cuts": "not known: the average lies inside a bracket"}
    at = int(mine["unadjusted"])
    sides = {
        f"How far above the cut to segment {at - 1}": "above_better_cut",
        f"How far below the cut to segment {at + 1}": "below_worse_cut",
    }
    return {
        question: f"{formats.number(row[name], 3)}; in points of metric score "
        f"{formats.number(row[f'{name}_points'], 1)}"
        for question, name in sides.items()
        if not formats.is_missing(row[name])
    }


def _override(row: pd.Series, mine: pd.Series) -> dict[str, str]:
    question = "What lifting the override alone would do"
    if not bool(mine["override"]) or formats.is_missing(mine["override"]):
        return {question: f"{formats.Absent.NOT_APPLICABLE}: the override does not apply"}
    rank = formats.rank(row["rank_without_override"], mine["trusts_ranked"])
    return {question: f"segment {formats.whole(row['segment_without_override'])}, ranked {rank}"}


def _gaps(page: View, row: pd.Series) -> dict[str, str]:
    """Return the metrics a trust lacks, and what they could do."""
    if formats.is_missing(row["missing"]):
        return {"Metrics without a score that it has in another loaded quarter": "none"}
    names = {metric.id: metric.short for metric in page.framework.metric}
    lacking = str(row["missing"]).split()
    ends = [
        f"{formats.average(row[f'average_if_{end}'])}, "
        f"segment {formats.whole(row[f'unadjusted_if_{end}'], 'not known')} by score alone"
        for end in ("best", "lowest")
    ]
    return {
        "Metrics without a score": formats.listed([names.get(m, m) for m in lacking]),
        "If they scored 1, the best": ends[0],
        "If they scored 4, the lowest": ends[1],
    }


def _weights(row: pd.Series) -> dict[str, str]:
    segment = formats.whole(row["unadjusted_equal_domains"], "not known")
    return {
        "If every domain weighed the same": f"{formats.average(row['average_equal_domains'])}, "
        f"segment {segment} by score alone",
        "Share of random weights that leave the segment by score": (
            f"{formats.chance(row['same_under_weights'])} of {formats.whole(row['draws'])}"
        ),
    }
