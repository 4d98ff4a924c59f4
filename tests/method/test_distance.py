"""What it would take to cross a cut, by actually changing the value and assessing again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from oversight_lib.frames import OBSERVATIONS, PUBLISHED_RESULTS, PUBLISHED_SCORES
from oversight_lib.method.assessment import assess
from oversight_lib.method.distance import AGAIN, distance
from oversight_lib.method.publication import Publication
from tests.method.quarters import FRAMEWORK, assessed, banded_quarter, whole_quarter, without_type

SIZES = (6, 4, 3)
FURTHER = {"at_least": np.inf, "above": np.inf, "at_most": -np.inf, "below": -np.inf}


def with_value(publication, org, metric, value):
    """The publication with one value in place of another."""
    table = publication.observations
    mine = table["org"].eq(org) & table["metric"].eq(metric)
    assert mine.sum() == 1
    changed = OBSERVATIONS.arrange(table.assign(value=table["value"].mask(mine, value)))
    return Publication(
        publication.quarter, changed, publication.published_scores, publication.published_results,
        publication.organisations, publication.league, publication.reference_counts,
    )  # fmt: skip


def segment_with(publication, row, value):
    """The trust's overall row, and its score, once the value is changed and all scored again."""
    again = assess(
        with_value(publication, row["org"], row["metric"], value), FRAMEWORK, recompute=True
    )
    overall = again.overall.set_index("org").loc[row["org"]]
    scores = again.scores.set_index(["org", "metric"])["score"]
    return overall, scores[(row["org"], row["metric"])]


def smallest(row):
    """The nearest number that the stated relation admits."""
    value, relation = row["value_needed"], row["relation"]
    strict = relation in ("above", "below")
    return np.nextafter(value, FURTHER[relation]) if strict else value


@pytest.mark.parametrize("seed", [21, 22])
def test_the_value_needed_reaches_the_target_and_a_hair_less_does_not(seed):
    publication = whole_quarter(seed, SIZES)
    rows = distance(assessed(seed, SIZES), publication, FRAMEWORK)
    found = rows[rows["basis"].eq(AGAIN) & rows["reachable"]]
    assert len(found) > 20
    for _, row in found.sample(6, random_state=seed).iterrows():
        enough = smallest(row)
        overall, score = segment_with(publication, row, enough)
        assert overall["unadjusted"] <= row["target"]
        assert overall["adjusted"] == row["adjusted_after"]
        assert score == pytest.approx(row["score_needed"])
        short = np.nextafter(enough, -FURTHER[row["relation"]])
        if row["metric"] in ("OF0020", "OF0048", "OF0088") and row["score_needed"] % 1 == 0:
            continue  # counts of trusts without a threshold have nothing in between
        assert segment_with(publication, row, short)[0]["unadjusted"] > row["target"]


@pytest.mark.parametrize("seed", [21, 22])
def test_what_is_not_reachable_is_not_reached_by_the_best_value_of_all(seed):
    publication = whole_quarter(seed, SIZES)
    rows = distance(assessed(seed, SIZES), publication, FRAMEWORK)
    beyond = rows[rows["basis"].eq(AGAIN) & ~rows["reachable"]]
    assert len(beyond) > 5
    assert beyond[["score_needed", "value_needed", "relation"]].isna().all(axis=None)
    for _, row in beyond.sample(4, random_state=seed).iterrows():
        higher = FRAMEWORK.find(row["metric"]).better == "higher"
        best = 1e6 if higher else 0.0 if row["metric"] in ("OF0020", "OF0048", "OF0088") else -1e6
        assert segment_with(publication, row, best)[0]["unadjusted"] > row["target"]


def test_every_metric_of_every_trust_below_the_best_segment_has_a_row():
    assessment = assessed(21, SIZES)
    rows = distance(assessment, whole_quarter(21, SIZES), FRAMEWORK)
    overall = assessment.overall.set_index("org")["unadjusted"]
    assert set(rows["org"]) == set(overall.index[overall > 1])
    counted = assessment.scores.query("weight > 0 and score == score")
    expected = counted[counted["org"].isin(rows["org"])]
    listed = set(zip(rows["org"], rows["metric"], strict=True))
    assert set(zip(expected["org"], expected["metric"], strict=True)) <= listed
    assert rows["caveat"].str.contains("cuts").all()


def test_plan_and_variance_work_through_the_combined_score():
    sizes = (20, 12, 6)
    publication = whole_quarter(24, sizes)
    rows = distance(assessed(24, sizes), publication, FRAMEWORK)
    plan = rows[rows["metric"].isin(["OF0079", "OF0081"]) & rows["reachable"]]
    assert len(plan) > 2
    for _, row in plan.head(3).iterrows():
        overall, score = segment_with(publication, row, smallest(row))
        assert overall["unadjusted"] <= row["target"]
        assert score == row["score_needed"]
        short = np.nextafter(smallest(row), -np.inf)
        assert segment_with(publication, row, short)[0]["unadjusted"] > row["target"]


