"""Scores to averages, cut points, override, segments and ranks; the same per domain.

Methodology manual 2025/26, Steps 2 to 4. An average is compared with the cuts as it is printed.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from oversight_lib.errors import RulesError
from oversight_lib.frames import CUTS, OVERALL, SEGMENTS
from oversight_lib.method.publication import Publication
from oversight_lib.method.rounding import half_up
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


def cut_points(means: pd.DataFrame, publication: Publication, framework: Framework) -> pd.DataFrame:
    """Return the frame CUTS: three boundaries a scope.

    Computed as quantiles where every trust type of the pool is loaded. Otherwise bracketed by the
    published segments: the largest average in one and the smallest in the next, all types
    together. Refused, naming the scopes, where neither can be had.
    """
    pool = next(pool for pool in framework.pool if pool.id == framework.cuts.pool)
    lacking = publication.lacking(pool)
    segments = publication.published_results[[*_KEYS, "unadjusted"]]
    printed = means.assign(printed=half_up(means["average"])).merge(segments, how="left", on=_KEYS)
    if lacking:
        _refuse_unpublished(printed, lacking)
    boundaries = [
        _boundary(group, str(scope), k + 1, probability, bracket=bool(lacking))
        for scope, group in printed.groupby("scope", sort=True)
        for k, probability in enumerate(framework.cuts.probabilities)
    ]
    words = ", ".join(lacking) or None
    return CUTS.arrange(
        pd.concat(boundaries).assign(quarter=str(publication.quarter), lacking=words)
    )


def place(averages_: pd.Series, cuts: pd.DataFrame) -> pd.Series:
    """Return the segment of each printed average among one scope's cuts.

    Missing where the average lies inside a bracket, or where brackets contradict one another.
    """
    values = averages_.to_numpy()[:, None]
    above_low = 1 + (values > cuts["low"].to_numpy()).sum(axis=1)
    at_high = 1 + (values >= cuts["high"].fillna(np.inf).to_numpy()).sum(axis=1)
    return pd.Series(above_low, averages_.index).where(above_low == at_high).astype("Int64")


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
    final = adjusted.mask(in_recovery.fillna(False), framework.final.segment)
    return SEGMENTS.arrange(
        _rank(
            rows.assign(
                override=overridden,
                override_basis=rows["org"].map(flags["basis"]).where(overall),
                adjusted=adjusted,
                final=final.where(in_recovery.notna()),
                trust_type=rows["org"].map(publication.trust_types),
            )
        )
    )


def adjust(unadjusted: pd.Series, flags: pd.Series, framework: Framework) -> pd.Series:
    """Return the segments after the override, in the order the rules give."""
    adjusted = unadjusted
    for adjustment in framework.adjustment:
        capped = adjusted.clip(lower=adjustment.not_better_than)
        adjusted = adjusted.mask(flags.fillna(False), capped).where(flags.notna())
    return adjusted


def override_flags(publication: Publication, framework: Framework) -> pd.DataFrame:
    """Return, per organisation, `override` and its `basis`: published flag, else estimate."""
    overall = publication.published_results.query("scope == @OVERALL").set_index("org")["override"]
    flags = pd.DataFrame(
        {"published": overall, "estimate": estimated_override(publication, framework)}
    )
    return pd.DataFrame({
        "override": flags["published"].fillna(flags["estimate"]),
        "basis": flags["published"].notna().map({True: "published", False: "estimated"}),
    })  # fmt: skip


def estimated_override(publication: Publication, framework: Framework) -> pd.Series:
    """Return whether each organisation would be overridden by its published plan and variance.

    Missing where one of the figures is. The first adjustment's estimate is used; 2025/26 has one.
    """
    rule = framework.adjustment[0].estimate
    values = publication.observations.query("metric in @rule.sum_of")
    wide = values.pivot(index="org", columns="metric", values="value").reindex(columns=rule.sum_of)
    total = wide.sum(axis=1, skipna=False)
    return total.lt(rule.below).astype("boolean").where(total.notna())


def _rank(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with both ranks within trust type and scope; ties share the best rank.

    The league orders by adjusted segment, then by printed average; a domain by average alone.
    """
    hundredths = (rows["printed"] * 100).round()
    order = rows["adjusted"].fillna(0).astype(float) * 1000 + hundredths
    known = rows["adjusted"].notna() | rows["scope"].ne(OVERALL)
    tables = [rows["scope"], rows["trust_type"]]
    return rows.assign(
        rank=order.where(known).groupby(tables).rank(method="min"),
        rank_by_average=hundredths.groupby(tables).rank(method="min"),
        trusts_ranked=hundredths.groupby(tables).transform("count"),
    )


def _boundary(
    rows: pd.DataFrame, scope: str, boundary: int, probability: float, *, bracket: bool
) -> pd.DataFrame:
    """Return one row of CUTS without its quarter."""
    at_hand = float(np.quantile(rows["printed"], probability, method="linear"))
    below = rows["unadjusted"].le(boundary) if bracket else rows["printed"].le(at_hand)
    lower, upper = (
        rows.loc[below.fillna(False), "printed"],
        rows.loc[~below.fillna(True), "printed"],
    )
    return pd.DataFrame({
        "scope": [scope],
        "boundary": [boundary],
        "low": [lower.max()],
        "high": [upper.min()],
        "cut": [lower.max() if bracket else at_hand],
        "at_hand": [at_hand],
        "method": ["bracketed" if bracket else "computed"],
        "pool_size": [len(rows)],
    })  # fmt: skip


def _refuse_unpublished(rows: pd.DataFrame, lacking: Iterable[str]) -> None:
    published = rows.groupby("scope")["unadjusted"].count()
    scopes = list(published.index[published == 0])
    if scopes:
        raise RulesError(
            f"no cut points for {', '.join(scopes)}: the pool lacks {', '.join(lacking)} trusts "
            "and no segments are published to bracket them",
            do_this="load the files of every trust type, or files that carry segments",
        )
