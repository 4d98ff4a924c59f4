"""Averages, cuts, override and ranks: the manual, the edges, and what must be refused."""

import numpy as np
import pandas as pd
import pytest

from oversight_lib.errors import PublicationError, RulesError
from oversight_lib.method.assessment import assess
from oversight_lib.method.backtest import failing
from oversight_lib.method.cuts import cut_points, place
from oversight_lib.method.rounding import half_up
from oversight_lib.method.segmentation import averages
from oversight_lib.rules.segmenting import ThresholdCuts
from tests.method.quarters import FRAMEWORK
from tests.oracle.publications import publication_of

COMPLETE = {"acute": 4, "mental-health-community": 1, "ambulance": 1}
ORGS = {"R00": "acute", "R01": "acute", "R02": "acute", "R03": "acute",
        "R04": "mental-health-community", "R05": "ambulance"}  # fmt: skip


def scores_table(numbers, weight=1.0, domain="access"):
    return pd.DataFrame({
        "quarter": "2025-26-q1", "org": "R00", "metric": [f"OF{n}" for n in range(len(numbers))],
        "domain": domain, "score": numbers, "weight": weight, "exact": True,
    })  # fmt: skip


def sickness(scores, results=(), counts=None, orgs=None):
    """A publication in which each trust has one printed score, of sickness absence."""
    orgs = orgs or ORGS
    printed = [
        {"org": org, "metric": "OF0082", "published_score": value}
        for org, value in zip(orgs, scores, strict=True)
    ]
    return publication_of("2025-26-q2", orgs, [], printed, list(results), counts or COMPLETE)


@pytest.mark.parametrize(
    ("boundary", "low", "high"),
    [("at_or_below", 1.75, np.nextafter(1.75, 2)), ("below", np.nextafter(1.75, 1), 1.75)],
)
def test_defined_thresholds_are_the_cuts_of_the_overall_scope_alone(boundary, low, high):
    was = FRAMEWORK.cuts
    defined = ThresholdCuts(
        method="thresholds", thresholds=(1.75, 2.25, 2.75), pool=was.pool, boundary=boundary,
        compares="printed average", evidence=was.evidence, reference=was.reference,
    )  # fmt: skip
    means = averages(scores_table([1.0, 2.0]))
    publication = sickness([1.0] * 6)
    rows = cut_points(means, publication, FRAMEWORK.model_copy(update={"cuts": defined}))
    assert rows["boundary"].tolist() == [1, 2, 3]
    assert rows[["low", "high", "cut"]].iloc[0].tolist() == [low, high, low]
    assert set(rows["scope"]) == {"overall"}
    assert set(rows["quarter"]) == {"2025-26-q2"}
    assert set(rows["method"]) == {"defined"}
    assert set(rows["pool_size"]) == {1}
    assert rows[["at_hand", "lacking"]].isna().all(axis=None)


def test_the_manuals_average():
    # Manual, illustration of Step 2: eleven scores, average 1.53.
    numbers = [1.00, 2.62, 1.00, 1.00, 1.00, 1.40, 1.00, 3.00, 1.36, 1.45, 2.00]
    overall = averages(scores_table(numbers)).query("scope == 'overall'").iloc[0]
    assert overall["average"] == pytest.approx(16.83 / 11)
    assert half_up(pd.Series([overall["average"]]))[0] == 1.53
    assert overall["metrics_counted"] == 11


def test_three_thirds_count_as_one_metric():
    table = pd.concat([scores_table([1.0, 2.0]), scores_table([3.0, 3.0, 4.0], weight=1 / 3)])
    overall = averages(table).query("scope == 'overall'").iloc[0]
    assert overall["average"] == pytest.approx((1 + 2 + (3 + 3 + 4) / 3) / 3)
    assert overall["metrics_counted"] == pytest.approx(3)


def test_a_missing_score_leaves_both_sums():
    overall = averages(scores_table([1.0, np.nan, 3.0])).query("scope == 'overall'").iloc[0]
    assert overall["average"] == (1 + 3) / 2


def test_halves_round_up():
    halves = pd.Series([2.385, 2.215, 1.435 - 1e-5, 1.005])
    assert half_up(halves).tolist() == [2.39, 2.22, 1.43, 1.01]


