"""A trust's metrics: value, score and reason, beside the standard and its peers' medians."""

from collections.abc import Mapping

import pandas as pd

from oversight_lib.frames import OBSERVATIONS, SCORES
from oversight_lib.method.scoring.reasons import threshold
from oversight_lib.periods import Month, ReportingPeriod
from oversight_lib.report import formats
from oversight_lib.report.views import View
from oversight_lib.rules.base import Unknown
from oversight_lib.rules.model import Floor, Framework, Metric, Standard

_OBSERVED = ["org", "metric", "value", "unit", "median"]


def metrics(page: View) -> pd.DataFrame:
    """Return one row a metric of the page's trust, in the order of the rules.

    Has the columns of SCORES; `value`, `unit` and the type's published `median` (missing where
    only the score is published); `peer_score`, the median score of its type as printed; and
    `name`, `short`, `domain_name`, `standard` from the rules.
    """
    observed = page.further(OBSERVATIONS)[_OBSERVED]
    rules = _rules(page.framework)
    rows = page.scores.merge(observed, on=["org", "metric"], how="left")
    rows = rows.merge(rules, on="metric", validate="many_to_one")
    peers = peer_scores(page)
    return rows.assign(
        peer_score=rows["metric"].map(peers),
        unit=rows["unit"].fillna(rows["rule_unit"]),
    ).sort_values("order", ignore_index=True)


def peer_scores(page: View) -> "pd.Series[float]":
    """Return, per metric, the median score of the loaded trusts of this trust's type."""
    kind = page.trust["trust_type"]
    return page.once(("peer scores", kind), lambda every: _peer_scores(every, kind))


def _peer_scores(page: View, kind: str) -> "pd.Series[float]":
    peers = page.everyone.loc[page.everyone["trust_type"] == kind, "org"]
    scores = page.among(SCORES)
    return scores[scores["org"].isin(peers)].groupby("metric")["score"].median()


def unpublished(page: View) -> list[str]:
    """Return the short names of metrics that trusts of this type have and this trust has not."""
    mine = page.each("metrics scored", _scored, SCORES).get(page.code, frozenset())
    others = [metric for metric in peer_scores(page).index if metric not in mine]
    return [metric.short for metric in page.framework.metric if metric.id in others]


def _scored(page: View) -> dict[str, frozenset[str]]:
    rows = page.among(SCORES)
    return {str(org): frozenset(metrics) for org, metrics in rows.groupby("org")["metric"]}


def standard(metric: Metric) -> str:
    """Return the national standard or floor of a metric in words."""
    scoring = metric.scoring
    if not isinstance(scoring, Standard | Floor):
        return "none"
    if isinstance(scoring.threshold, Unknown):
        return str(formats.Absent.NOT_PUBLISHED)
    return ("" if isinstance(scoring, Standard) else "floor: ") + threshold(scoring, metric.unit)


def _rules(framework: Framework) -> pd.DataFrame:
    names = {domain.id: (place, domain.name) for place, domain in enumerate(framework.domain)}
    rows = [
        {
            "metric": metric.id,
            "name": metric.name,
            "short": metric.short,
            "domain_name": names[metric.domain][1],
            "standard": standard(metric),
            "rule_unit": metric.unit,
            "order": 1000 * names[metric.domain][0] + place,
        }
        for place, metric in enumerate(framework.metric)
    ]
    return pd.DataFrame(rows)


def standards(page: View) -> pd.DataFrame:
    """Return, per metric with a standard or floor: how many of the page's trusts meet it.

    Has `name`, `short`, `standard`, `meets`, `counted`. Small counts without a threshold are in
    neither.
    """
    rows = page.scores.merge(page.further(OBSERVATIONS)[_OBSERVED], on=["org", "metric"])
    judged = [
        {
            "name": metric.name,
            "short": metric.short,
            "standard": standard(metric),
            "meets": int((mine["score"] < _first_missed(metric.scoring)).sum()),
            "counted": len(mine),
        }
        for metric in page.framework.metric
        if isinstance(metric.scoring, Standard | Floor)
        and len(mine := _with_threshold(rows[rows["metric"] == metric.id], metric))
    ]
    return pd.DataFrame(judged)


