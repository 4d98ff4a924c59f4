"""Where one trust stands, in sentences: direction without merit, no cause but the rule's own."""

import pandas as pd

from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.metrics import unpublished
from oversight_lib.report.narrative.ranges import own_range
from oversight_lib.report.views import View


def position(page: View) -> Fragment:
    """Return a trust's position: its segment and why, its average and rank, its final segment."""
    mine = page.trusts.iloc[0]
    return paragraphs(
        " ".join([segment(page, mine), _average(mine), _rank(page, mine)]), _final(page, mine)
    )


def segment(page: View, mine: pd.Series) -> str:
    """Return why a trust is in its segment: its score, or the override and what it would be."""
    override = page.framework.adjustment[0].name.lower()
    if formats.is_missing(mine["adjusted"]):
        return _unknown(mine, override)
    after, alone = formats.whole(mine["adjusted"]), formats.whole(mine["unadjusted"])
    if after != alone:
        return f"Segment {after} because of the {override}; its score alone would give {alone}."
    applies = (
        f"the {override} applies and changes nothing"
        if mine["override"]
        else f"the {override} does not apply"
    )
    return f"Segment {after} by its score alone; {applies}."


def override(page: View) -> Fragment:
    """Return what the override is, whether it applies to a trust, and how that is known."""
    mine, rule = page.trusts.iloc[0], page.framework.adjustment[0]
    known = {
        "published": "Whether it applies is the publisher’s own flag.",
        "estimated": (
            "The flag is not published; it is estimated from the plan and the variance to plan."
        ),
    }.get(str(mine["override_basis"]), "Whether it applies is not published.")
    raised = formats.listed([str(n) for n in range(1, rule.cap)], "or")
    return paragraphs(
        f"{rule.name}: if {rule.when}, a segment {raised} becomes {rule.cap}. "
        f"{_without(mine)} {known}"
    )


def unscored(page: View) -> Fragment:
    """Return which metrics others of the type are scored on and this trust is not."""
    lacking = unpublished(page)
    if not lacking:
        return paragraphs("Every metric that trusts of its type are scored on is published for it.")
    return paragraphs(
        f"{formats.count(len(lacking), 'metric')} that other trusts of its type are scored on "
        f"{formats.are(len(lacking))} not published for this trust: {'; '.join(lacking)}. "
        "The data do not say whether it does not provide the service or its figure was withheld. "
        "A metric that is not published counts neither for nor against the average."
    )


def _without(mine: pd.Series) -> str:
    after, alone = mine["adjusted"], mine["unadjusted"]
    if formats.is_missing(after) or formats.is_missing(alone):
        return "What the segment would be without it cannot be told."
    same = "the same" if after == alone else formats.whole(alone)
    return f"Without it, the segment would be {same}."


def _unknown(mine: pd.Series, override: str) -> str:
    if formats.is_missing(mine["unadjusted"]):
        return "Segment not known: the average lies inside the bracket of a cut point."
    alone = formats.whole(mine["unadjusted"])
    return (
        f"Its score alone would give segment {alone}; whether the {override} applies is not "
        "published."
    )


def _average(mine: pd.Series) -> str:
    return f"Its average score is {formats.average(mine['average'])}, from 1 (best) to 4 (lowest)."


def _rank(page: View, mine: pd.Series) -> str:
    if formats.is_missing(mine["rank"]):
        return "Its rank cannot be told without its segment."
    kind = page.type_names[str(mine["trust_type"])].lower()
    told = (
        f"It is ranked {formats.rank(mine['rank'], mine['trusts_ranked'])} {kind} trusts, by "
        "segment first and then by average; by average alone it is "
        f"{formats.rank(mine['rank_by_average'], mine['trusts_ranked'])}."
    )
    return " ".join(words for words in (told, own_range(page)) if words)


def _final(page: View, mine: pd.Series) -> str:
    final = page.framework.final
    if final.segment is None:
        return final.apart
    means = f"segment {final.segment} means that {final.when}"
    if formats.is_missing(mine["final"]):
        return f"Final segment: not published this quarter; {means}."
    number = formats.whole(mine["final"])
    if mine["final"] == final.segment:
        return f"Final segment {number}: {final.when}."
    return f"Final segment {number}; {final.segment} applies only if {final.when}."
