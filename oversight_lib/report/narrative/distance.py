"""What would move a trust's segment: the caveat first, then how far it is."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from oversight_lib.frames import DISTANCE, OVERALL, SEGMENTS, SENSITIVITY
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, capital, joined
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.numbers import cell, found, out_of, rank, rule, segment
from oversight_lib.report.ranges import bracketed, lacking
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

Rows = Sequence[Mapping[Hashable, Any]]
"""Rows of a table as plain ones, by column."""


@recorded
def distance(page: View) -> Fragment:
    """Return the caveat, how far the next cut is, and what the override does meanwhile."""
    mine, rows = page.trust, page.records(DISTANCE)
    if formats.is_missing(mine["unadjusted"]):
        return paragraphs(say("distance.unknown"))
    if mine["unadjusted"] == 1:
        return paragraphs(say("distance.first", segment=_alone(page, mine)), _override(page, mine))
    if not rows:
        return paragraphs(say("distance.absent", absent=formats.Absent.NOT_LOADED))
    how_far = joined([cut(page, mine), reach(page, rows), _basis(page, rows)])
    return paragraphs(say("distance.caveat"), how_far, _override(page, mine))


def cut(page: View, mine: pd.Series) -> Bound:
    """Return how far a trust's average is above the cut to the next segment."""
    (row,) = page.records(SENSITIVITY)
    gap, points = "above_better_cut", "above_better_cut_points"
    return say(
        "distance.cut_bracketed" if bracketed(page) else "distance.cut",
        segment=_alone(page, mine),
        gap=bound(formats.number(row[gap], 3), cell(page, SENSITIVITY, gap)),
        next=segment(int(mine["unadjusted"]) - 1),
        points=bound(formats.number(row[points], 1), cell(page, SENSITIVITY, points)),
    )


def reach(page: View, rows: Rows) -> Bound:
    """Return how many metrics could take a trust over the next cut, each alone."""
    reachable = sum(row["reachable"] is True for row in rows)
    at = found(page, "reachable"), found(page, "reachable", column="n")
    how = "distance.alone_bracketed" if bracketed(page) else "distance.alone"
    return capital(say(how, of=out_of(reachable, len(rows), "metric", at)))


def _alone(page: View, mine: pd.Series) -> Bound:
    at = cell(page, SEGMENTS, "unadjusted", scope=OVERALL)
    return bound(formats.whole(mine["unadjusted"]), at)


def _basis(page: View, rows: Rows) -> Bound:
    if not all(formats.is_missing(row["value_needed"]) for row in rows):
        return say("distance.again")
    names = formats.listed(lacking(page))
    absent = formats.Absent.NOT_LOADED
    return say(
        "distance.held", why=say("distance.why", names=names, absent=absent) if names else ""
    )


def _override(page: View, mine: pd.Series) -> Bound:
    """Return what the override does whatever the scores, and what lifting it alone would do."""
    adjustment, rows = page.framework.adjustment[0], page.records(SENSITIVITY)
    if formats.is_missing(mine["override"]) or not bool(mine["override"]) or not rows:
        return Bound()
    ranked = (
        cell(page, SENSITIVITY, "rank_without_override"),
        cell(page, SEGMENTS, "trusts_ranked", scope=OVERALL),
    )
    lifted = cell(page, SENSITIVITY, "segment_without_override")
    return say(
        "distance.override",
        override=adjustment.name.lower(),
        cap=bound(str(adjustment.cap), rule("cap", adjustment.id)),
        alone=bound(formats.whole(rows[0]["segment_without_override"]), lifted),
        rank=rank(rows[0]["rank_without_override"], mine["trusts_ranked"], ranked),
    )