def periods(page: View) -> pd.DataFrame:
    """Return, per metric and reporting period: `name`, `short`, `period`, `last` month, `trusts`.

    The period that ends first comes first; one that names no months comes last.
    """
    names = {metric.id: metric.name for metric in page.framework.metric}
    shorts = {metric.id: metric.short for metric in page.framework.metric}
    rows = page.scores.assign(period=page.scores["period"].astype("object"))
    counts = rows.groupby(["metric", "period"], dropna=False)["org"].nunique().rename("trusts")
    table = counts.reset_index()
    ends = [_last_month(words) for words in table["period"]]
    return (
        table.assign(
            name=table["metric"].map(names),
            short=table["metric"].map(shorts),
            ends=[str(month) if month else "9999" for month in ends],
            last=pd.Series([month.label if month else None for month in ends], dtype="str"),
        )
        .sort_values(["ends", "name"], ignore_index=True)
        .drop(columns=["ends", "metric"])
    )


def _last_month(words: object) -> Month | None:
    return ReportingPeriod.parse(words).last if isinstance(words, str) else None


def _first_missed(scoring: object) -> float:
    """Return the lowest score that says a standard or floor is missed."""
    if isinstance(scoring, Floor):
        return scoring.fixed
    return scoring.best if isinstance(scoring, Standard) else float("nan")


def _with_threshold(rows: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    return rows if metric.small_numbers is None else rows[rows["unit"] != metric.small_numbers.unit]


def missed(page: View) -> "pd.Series[int]":
    """Return, per trust of the page, how many national standards or floors it does not meet."""
    return _for_each(page, page.each("missed", _missed, SCORES, OBSERVATIONS))


def _missed(page: View) -> dict[str, int]:
    observed = page.among(OBSERVATIONS)[_OBSERVED]
    rows = page.among(SCORES).merge(observed, on=["org", "metric"])
    below = [
        _with_threshold(rows[rows["metric"] == metric.id], metric).pipe(
            lambda mine, bound: mine.loc[mine["score"] >= bound, "org"], _first_missed(scoring)
        )
        for metric in page.framework.metric
        if isinstance(scoring := metric.scoring, Standard | Floor)
    ]
    orgs = pd.concat(below) if below else pd.Series(dtype="str")
    return {str(org): int(number) for org, number in orgs.value_counts().items()}


def missing(page: View, share: float) -> "pd.Series[int]":
    """Return, per trust of the page, how many metrics it lacks that a share of its type has."""
    return _for_each(page, page.once(("missing", share), lambda every: _missing(every, share)))


def _missing(page: View, share: float) -> dict[str, int]:
    scores = page.among(SCORES)[["org", "metric"]]
    there = pd.crosstab(scores["org"], scores["metric"]).gt(0)
    kinds = page.everyone.set_index("org")["trust_type"].reindex(there.index)
    usual = there.groupby(kinds).transform("mean").ge(share)
    lacking = (usual & ~there).sum(axis="columns")
    return {str(org): int(number) for org, number in lacking.items()}


def oldest(page: View) -> list[Month | None]:
    """Return, per trust of the page, the earliest last month of a period behind its average.

    None for a trust whose periods name no months.
    """
    behind = periods_behind(page)
    ends = [behind.get(str(org), {}).values() for org in page.trusts["org"]]
    return [min((month for month in some if month), default=None) for some in ends]


def periods_behind(page: View) -> dict[str, dict[str, Month | None]]:
    """Return, by trust of the page, each period behind its average with its last month."""
    return page.each("periods behind", _periods_behind, SCORES)


def _periods_behind(page: View) -> dict[str, dict[str, Month | None]]:
    scores = page.among(SCORES)
    rows = scores[scores["weight"].gt(0) & scores["period"].notna()]
    ends = {str(words): _last_month(words) for words in rows["period"].unique()}
    return {
        str(org): {str(words): ends[str(words)] for words in periods.unique()}
        for org, periods in rows.groupby("org")["period"]
    }


def _for_each(page: View, counts: Mapping[str, int]) -> "pd.Series[int]":
    counted = [counts.get(str(org), 0) for org in page.trusts["org"]]
    return pd.Series(counted, page.trusts.index, dtype=int)