def test_where_the_override_is_estimated_its_own_metrics_promise_no_adjusted_segment():
    publication = whole_quarter(24, (20, 12, 6))
    silent = publication.published_results.assign(override=pd.NA)
    told = replace(publication, published_results=PUBLISHED_RESULTS.arrange(silent))
    assessment = assess(told, FRAMEWORK)
    basis = assessment.overall.set_index("org")["override_basis"]
    assert basis.eq("estimated").sum() > 20
    rows = distance(assessment, told, FRAMEWORK).query("reachable")
    own = rows["metric"].isin(["OF0079", "OF0081"]) & rows["org"].map(basis).eq("estimated")
    assert own.sum() > 2
    assert rows.loc[own, "adjusted_after"].isna().all()
    override = assessment.overall.set_index("org")["override"]
    others = ~own & rows["org"].map(override).notna()
    assert others.sum() > 20
    assert rows.loc[others, "adjusted_after"].notna().all()


def test_where_everybody_is_scored_again_that_is_what_the_score_is_from():
    # The publisher prints two decimals; from values there are more.
    whole = whole_quarter(21, SIZES)
    again = assess(whole, FRAMEWORK, recompute=True)
    printed = again.scores[["quarter", "org", "metric", "period"]].assign(
        published_score=again.scores["score"].round(1)
    )
    told = replace(whole, published_scores=PUBLISHED_SCORES.arrange(printed.dropna()))
    rows = distance(assess(told, FRAMEWORK), told, FRAMEWORK).query("basis == @AGAIN")
    scores = again.scores.set_index(["org", "metric"])["score"]
    expected = scores.loc[list(zip(rows["org"], rows["metric"], strict=True))].to_numpy()
    assert np.abs(rows["score"].to_numpy() - expected).max() < 1e-9
    assert np.abs(rows["score"].to_numpy() - expected.round(1)).max() > 0.01


def test_a_metric_without_weight_is_no_way_to_another_segment(bundled):
    publication, assessment = bundled("2025-26-q1")
    weights = assessment.scores.set_index(["org", "metric"])["weight"]
    assert weights.eq(0).any()
    rows = distance(assessment, publication, FRAMEWORK)
    listed = weights.loc[list(zip(rows["org"], rows["metric"], strict=True))]
    assert listed.gt(0).all()


def test_with_cuts_held_the_score_needed_prints_the_average_at_the_cut():
    flat = {"R1": (1, 1), "R2": (2, 2), "R3": (3, 3), "R4": (4, 4)}
    segments = {"R1": 1, "R2": 2, "R3": 3, "R4": 4}
    assessment = banded_quarter({**flat, "R9": (2, 3)}, {**segments, "R9": 3})
    rows = distance(assessment, None, FRAMEWORK).set_index(["org", "metric"])
    # (x + 3) / 2 must print as 2.00, so stay below 2.005: x below 1.01.
    mine = rows.loc[("R9", "OF0046")]
    assert mine["score_needed"] == pytest.approx(2 * 2.005 - 3, abs=1e-5)
    assert mine["score_needed"] < 2 * 2.005 - 3
    # (2 + y) / 2: y below 2.01.
    assert rows.loc[("R9", "OF0067"), "score_needed"] == pytest.approx(2 * 2.005 - 2, abs=1e-5)
    # R4 at 4 and 4 needs 3 on average: 2 in one of them.
    assert rows.loc[("R4", "OF0046"), "score_needed"] == pytest.approx(2 * 3.005 - 4, abs=1e-5)
    assert rows["value_needed"].isna().all()
    assert rows["basis"].str.contains("the pool lacks ambulance, mental").all()
    # R2 at 2 and 2 needs an average of 1: no score of one metric is that good.
    assert not rows.loc[("R2", "OF0046"), "reachable"]
    assert pd.isna(rows.loc[("R2", "OF0046"), "score_needed"])


def test_where_a_trust_type_is_not_loaded_no_value_is_given():
    whole = whole_quarter(4, (12, 8, 3))
    part = without_type(whole, assess(whole, FRAMEWORK), "ambulance")
    rows = distance(assess(part, FRAMEWORK), part, FRAMEWORK)
    assert rows["value_needed"].isna().all()
    assert rows["basis"].str.contains("ambulance").all()


def test_the_published_quarters_give_scores_not_values(bundled):
    publication, assessment = bundled("2025-26-q1")
    rows = distance(assessment, publication, FRAMEWORK)
    assert rows["value_needed"].isna().all()
    reach = rows[rows["reachable"]]
    both = reach.merge(assessment.scores[["org", "metric", "weight"]], on=["org", "metric"])
    both = both.merge(assessment.overall[["org", "average", "metrics_counted"]], on="org")
    gain = (both["score"] - both["score_needed"]) * both["weight"] / both["metrics_counted"]
    cuts = assessment.cuts.query("scope == 'overall'").set_index("boundary")["cut"]
    after = (both["average"] - gain) - both["target"].map(cuts).astype(float)
    assert after.between(0.004, 0.005).all()
