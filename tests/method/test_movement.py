"""The change between two quarters: it adds up, whose doing it was, and why a segment moved."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.frames import OBSERVATIONS
from oversight_lib.method.assessment import assess
from oversight_lib.method.drivers import drivers
from oversight_lib.method.movement import flows, movement
from tests.method.quarters import FRAMEWORK, assessed, banded_quarter, whole_quarter

PROPERTY = settings(max_examples=4, deadline=None, derandomize=True)


def moved(before, after):
    rows = drivers(before, after, FRAMEWORK)
    return rows, movement(before, after, rows, FRAMEWORK).set_index("org")


@PROPERTY
@given(st.integers(1, 4), st.integers(5, 8), st.sampled_from([0.0, 0.5]))
def test_contributions_add_up_for_every_trust(first, second, gaps):
    before = assessed(first, gaps=gaps)
    after = assessed(second, quarter="2025-26-q2")
    rows, trusts = moved(before, after)
    sums = rows.groupby("org")["contribution"].sum().reindex(trusts.index)
    assert (sums - trusts["change"]).abs().max() < 1e-9
    averages = trusts["average_after"] - trusts["average_before"]
    assert (trusts["change"] - averages).abs().max() == 0


@PROPERTY
@given(st.integers(1, 4))
def test_nothing_moves_from_a_quarter_to_itself(seed):
    assessment = assessed(seed)
    rows, trusts = moved(assessment, assessment)
    assert set(rows["kind"]) == {"unchanged"}
    assert rows["contribution"].abs().max() == 0
    assert not trusts["clear"].any()
    assert trusts["why"].isna().all()


SEGMENTS = {"R1": 1, "R2": 2, "R3": 3, "R4": 4}
FLAT = {"R1": (1, 1), "R2": (2, 2), "R3": (3, 3), "R4": (4, 4)}


def quarter(scores, segments=SEGMENTS, **more):
    return banded_quarter({**FLAT, **scores}, {**SEGMENTS, **segments}, **more)


def second(scores, segments=SEGMENTS, **more):
    return quarter(scores, segments, quarter="2025-26-q2", **more)


def test_metrics_that_come_and_go_move_the_others_average():
    # Before 1, 2, 4: average 7/3. Without the 4: 3/2. The 1 becomes 2: (2+2)/2. A 3 comes: 7/3.
    before = quarter({"R9": (1, 2, 4)}, {"R9": 2})
    after = second({"R9": (2, 2, None, 3)}, {"R9": 2})
    rows, _ = moved(before, after)
    mine = rows[rows["org"] == "R9"].set_index("metric")
    assert mine["kind"].to_dict() == {
        "OF0046": "own value",
        "OF0067": "unchanged",
        "OF0069": "went",
        "OF0035": "came",
    }
    assert mine["contribution"].to_dict() == pytest.approx(
        {"OF0046": (2 - 1) / 2, "OF0067": 0, "OF0069": 3 / 2 - 7 / 3, "OF0035": 7 / 3 - 4 / 2}
    )


def test_a_metric_with_the_trusts_own_average_changes_nothing_when_it_comes():
    rows, trusts = moved(quarter({"R9": (1, 3)}, {"R9": 2}), second({"R9": (1, 3, 2)}, {"R9": 2}))
    came = rows[rows["kind"] == "came"]
    assert list(came["contribution"]) == [0]
    assert trusts.loc["R9", "change"] == 0


def test_without_a_common_metric_those_that_came_carry_the_change():
    before, after = quarter({"R9": (1,)}, {"R9": 1}), second({"R9": (None, 3)}, {"R9": 3})
    rows, trusts = moved(before, after)
    parts = rows[rows["org"] == "R9"].set_index("kind")["contribution"].to_dict()
    assert parts == {"went": 0, "came": 3 - 1}
    assert list(trusts.loc["R9", ["metrics_better", "metrics_worse"]]) == [0, 0]
    assert pd.isna(trusts.loc["R9", "low"])
    assert not trusts.loc["R9", "clear"]


def test_of_two_that_went_the_one_above_the_average_gains_what_the_other_loses():
    before, after = quarter({"R9": (1, 3)}, {"R9": 2}), second({"R9": (None, None, 4)}, {"R9": 4})
    rows, _ = moved(before, after)
    parts = rows[rows["org"] == "R9"].set_index("metric")["contribution"].to_dict()
    # Half each of an average of 2: 2 - 1 and 2 - 3; then the one that came, from 2 to 4.
    expected = {"OF0046": (2 - 1) / 2, "OF0067": (2 - 3) / 2, "OF0069": 4 - 2}
    assert parts == pytest.approx(expected)


def test_a_metric_that_weighs_more_is_a_change_of_its_own():
    before, after = quarter({"R9": (1, 3)}, {"R9": 2}), second({"R9": (1, 3)}, {"R9": 2})
    mine = after.scores["org"].eq("R9") & after.scores["metric"].eq("OF0067")
    weight = after.scores["weight"].mask(mine, 3.0)
    rows, _ = moved(before, replace(after, scores=after.scores.assign(weight=weight)))
    heavier = rows.query("org == 'R9' and kind == 'weight'").set_index("metric")["contribution"]
    # Shares of a half each become a quarter and three quarters, around an average of 2.
    expected = {"OF0046": (1 / 4 - 1 / 2) * (1 - 2), "OF0067": (3 / 4 - 1 / 2) * (3 - 2)}
    assert heavier.to_dict() == pytest.approx(expected)


def test_another_edition_of_a_survey_is_a_new_period():
    before = quarter({"R9": (1, 2)}, {"R9": 1}, period="2024")
    rows, _ = moved(before, second({"R9": (3, 2)}, {"R9": 2}, period="2025"))
    assert rows.set_index(["org", "metric"]).loc[("R9", "OF0046"), "kind"] == "new period"


@pytest.mark.parametrize(
    ("old", "new"),
    [("Jul 24 - Jun 25", "Oct 24 - Sep 25"), ("Jan 24 - Dec 24", "Apr 24 - Mar 25")],
)
def test_a_rolling_year_that_moves_on_by_a_quarter_is_not_a_new_period(old, new):
    before = quarter({"R9": (1, 2)}, {"R9": 1}, period=old)
    rows, _ = moved(before, second({"R9": (3, 2)}, {"R9": 2}, period=new))
    assert rows.set_index(["org", "metric"]).loc[("R9", "OF0046"), "kind"] == "own value"


def changed(publication, org, metric, value, **columns):
    """The publication with one value changed."""
    table = publication.observations
    mine = table["org"].eq(org) & table["metric"].eq(metric)
    assert mine.sum() == 1
    moved_ = table.assign(value=table["value"].mask(mine, value))
    for name, entry in columns.items():
        moved_[name] = moved_[name].mask(mine, entry)
    return replace(publication, observations=OBSERVATIONS.arrange(moved_))


def at(table, org, metric):
    return table.set_index(["org", "metric"]).sort_index().loc[(org, metric)]


def test_a_score_that_moves_with_the_value_unchanged_is_the_others_doing():
    publication = whole_quarter(3, gaps=0.0)
    before = assess(publication, FRAMEWORK)
    ranked = before.scores.query("metric == 'OF0023'").set_index("org")["score"]
    best, worst = ranked.idxmin(), ranked.idxmax()
    after = assess(changed(publication, worst, "OF0023", 99.0), FRAMEWORK)
    rows, _ = moved(before, after)
    mine = at(rows, best, "OF0023")
    assert mine["kind"] == "other trusts"
    # Six acute trusts; the best becomes the second: 3/5 of a point, on its weight share.
    share = 1 / before.overall.set_index("org")["metrics_counted"][best]
    assert mine["contribution"] == pytest.approx(3 / 5 * share)
    assert at(rows, worst, "OF0023")["kind"] == "own value"


@PROPERTY
@given(st.integers(1, 4), st.integers(5, 8))
def test_own_value_apart_from_the_others_is_that_value_alone_changed(one, two):
    # In the first quarter some scores were rounded first; these two have none such.
    old, new = whole_quarter(one, quarter="2025-26-q2"), whole_quarter(two, quarter="2025-26-q3")
    before, after = assess(old, FRAMEWORK), assess(new, FRAMEWORK)
    rows = drivers(before, after, FRAMEWORK)
    apart = rows[rows.duplicated(["org", "metric"], keep=False)]
    assert set(apart["kind"]) == {"own value", "other trusts"}
    org, metric = apart[["org", "metric"]].iloc[0]
    value = at(new.observations, org, metric)["value"]
    alone = assess(changed(old, org, metric, value), FRAMEWORK)
    first, mid, last = (at(a.scores, org, metric)["score"] for a in (before, alone, after))
    parts = at(rows, org, metric).set_index("kind")["contribution"]
    # Both parts have the same weight, so they are to one another as the two steps are.
    assert parts["own value"] * (last - mid) == pytest.approx(parts["other trusts"] * (mid - first))


def test_printed_scores_that_agree_differ_by_rounding():
    # The publisher carried this metric at two decimals in the first quarter of 2025/26 only.
    assert "2025-26-q1" in FRAMEWORK.find("OF0005").rounded_before_averaging
    before = assess(whole_quarter(3, (9, 5, 3), gaps=0.0), FRAMEWORK)
    after = assess(whole_quarter(3, (9, 5, 3), gaps=0.0, quarter="2025-26-q2"), FRAMEWORK)
    rows = drivers(before, after, FRAMEWORK).query("metric == 'OF0005'")
    # Fourteen trusts, 3/13 of a point a place: 1.2308 was carried as 1.23.
    assert set(rows["kind"]) == {"rounding", "unchanged"}


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (quarter({"R9": (1, 1)}, {"R9": 1}, overrides=["R9"]), second({"R9": (1, 1)}, {"R9": 1}),
         "override"),
        (quarter({"R9": (1, 1)}, {"R9": 1}), second({"R9": (3, 3)}, {"R9": 3}), "score"),
        # The average stays at 2 and a trust at 2 is now in segment 1.
        (quarter({"R9": (2, 2)}, {"R9": 2}),
         second({"R9": (2, 2), "R2": (2.5, 2.5)}, {"R9": 1}), "cuts moved"),
        # (1+1)/2 with a 4 more is 2, all scores unchanged.
        (quarter({"R9": (1, 1)}, {"R9": 1}), second({"R9": (1, 1, 4)}, {"R9": 2}), "composition"),
        # Only both together: of (1, 3) a 3 less and the 1 a 3, and the override goes too.
        (quarter({"R9": (1, 1)}, {"R9": 1}, overrides=["R9"]),
         second({"R9": (4, 4)}, {"R9": 4}), "several"),
        # 1.5 was inside the bracket between the segments 1 (1) and 2 (2): no telling.
        (quarter({"R9": (2, 2)}, {"R9": 2}), second({"R9": (1, 2)}, {"R9": 1}),
         "score or cuts moved"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)  # fmt: skip
def test_why_a_segment_moved(before, after, why):
    _, trusts = moved(before, after)
    assert trusts.loc["R9", "why"] == why
    assert trusts.drop(index="R9")["why"].isna().all()


def test_a_change_is_clear_with_three_metrics_the_same_way_and_none_the_other():
    before = quarter({"R8": (1, 1, 1, 1), "R9": (1, 1)}, {"R8": 1, "R9": 1})
    _, trusts = moved(before, second({"R8": (2, 2, 2, 1), "R9": (3, 3)}, {"R8": 2, "R9": 3}))
    # R9's two differences are both 2, so its range is 2 to 2, but they are only two metrics.
    assert list(trusts.loc["R9", ["low", "high", "metrics_worse"]]) == [2, 2, 2]
    assert not trusts.loc["R9", "clear"]
    # Of R8's four one is 0: (1/4)^4 = 0.4% of the draws have a mean of 0, less than 2.5%.
    assert trusts.loc["R8", "low"] > 0
    assert list(trusts.loc["R8", ["metrics_better", "metrics_worse"]]) == [0, 3]
    assert trusts.loc["R8", "clear"]


def test_three_metrics_the_same_way_are_not_clear_where_the_others_go_far_the_other():
    before = quarter({"R8": (2, 2, 2, 3)}, {"R8": 2})
    _, trusts = moved(before, second({"R8": (2.2, 2.2, 2.2, 2.2)}, {"R8": 2}))
    assert list(trusts.loc["R8", ["metrics_better", "metrics_worse"]]) == [1, 3]
    # 0.2, 0.2, 0.2 and -0.8: (1/4)^4 of the draws have the mean -0.8, nearly half one below 0.
    assert -1 < trusts.loc["R8", "low"] < 0 < trusts.loc["R8", "high"]
    assert not trusts.loc["R8", "clear"]


def test_trusts_in_one_quarter_only_are_left_out():
    rows, trusts = moved(quarter({"R9": (1, 1)}, {"R9": 1}), second({"R8": (1, 1)}, {"R8": 1}))
    assert set(trusts.index) == {"R1", "R2", "R3", "R4"} == set(rows["org"])


def test_flows_count_every_trust_once_in_each_grouping():
    before = quarter({"R9": (1, 1)}, {"R9": 1})
    after = second({"R9": (3, 3)}, {"R9": 3})
    _, trusts = moved(before, after)
    table = flows(trusts.reset_index(), after.organisations)
    assert table.groupby("grouping")["trusts"].sum().to_dict() == {
        "england": 5, "region": 5, "trust_type": 5,
    }  # fmt: skip
    england = table.query("grouping == 'england'").set_index(["before", "after"])["trusts"]
    assert england.to_dict() == {(1, 1): 1, (1, 3): 1, (2, 2): 1, (3, 3): 1, (4, 4): 1}
