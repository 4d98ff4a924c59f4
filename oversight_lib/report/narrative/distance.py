"""What would move a trust's segment: the caveat first, then how far it is."""

import pandas as pd

from oversight_lib.frames import DISTANCE, SENSITIVITY
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.ranges import lacking
from oversight_lib.report.views import View

_CAVEAT = (
    "A calculation, not advice: it changes one metric at a time and holds other trusts’ values as "
    "they are. Scores by rank and cut points are relative, so they move when anybody’s value does."
)


def distance(page: View) -> Fragment:
    """Return the caveat, how far the next cut is, and what the override does meanwhile."""
    mine, rows = page.trusts.iloc[0], page.further(DISTANCE)
    if formats.is_missing(mine["unadjusted"]):
        return paragraphs("Its segment by score is not known, so no distance can be told.")
    if mine["unadjusted"] == 1:
        return paragraphs("By score alone it is in segment 1, the first.", _override(page, mine))
    if rows.empty:
        return paragraphs(f"What would move it: {formats.Absent.NOT_LOADED}.")
    return paragraphs(_CAVEAT, f"{_cut(page, mine)} {_alone(page, rows)}", _override(page, mine))


def _cut(page: View, mine: pd.Series) -> str:
    row = page.further(SENSITIVITY).iloc[0]
    at = int(mine["unadjusted"])
    gap = formats.number(row["above_better_cut"], 3)
    points = formats.number(row["above_better_cut_points"], 1)
    return (
        f"By score alone it is in segment {at}. Its average is {gap} above the cut to segment "
        f"{at - 1}: {points} points of metric score, all metrics added."
    )


def _alone(page: View, rows: pd.DataFrame) -> str:
    reachable = int(rows["reachable"].fillna(False).astype(bool).sum())
    of = formats.out_of(reachable, len(rows), "metric")
    return f"{of[:1].upper()}{of[1:]} could take it there alone. {_basis(page, rows)}"


def _basis(page: View, rows: pd.DataFrame) -> str:
    if rows["value_needed"].notna().any():
        return "Everybody was scored again for every value tried."
    names = formats.listed(lacking(page))
    why = f": {names} trusts are {formats.Absent.NOT_LOADED}" if names else ""
    return f"Nobody can be scored again{why}. So the cut points are held, and no value is given."


def _override(page: View, mine: pd.Series) -> str:
    """Return what the override does whatever the scores, and what lifting it alone would do."""
    rule, rows = page.framework.adjustment[0], page.further(SENSITIVITY)
    if formats.is_missing(mine["override"]) or not bool(mine["override"]) or rows.empty:
        return ""
    rank = formats.rank(rows.iloc[0]["rank_without_override"], mine["trusts_ranked"])
    alone = formats.whole(rows.iloc[0]["segment_without_override"])
    return (
        f"The {rule.name.lower()} applies: whatever its scores, its segment cannot have a "
        f"smaller number than {rule.cap}. Lifting the override alone would "
        f"give segment {alone} and a rank of {rank}."
    )
