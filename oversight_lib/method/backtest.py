"""Our figures against the published ones, check by check, with the cause of every difference."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.frames import BACKTEST, CHECKS, OVERALL
from oversight_lib.method.publication import Publication
from oversight_lib.method.rounding import half_up
from oversight_lib.method.segmentation import averages, estimated_override
from oversight_lib.rules.model import Framework

_KEYS = ["quarter", "org", "scope"]


@dataclass(frozen=True)
class Comparison:
    """One check: `pairs` has org, published and computed, one row a figure, and may have a cause.

    `share` of the figures must lie within `tolerance`; `spare` more may lie outside.
    """

    check: str
    subject: str
    pairs: pd.DataFrame
    tolerance: float = 0.0
    share: float = 1.0
    spare: int = 0
    note: str | None = None
    cause: str | None = None

    @property
    def allowed(self) -> int:
        """How many figures may lie outside the tolerance."""
        return int(np.floor((1 - self.share) * len(self.pairs) + 1e-9)) + self.spare


def backtest(
    publication: Publication,
    framework: Framework,
    *,
    scores: pd.DataFrame,
    segments: pd.DataFrame,
    cuts: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the frames CHECKS (one row a check and subject) and BACKTEST (one a difference)."""
    results = publication.published_results
    comparisons = [
        *_metric_scores(scores, framework),
        *_averages(scores, segments, results, framework),
        *_placements(segments, cuts, results, publication, framework),
        *_overrides(publication, framework),
        *_columns(segments, results, cuts),
        *_league(segments, publication),
    ]
    return tabulate(comparisons, str(publication.quarter))


