"""Where one trust stands, in sentences: direction without merit, no cause but the rule's own."""

import pandas as pd

from oversight_lib.frames import OVERALL, SEGMENTS
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.metrics import unpublished
from oversight_lib.report.narrative.ranges import own_range
from oversight_lib.report.numbers import cell, count, found, named, rank, rule, segment
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def position(page: View) -> Fragment:
    """Return a trust's position: its segment and why, its average and rank, its final segment."""
    mine = page.trust
    return paragraphs(
        joined([placed(page, mine), _average(page, mine), _rank(page, mine)]), _final(page, mine)
    )


def placed(page: View, mine: pd.Series) -> Bound:
    """Return why a trust is in its segment: its score, or the override and what it would be."""
    override = page.framework.adjustment[0].name.lower()
    after, alone = (at(page, mine, name) for name in ("adjusted", "unadjusted"))
    if formats.is_missing(mine["adjusted"]):
        if formats.is_missing(mine["unadjusted"]):
            return say("position.segment.in_bracket")
        return say("position.segment.override_unknown", alone=alone, override=override)
    if after != alone:
        return say("position.segment.by_override", after=after, alone=alone, override=override)
    how = "unchanged" if mine["override"] else "by_score"
    return say(f"position.segment.{how}", after=after, override=override)


def at(page: View, mine: pd.Series, column: str) -> Bound:
    """Return one of a trust's overall segments as it is printed."""
    return bound(formats.whole(mine[column]), _overall(page, column))


@recorded
def override(page: View) -> Fragment:
    """Return what the override is, whether it applies to a trust, and how that is known."""
    mine, adjustment = page.trust, page.framework.adjustment[0]
    known = {"published": "flag", "estimated": "estimate"}.get(str(mine["override_basis"]))
    raised = formats.listed([str(n) for n in range(1, adjustment.cap)], "or")
    cap = rule("cap", adjustment.id)
    told = say(
        "position.override.rule",
        name=adjustment.name,
        when=adjustment.when,
        raised=segment(raised),
        cap=bound(str(adjustment.cap), cap),
    )
    return paragraphs(
        joined([told, _without(page, mine), say(f"position.override.{known or 'unknown'}")])
    )


@recorded
def unscored(page: View) -> Fragment:
    """Return which metrics others of the type are scored on and this trust is not."""
    lacking = unpublished(page)
    if not lacking:
        return paragraphs(say("position.unscored.none"))
    return paragraphs(
        say(
            "position.unscored.some",
            lacking=count(len(lacking), "metric", found(page, "metrics_unpublished")),
            are=formats.are(len(lacking)),
            names=named("; ".join(lacking)),
        )
    )


def _without(page: View, mine: pd.Series) -> Bound:
    after, alone = mine["adjusted"], mine["unadjusted"]
    if formats.is_missing(after) or formats.is_missing(alone):
        return say("position.override.untold")
    if after == alone:
        if formats.is_missing(mine["override"]):
            return say("position.override.either")
        return say(f"position.override.{'same' if mine['override'] else 'not'}")
    return say("position.override.without", alone=at(page, mine, "unadjusted"))


def _average(page: View, mine: pd.Series) -> Bound:
    printed = bound(formats.average(mine["average"]), _overall(page, "average"))
    return say("position.average.is", average=printed)


def _rank(page: View, mine: pd.Series) -> Bound:
    if formats.is_missing(mine["rank"]):
        return say("position.rank.unknown")
    among = _overall(page, "trusts_ranked")
    told = say(
        "position.rank.is",
        kind=page.type_names[str(mine["trust_type"])].lower(),
        joint=say("position.rank.joint") if _shares_its_place(page, mine) else "",
        rank=rank(mine["rank"], mine["trusts_ranked"], (_overall(page, "rank"), among)),
        by_average=rank(
            mine["rank_by_average"],
            mine["trusts_ranked"],
            (_overall(page, "rank_by_average"), among),
        ),
    )
    return joined([told, own_range(page)])


def _shares_its_place(page: View, mine: pd.Series) -> bool:
    """Return whether another trust of the type has the same place in the league."""
    return mine["org"] in page.once("shared places", _sharing)


def _sharing(page: View) -> frozenset[str]:
    placed = page.everyone[page.everyone["rank"].notna()]
    return frozenset(placed.loc[placed.duplicated(["trust_type", "rank"], keep=False), "org"])


def _final(page: View, mine: pd.Series) -> Bound:
    final = page.framework.final
    if final.segment is None:
        return Bound(final.apart)
    last = segment(final.segment)
    if formats.is_missing(mine["final"]):
        return say("position.final.unpublished", last=last, means=final.when)
    mine_in = at(page, mine, "final")
    if mine["final"] == final.segment:
        return say("position.final.last", final=mine_in, means=final.when)
    return say("position.final.published", final=mine_in, last=last, means=final.when)


def _overall(page: View, column: str) -> Cell:
    return cell(page, SEGMENTS, column, scope=OVERALL)
