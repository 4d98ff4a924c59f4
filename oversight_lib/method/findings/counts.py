"""Of how many trusts of England, a region or a board something holds: the findings of areas."""

from collections.abc import Mapping

import pandas as pd

from oversight_lib.frames import DRIVERS, FIRMNESS, MOVEMENT, OVERALL, RANGES, SERVED
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.findings.sure import near_a_cut
from oversight_lib.method.multiplicity import RATE, chance_of_none, discoveries
from oversight_lib.method.rounding import half_up
from oversight_lib.rules.model import Framework


def memberships(organisations: pd.DataFrame) -> pd.DataFrame:
    """Return which trusts are counted on which page: `org`, `page`, `code`, three rows a trust."""
    return pd.concat([
        pd.DataFrame({"org": organisations["org"], "page": page, "code": codes})
        for page, codes in (
            ("england", "england"),
            ("region", organisations["region"]),
            ("icb", organisations["icb"]),
        )
    ], ignore_index=True)  # fmt: skip


def of_areas(assessment: Assessment, framework: Framework) -> pd.DataFrame:
    """Return the counts of every area: `page`, `code`, `kind`, `item`, `value`, out of `n`.

    A trust of which something is not known is in no count of it. Nothing is counted where there
    is nobody to count.
    """
    members = memberships(assessment.organisations)
    flags = {**_position(assessment, framework), **_sure(assessment, framework)}
    flags |= {("served_known", "all"): _served(assessment)}
    moved = _change(assessment)
    rows = [_counted(members, {**flags, **moved})]
    if len(moved):
        rows.append(_together(members, assessment.table(MOVEMENT)))
    return pd.concat(rows, ignore_index=True)


def _counted(
    members: pd.DataFrame, flags: Mapping[tuple[str, str], "pd.Series[bool]"]
) -> pd.DataFrame:
    """Return for how many members each flag, one a kind and item by trust, is true."""
    long = pd.concat([
        pd.DataFrame({"org": flag.index, "kind": kind, "item": item,
                      "holds": flag.astype("boolean").to_numpy()})
        for (kind, item), flag in flags.items()
    ]).dropna(subset=["holds"])  # fmt: skip
    joined = members.merge(long, on="org")
    counts = joined.groupby(["page", "code", "kind", "item"])["holds"]
    return pd.DataFrame({"value": counts.sum(), "n": counts.size()}).reset_index()


def _position(
    assessment: Assessment, framework: Framework
) -> dict[tuple[str, str], "pd.Series[bool]"]:
    rows = assessment.overall.set_index("org")
    bites = rows["adjusted"].ne(rows["unadjusted"]).fillna(False).astype(bool)
    found = {("override_bites", "all"): bites}
    for segment in range(1, framework.segments + 1):
        alone = rows["unadjusted"].eq(segment).fillna(False)
        found["by_score_alone", str(segment)] = bites & alone.astype(bool)
    if framework.final.segment is not None:
        found["in_final_segment", "all"] = rows["final"].eq(framework.final.segment)
    return found


def _change(assessment: Assessment) -> dict[tuple[str, str], "pd.Series[bool]"]:
    rows = assessment.table(MOVEMENT).set_index("org")
    if rows.empty:
        return {}
    before, after = rows["adjusted_before"], rows["adjusted_after"]
    moved = before.ne(after).fillna(False).astype(bool)
    clear = rows["clear"].fillna(False).astype(bool)
    kinds = assessment.organisations.set_index("org")["trust_type"]
    compared = kinds[kinds.isin(kinds.reindex(rows.index))].index
    return {
        ("segment_changed", "all"): moved,
        ("segment_changed", "smaller number"): moved & after.lt(before).fillna(False).astype(bool),
        ("segment_changed", "larger number"): moved & after.gt(before).fillna(False).astype(bool),
        ("change_clear", "all"): clear,
        ("change_clear", "nearer 1"): clear & rows["high"].lt(0).fillna(False).astype(bool),
        ("change_clear", "further from 1"): clear & rows["low"].gt(0).fillna(False).astype(bool),
        ("without_previous", "all"): pd.Series(~compared.isin(rows.index), compared),
    }


def _together(members: pd.DataFrame, movement: pd.DataFrame) -> pd.DataFrame:
    """Return how many changes are clear with all comparisons of the area allowed for."""
    rows = members.merge(movement[["org", "low", "high", "clear"]], on="org")
    rates = discoveries(chance_of_none(rows["low"], rows["high"]), rows["page"] + rows["code"])
    known = rows["clear"].fillna(False).astype(bool)
    counts = (
        rows.assign(value=rates.le(RATE) & known, n=1)
        .groupby(["page", "code"], as_index=False)[["value", "n"]]
        .sum()
    )
    both = {"change_clear_together": counts["value"], "change_expected": RATE * counts["n"]}
    return pd.concat([counts.assign(kind=kind, item="all", value=v) for kind, v in both.items()])


def _sure(assessment: Assessment, framework: Framework) -> dict[tuple[str, str], "pd.Series[bool]"]:
    found = {}
    firm = assessment.table(FIRMNESS)
    if len(firm):
        found["watched", "all"] = near_a_cut(firm)
    crossing = _crossing(assessment)
    kinds = assessment.organisations.set_index("org")["trust_type"].reindex(crossing.index)
    for kind in framework.trust_type:
        if kinds.eq(kind.id).any():
            found["ranges_crossing", kind.id] = crossing[kinds.eq(kind.id)]
    return found


def _crossing(assessment: Assessment) -> "pd.Series[bool]":
    """Return, per trust with a range, whether its ends as printed lie in different segments."""
    rows = assessment.table(RANGES).set_index("org")
    cuts = assessment.cuts.loc[assessment.cuts["scope"] == OVERALL, "cut"]
    low, high = half_up(rows["average_low"]), half_up(rows["average_high"])
    crossed = [low.le(cut) & high.gt(cut) for cut in cuts]
    return sum((mask.astype(int) for mask in crossed), pd.Series(0, rows.index)).gt(0)


def _served(assessment: Assessment) -> "pd.Series[bool]":
    orgs = assessment.organisations["org"]
    known = orgs.isin(assessment.table(SERVED)["org"])
    return pd.Series(known.to_numpy(), pd.Index(orgs))


def unchanged(assessment: Assessment) -> pd.Series:
    """Return, per trust, how many metrics have the same score and weight as before."""
    rows = assessment.table(DRIVERS)
    still = rows["kind"].eq("unchanged").groupby([rows["org"], rows["metric"]]).all()
    return still.groupby(level="org").sum()