def tabulate(comparisons: Iterable[Comparison], quarter: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the frames CHECKS and BACKTEST that these comparisons, at least one, come to."""
    listed = list(comparisons)
    return (
        CHECKS.arrange(pd.concat(map(_summary, listed)).assign(quarter=quarter)),
        BACKTEST.arrange(pd.concat(map(_differences, listed)).assign(quarter=quarter)),
    )


def failing(checks: pd.DataFrame) -> list[Problem]:
    """Return one problem for each check that is outside its tolerance."""
    rows = checks[~checks["passes"]].to_dict("records")
    return [
        Problem(
            f"{row['check']}, {row['subject']}",
            f"{row['compared'] - row['within']} of {row['compared']} outside {row['tolerance']:g}",
            f"at most {row['allowed']}",
        )
        for row in rows
    ]


def _metric_scores(scores: pd.DataFrame, framework: Framework) -> Iterable[Comparison]:
    """Compare scores from values with printed ones, per metric, where both are there."""
    both = scores[scores["recomputed_score"].notna() & scores["published_score"].notna()]
    for metric in framework.metric:
        rows = both[both["metric"] == metric.id]
        if not rows.empty and metric.reproduces_at_least is not None:
            pairs = pd.DataFrame({
                "org": rows["org"], "published": rows["published_score"],
                "computed": half_up(rows["recomputed_score"]), "cause": _score_cause(rows),
            })  # fmt: skip
            yield Comparison("metric score from value", metric.id, pairs,
                             share=metric.reproduces_at_least)  # fmt: skip


def _score_cause(rows: pd.DataFrame) -> pd.Series:
    """Return the known cause of a difference: values printed to two decimals tie falsely."""
    ties = rows.duplicated(["pool", "recomputed_score"], keep=False) & rows["rank"].notna()
    some = ties.groupby(rows["pool"]).transform("any")
    return (
        pd.Series(pd.NA, rows.index, dtype="string")
        .mask(some, "others tie falsely: values are printed to two decimals")
        .mask(ties, "false tie: values are printed to two decimals")
    )


def _averages(
    scores: pd.DataFrame, segments: pd.DataFrame, results: pd.DataFrame, framework: Framework
) -> Iterable[Comparison]:
    """Compare averages made from printed scores, and those made from exact scores."""
    printed = averages(scores.assign(score=scores["published_score"]))
    for scope, rows in _beside(printed, results, "average"):
        yield Comparison(
            "average of printed scores", scope, rows,
            tolerance=framework.tolerance.average,
            cause="scores are printed to two decimals; the publisher averages them unrounded",
        )  # fmt: skip
    exact = segments[segments["exact"]]
    for scope, rows in _beside(exact.assign(average=half_up(exact["average"])), results, "average"):
        yield Comparison("average of exact scores", scope, rows)


def _placements(
    segments: pd.DataFrame,
    cuts: pd.DataFrame,
    results: pd.DataFrame,
    publication: Publication,
    framework: Framework,
) -> Iterable[Comparison]:
    """Compare unadjusted segments: by the cuts used, and by cuts from the trusts at hand."""
    bracketed = cuts["method"].eq("bracketed").any()
    note = (
        "one set of brackets for all trust types; it fails if they overlap" if bracketed else None
    )
    for scope, rows in _beside(segments, results, "unadjusted"):
        yield Comparison("unadjusted segment", scope, rows, note=note)
    rule = framework.tolerance.cuts_at_hand
    coverage = len(publication.organisations) / max(sum(publication.reference_counts.values()), 1)
    if bracketed and coverage >= rule.coverage:
        at_hand = _by_cuts_at_hand(segments, cuts)
        for scope, rows in _beside(at_hand, results, "unadjusted"):
            if scope == OVERALL:
                lacks = f"the pool lacks {cuts['lacking'].iloc[0]} trusts"
                yield Comparison(
                    "unadjusted segment, cuts from the trusts at hand", scope, rows,
                    spare=rule.misplaced, note=lacks, cause=lacks,
                )  # fmt: skip


def _by_cuts_at_hand(segments: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Return segments placed by the quantiles of whoever is loaded."""
    limits = cuts.pivot(index="scope", columns="boundary", values="at_hand")
    printed = half_up(segments["average"])
    above = [printed > segments["scope"].map(limits[boundary]) for boundary in limits]
    return segments.assign(unadjusted=1 + sum(mask.astype(int) for mask in above))


def _overrides(publication: Publication, framework: Framework) -> Iterable[Comparison]:
    """Compare the published flag with the published segments, and with its estimate."""
    if not framework.adjustment:
        return
    rule = framework.adjustment[0]
    overall = publication.published_results.query("scope == @OVERALL").set_index("org")
    telling = overall[overall["unadjusted"].lt(rule.cap) & overall["override"].notna()]
    pairs = _pairs(telling["override"], telling["adjusted"].ge(rule.cap), telling.index)
    yield Comparison("override", OVERALL, pairs, note="flag against the published segments")
    if not rule.estimate:
        return
    estimate = estimated_override(publication, framework).reindex(overall.index)
    both = overall["override"].notna() & estimate.notna()
    yield Comparison(
        "override from plan and variance", OVERALL,
        _pairs(overall["override"][both], estimate[both], overall.index[both]),
        share=rule.estimate.reproduces_at_least,
        cause="the flag also counts deficit support, which is not published",
    )  # fmt: skip


def _columns(
    segments: pd.DataFrame, results: pd.DataFrame, cuts: pd.DataFrame
) -> Iterable[Comparison]:
    """Compare adjusted and final segments and both ranks."""
    names = {
        "adjusted": "adjusted segment", "final": "final segment",
        "rank": "league rank", "rank_by_average": "rank by average",
    }  # fmt: skip
    for column, check in names.items():
        for scope, rows in _beside(segments, results, column):
            yield Comparison(check, scope, rows)


def _league(segments: pd.DataFrame, publication: Publication) -> Iterable[Comparison]:
    """Compare with the league tables, where they are loaded."""
    overall = segments[segments["scope"] == OVERALL].set_index("org")
    league = publication.league.set_index("org")
    ours = {
        "average": half_up(overall["average"]), "segment": overall["adjusted"],
        "rank": overall["rank"], "in_deficit": overall["override"],
    }  # fmt: skip
    for column, computed in ours.items():
        published = league[column][league.index.isin(overall.index)]
        if len(published):
            pairs = _pairs(published, computed.reindex(published.index), published.index)
            yield Comparison(f"league table: {column.replace('_', ' ')}", OVERALL, pairs)


def _beside(
    ours: pd.DataFrame, results: pd.DataFrame, column: str
) -> Iterable[tuple[str, pd.DataFrame]]:
    """Yield, per scope, our column beside the published one, where the latter is there."""
    theirs = results[[*_KEYS, column]].dropna()
    both = theirs.merge(ours[[*_KEYS, column]], on=_KEYS, suffixes=("_published", ""))
    for scope, rows in both.groupby("scope", sort=True):
        yield str(scope), _pairs(rows[f"{column}_published"], rows[column], rows["org"])


def _pairs(published: pd.Series, computed: pd.Series, orgs: pd.Series | pd.Index) -> pd.DataFrame:
    return pd.DataFrame({
        "org": list(orgs),
        "published": published.astype("Float64").to_numpy(dtype=float, na_value=np.nan),
        "computed": computed.astype("Float64").to_numpy(dtype=float, na_value=np.nan),
    })  # fmt: skip


def _gaps(comparison: Comparison) -> pd.Series:
    """Return the absolute differences; infinite where we have no figure."""
    pairs = comparison.pairs
    return (pairs["computed"] - pairs["published"]).abs().fillna(np.inf)


def _summary(comparison: Comparison) -> pd.DataFrame:
    gaps = _gaps(comparison)
    outside = int((gaps > comparison.tolerance + 1e-9).sum())
    return pd.DataFrame({
        "check": [comparison.check], "subject": [comparison.subject],
        "compared": [len(gaps)], "equal": [int((gaps < _EQUAL).sum())],
        "within": [len(gaps) - outside], "tolerance": [comparison.tolerance],
        "allowed": [comparison.allowed], "passes": [outside <= comparison.allowed],
        "note": [comparison.note],
    })  # fmt: skip


_EQUAL = 0.005 - 1e-7
"""Figures closer than half a hundredth print alike."""


def _differences(comparison: Comparison) -> pd.DataFrame:
    gaps = _gaps(comparison)
    rows = comparison.pairs[gaps >= _EQUAL]
    return rows.assign(
        cause=rows.get("cause", comparison.cause),
        check=comparison.check,
        subject=comparison.subject,
        difference=(rows["computed"] - rows["published"]).round(6),
        within=gaps[gaps >= _EQUAL] <= comparison.tolerance + 1e-9,
    )
