"""Scores to averages, segments, override and ranks; the same per domain.

Methodology manual 2025/26, Steps 2 to 4. An average is compared with the cuts as it is printed.
"""

import pandas as pd

from oversight_lib.frames import OVERALL, SEGMENTS
from oversight_lib.method.cuts import place
from oversight_lib.method.publication import Publication
from oversight_lib.method.rounding import half_up
from oversight_lib.rules.base import Unknown, known
from oversight_lib.rules.model import Framework

_KEYS = ["quarter", "org", "scope"]


def averages(scores: pd.DataFrame) -> pd.DataFrame:
    """Return quarter, org, scope, `average`, `metrics_counted`, `exact`.

    The weighted mean of the scores there are: a missing score leaves both sums. A domain's is
    over its own metrics; the overall one is over all metrics, not over domains.
    """
    counted = scores[scores["weight"].gt(0) & scores["score"].notna()]
    both = pd.concat([counted.assign(scope=OVERALL), counted.assign(scope=counted["domain"])])
    weighed = both.assign(weighed=both["score"] * both["weight"])
    sums = weighed.groupby(_KEYS, sort=True).agg(
        weighed=("weighed", "sum"), metrics_counted=("weight", "sum"), exact=("exact", "all")
    )
    means = sums["weighed"] / sums["metrics_counted"]
    return sums.drop(columns="weighed").assign(average=means).reset_index()


def segment(
    means: pd.DataFrame, cuts: pd.DataFrame, publication: Publication, framework: Framework
) -> pd.DataFrame:
    """Return the frame SEGMENTS: averages, segments, override and ranks, overall and per domain."""
    printed = half_up(means["average"])
    unadjusted = pd.concat(
        place(printed[group.index], cuts[cuts["scope"] == scope])
        for scope, group in means.groupby("scope")
    )
    rows = means.assign(printed=printed, unadjusted=unadjusted)
    flags = override_flags(publication, framework)
    recovery = publication.published_results.set_index(_KEYS)["in_recovery"]
    overall = rows["scope"].eq(OVERALL)
    overridden = rows["org"].map(flags["override"]).where(overall).astype("boolean")
    adjusted = adjust(rows["unadjusted"], overridden, framework).where(overall)
    in_recovery = recovery.reindex(pd.MultiIndex.from_frame(rows[_KEYS])).set_axis(rows.index)
    final = _finalise(adjusted, in_recovery, framework)
    return SEGMENTS.arrange(
        _rank(
            framework.league.order,
            rows.assign(
                override=overridden,
                override_basis=rows["org"].map(flags["basis"]).where(overall),
                adjusted=adjusted,
                final=final,
                trust_type=rows["org"].map(publication.trust_types),
            ),
        )
    )


def adjust(unadjusted: pd.Series, flags: pd.Series, framework: Framework) -> pd.Series:
    """Return the segments after the override, in the order the rules give."""
    adjusted = unadjusted
    for adjustment in framework.adjustment:
        capped = adjusted.clip(lower=adjustment.cap)
        adjusted = adjusted.mask(flags.fillna(False), capped).where(flags.notna())
    return adjusted


def override_flags(publication: Publication, framework: Framework) -> pd.DataFrame:
    """Return, per organisation, `override` and its `basis`: published flag, else estimate."""
    overall = publication.published_results.query("scope == @OVERALL").set_index("org")["override"]
    flags = pd.DataFrame(
        {"published": overall, "estimate": estimated_override(publication, framework)}
    )
    exempt = _exempt(publication, framework).reindex(flags.index, fill_value=False)
    basis = flags["published"].notna().map({True: "published", False: "estimated"})
    return pd.DataFrame({
        "override": flags["published"].fillna(flags["estimate"]).mask(exempt, False),
        "basis": basis.astype("string").mask(exempt),
    })  # fmt: skip


def _exempt(publication: Publication, framework: Framework) -> pd.Series:
    """Say which organisations are of a kind that no adjustment applies to."""
    adjusted = {
        kind
        for adjustment in framework.adjustment
        for kind in known(adjustment.kinds, f"to whom {adjustment.name} applies")
    }
    kinds = publication.trust_types.map(framework.kind_of)
    return ~kinds.isin(adjusted)


def estimated_override(publication: Publication, framework: Framework) -> pd.Series:
    """Return whether each organisation would be overridden by its published plan and variance.

    Missing where one of the figures is. The first adjustment that has an estimate is used.
    """
    estimates = [found.estimate for found in framework.adjustment if found.estimate]
    if not estimates:
        return pd.Series(pd.NA, publication.trust_types.index, dtype="boolean")
    rule = estimates[0]
    values = publication.observations.query("metric in @rule.sum_of")
    wide = values.pivot(index="org", columns="metric", values="value").reindex(columns=rule.sum_of)
    total = wide.sum(axis=1, skipna=False)
    return total.lt(rule.below).astype("boolean").where(total.notna())


def _finalise(adjusted: pd.Series, in_recovery: pd.Series, framework: Framework) -> pd.Series:
    """Return the segments after the last step; missing where it, or who it is about, is unknown."""
    final = framework.final
    if isinstance(final.when, Unknown):
        return adjusted.where(adjusted.isna())
    if final.segment is None:
        return adjusted
    replaced = adjusted.mask(in_recovery.fillna(False), final.segment)
    return replaced.where(in_recovery.notna())


def _rank(order_by: tuple[str, ...] | Unknown, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with both ranks within trust type and scope; ties share the best rank.

    The league orders by adjusted segment, then by printed average; a domain by average alone. A
    league whose order is not known has no ranks.
    """
    hundredths = (rows["printed"] * 100).round()
    order = rows["adjusted"].fillna(0).astype(float) * 1000 + hundredths
    league = rows["adjusted"].notna() & (not isinstance(order_by, Unknown))
    placed = league | rows["scope"].ne(OVERALL)
    tables = [rows["scope"], rows["trust_type"]]
    return rows.assign(
        rank=order.where(placed).groupby(tables).rank(method="min"),
        rank_by_average=hundredths.groupby(tables).rank(method="min"),
        trusts_ranked=hundredths.groupby(tables).transform("count"),
    )