def test_cuts_are_quantiles_of_the_whole_pool_and_the_boundary_belongs_below(framework):
    assessed = assess(sickness([1.0, 1.5, 2.0, 2.5, 3.0, 3.5]), framework)
    cuts = assessed.cuts.query("scope == 'overall'")
    # Six averages: the quartiles lie a quarter, half and three quarters of the way along 5 steps.
    assert cuts["cut"].tolist() == pytest.approx([1.5 + 0.25 * 0.5, 2.25, 2.5 + 0.75 * 0.5])
    assert set(cuts["method"]) == {"computed"}
    overall = assessed.segments.query("scope == 'overall'")
    assert overall["unadjusted"].tolist() == [1, 1, 2, 3, 4, 4]


def test_an_average_on_the_cut_is_in_the_lower_numbered_segment():
    cuts = pd.DataFrame({"low": [2.05, 2.32, 2.60], "high": [2.06, 2.33, 2.61]})
    printed = pd.Series([2.05, 2.06, 2.32, 2.60, 2.61])
    assert place(printed, cuts).tolist() == [1, 2, 2, 3, 4]


def test_an_average_inside_a_bracket_has_no_segment():
    cuts = pd.DataFrame({"low": [2.05, 2.32, 2.60], "high": [2.11, 2.33, 2.61]})
    assert place(pd.Series([2.05, 2.08, 2.11]), cuts).isna().tolist() == [False, True, False]


def without_ambulances(segments, scores=(1.0, 1.5, 2.0, 2.5, 3.0)):
    results = [
        {"org": org, "scope": scope, "unadjusted": segment, "override": False}
        for scope in ("overall", "people")
        for org, segment in zip(list(ORGS)[:5], segments, strict=True)
    ]
    return sickness(scores, results, orgs=dict(list(ORGS.items())[:5]))


def test_cuts_are_bracketed_when_a_trust_type_is_missing(framework):
    cuts = assess(without_ambulances([1, 1, 2, 3, 4]), framework).cuts.query("scope == 'overall'")
    assert cuts["low"].tolist() == [1.5, 2.0, 2.5]
    assert cuts["high"].tolist() == [2.0, 2.5, 3.0]
    assert set(cuts["method"]) == {"bracketed"}
    assert set(cuts["lacking"]) == {"ambulance"}


def test_a_trust_without_a_published_segment_moves_no_bracket(framework):
    cuts = assess(without_ambulances([1, None, 2, 3, 4]), framework).cuts.query("scope == 'people'")
    assert cuts["low"].tolist() == [1.0, 2.0, 2.5]
    assert cuts["high"].tolist() == [2.0, 2.5, 3.0]


def test_brackets_that_overlap_fail_the_back_test(framework):
    # Each type cut apart: the community trust's 3.0 is its type's best and so in segment 1.
    assessed = assess(without_ambulances([1, 2, 3, 4, 1]), framework)
    check = assessed.checks.query("check == 'unadjusted segment' and subject == 'overall'")
    assert not check["passes"].item()
    assert not assessed.passes
    told = [str(problem) for problem in failing(assessed.checks)]
    assert len(told) == (~assessed.checks["passes"]).sum()
    assert any("unadjusted segment, overall" in words for words in told)


def test_without_an_adjustment_nothing_is_overridden_or_compared(framework):
    rules = framework.model_copy(update={"adjustment": ()})
    assessed = assess(without_ambulances([1, 1, 2, 3, 4]), rules)
    assert assessed.overall["adjusted"].equals(assessed.overall["unadjusted"])
    assert "unadjusted segment" in set(assessed.checks["check"])
    assert "override" not in set(assessed.checks["check"])


def test_cuts_are_refused_without_pool_and_without_published_segments(framework):
    publication = sickness([1.0] * 5, orgs=dict(list(ORGS.items())[:5]))
    with pytest.raises(RulesError, match=r"overall, people: the pool lacks ambulance trusts"):
        assess(publication, framework)


