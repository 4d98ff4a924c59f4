"""For which trusts of a page each kind of condition holds."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from oversight_lib.frames import OVERALL
from oversight_lib.method.rounding import half_up
from oversight_lib.report import metrics as of_metrics
from oversight_lib.report.views import View
from oversight_lib.rules import questions as bank


def _every(page: View, _: Any) -> pd.Series:
    return pd.Series(True, index=page.trusts.index)


def _in_quarter(page: View, condition: bank.InQuarter) -> pd.Series:
    return pd.Series(page.quarter.number in condition.any_of, index=page.trusts.index)


def _segment_is(page: View, condition: bank.SegmentIs) -> pd.Series:
    return page.trusts[condition.which].isin(condition.any_of)


def _segment_unknown(page: View, condition: bank.SegmentUnknown) -> pd.Series:
    return page.trusts[condition.which].isna()


def _override_bites(page: View, condition: bank.OverrideBites) -> pd.Series:
    changes = page.trusts["adjusted"].ne(page.trusts["unadjusted"])
    return page.trusts["override"] & (changes if condition.changes else ~changes)


def _near_cut(page: View, condition: bank.NearCut) -> pd.Series:
    return gaps(page).min(axis="columns").round(9) <= condition.within


def _metrics_missing(page: View, condition: bank.MetricsMissing) -> pd.Series:
    return of_metrics.missing(page, condition.share) >= condition.at_least


def _all_metrics(page: View, condition: bank.AllMetrics) -> pd.Series:
    return of_metrics.missing(page, condition.share) == 0


def _period_older(page: View, condition: bank.PeriodOlder) -> pd.Series:
    return ages(page) > condition.months


def _standards_missed(page: View, condition: bank.StandardsMissed) -> pd.Series:
    return of_metrics.missed(page) >= condition.at_least


def _metric_score(page: View, condition: bank.MetricScore) -> pd.Series:
    rows = page.scores[page.scores["metric"] == condition.metric].set_index("org")["score"]
    return page.trusts["org"].map(half_up(rows)) >= condition.at_least


def _domains_apart(page: View, condition: bank.DomainsApart) -> pd.Series:
    segments = page.own_domains.groupby("org")["unadjusted"]
    return page.trusts["org"].map(segments.max() - segments.min()) >= condition.at_least


def _domain_in(page: View, condition: bank.DomainIn) -> pd.Series:
    inside = page.own_domains.loc[page.own_domains["unadjusted"] == condition.segment, "org"]
    return page.trusts["org"].isin(inside)


def _icb_disputed(page: View, _: Any) -> pd.Series:
    return page.trusts["icb_disputed"]


HOLDS: Mapping[str, Callable[[View, Any], pd.Series]] = {
    "always": _every,
    "in_quarter": _in_quarter,
    "segment_is": _segment_is,
    "segment_unknown": _segment_unknown,
    "override_bites": _override_bites,
    "near_cut": _near_cut,
    "metrics_missing": _metrics_missing,
    "all_metrics": _all_metrics,
    "period_older": _period_older,
    "standards_missed": _standards_missed,
    "metric_score": _metric_score,
    "domains_apart": _domains_apart,
    "domain_in": _domain_in,
    "icb_disputed": _icb_disputed,
}
"""By the condition's kind: for each trust of the page whether it holds; missing is no."""

OF_THE_TYPE = ("metrics_missing", "all_metrics")
"""Kinds that compare a trust with those of its type; the others look at nobody else."""


def gaps(page: View) -> pd.DataFrame:
    """Return how far each printed average is from each cut or its bracket: a column a boundary."""
    every = page.once("gaps to cuts", _gaps)
    return every.loc[page.trusts["org"]].set_axis(page.trusts.index)


def _gaps(page: View) -> pd.DataFrame:
    cuts = page.assessment.cuts
    rows = cuts[cuts["scope"] == OVERALL].sort_values("boundary")
    printed = half_up(page.everyone.set_index("org")["average"])
    gaps = {
        boundary: pd.concat([low - printed, printed - high], axis="columns").max(axis="columns")
        for boundary, low, high in zip(rows["boundary"], rows["low"], rows["high"], strict=True)
    }
    return pd.DataFrame(gaps, index=printed.index).clip(lower=0)


def ages(page: View) -> pd.Series:
    """Return how many months before the quarter's end the oldest period behind a trust ends."""
    quarter = page.quarter
    ends = 12 * quarter.year.start + 3 + 3 * quarter.number
    counted = [12 * m.year + m.month if m else None for m in of_metrics.oldest(page)]
    return ends - pd.Series(counted, index=page.trusts.index, dtype="Int64")