def test_a_publication_of_which_nothing_can_be_scored_is_refused_with_the_reasons(framework):
    # Ranked among all types, of which one is loaded, and no score is in print.
    values = [
        {"org": org, "metric": "OF0082", "value": float(number), "unit": "percent"}
        for number, org in enumerate(("R01", "R02"))
    ]
    kinds = dict.fromkeys(("R01", "R02"), "acute")
    publication = publication_of("2025-26-q1", kinds, values, [], [], dict(COMPLETE))
    with pytest.raises(PublicationError, match=r"can be scored[\s\S]*not scored: no .* trusts"):
        assess(publication, framework)


@pytest.mark.parametrize(("segment", "adjusted"), [(1, 3), (2, 3), (3, 3), (4, 4)])
def test_the_override_never_improves_a_segment(framework, segment, adjusted):
    average = {1: 1.0, 2: 2.0, 3: 2.5, 4: 4.0}[segment]
    others = [1.0, 1.0, 2.0, 2.5, 4.0]
    overall = {"scope": "overall", "org": "R05", "override": True}
    assessed = assess(sickness([*others, average], [overall]), framework)
    row = assessed.segments.query("scope == 'overall' and org == 'R05'").iloc[0]
    assert (row["unadjusted"], row["adjusted"]) == (segment, adjusted)


def test_the_recovery_programme_is_segment_five_and_unknown_where_not_published(framework):
    results = [
        {"org": "R00", "scope": "overall", "override": False, "in_recovery": True},
        {"org": "R01", "scope": "overall", "override": False, "in_recovery": False},
        {"org": "R02", "scope": "overall", "override": False},
    ]
    assessed = assess(sickness([1.0, 1.5, 2.0, 2.5, 3.0, 3.5], results), framework)
    final = assessed.overall.set_index("org")["final"]
    assert final["R00"] == 5
    assert final["R01"] == 1
    assert pd.isna(final["R02"])


def test_the_override_is_estimated_where_the_flag_is_not_published(
    framework,
):
    values = [
        {"org": org, "metric": metric, "value": value, "unit": "percent"}
        for org, plan, variance in [("R00", 1.0, -1.5), ("R01", 1.0, -0.5), ("R02", -0.5, 0.5)]
        for metric, value in (("OF0079", plan), ("OF0081", variance))
    ]
    printed = [{"org": org, "metric": "OF0082", "published_score": 2.0} for org in ORGS]
    publication = publication_of("2025-26-q2", ORGS, values, printed, [], COMPLETE)
    overall = assess(publication, framework).overall.set_index("org")
    assert overall["override"].iloc[:3].tolist() == [True, False, False]
    assert overall["override_basis"].iloc[0] == "estimated"
    assert overall["override"].iloc[3:].isna().all()


def test_league_rank_is_by_segment_then_average_and_ties_share_the_best(framework):
    results = [{"org": org, "scope": "overall", "override": org == "R00"} for org in ORGS]
    scores = [1.0, 1.5, 1.5, 2.5, 3.0, 3.5]
    overall = assess(sickness(scores, results), framework).overall.set_index("org")
    # R00 has the best average and is held at segment 3, behind both trusts in segment 1.
    assert overall.loc[["R00", "R01", "R02", "R03"], "rank"].tolist() == [3, 1, 1, 4]
    assert overall.loc[["R00", "R01", "R02", "R03"], "rank_by_average"].tolist() == [1, 2, 2, 4]


def test_an_organisation_without_scores_has_no_segment(framework):
    publication = sickness([1.0, 1.5, 2.0, 2.5, 3.0, 3.5])
    assert set(assess(publication, framework).overall["org"]) == set(ORGS)
    dropped = publication.published_scores.query("org != 'R03'")
    fewer = publication.__class__(**{**publication.__dict__, "published_scores": dropped})
    assert set(assess(fewer, framework).overall["org"]) == set(ORGS) - {"R03"}


def test_cut_points_use_averages_as_printed(framework):
    publication = sickness([1.0, 1.5, 2.0, 2.5, 3.0, 3.5])
    means = pd.DataFrame({
        "quarter": "2025-26-q2", "org": list(ORGS), "scope": "overall",
        "average": [1.0, 1.504, 1.996, 2.5, 3.0, 3.5], "metrics_counted": 1.0, "exact": True,
    })  # fmt: skip
    cuts = cut_points(means, publication, framework)
    assert cuts["cut"].iloc[0] == pytest.approx(1.50 + 0.25 * (2.00 - 1.50))
