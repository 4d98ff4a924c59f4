"""Ranges, firmness and movement on the published quarters."""

import pytest

from oversight_lib.method.drivers import drivers
from oversight_lib.method.firmness import QUARTERLY, firmness, quarterly_variation
from oversight_lib.method.movement import flows, movement
from oversight_lib.method.rounding import half_up
from oversight_lib.method.uncertainty import likely_ranges

FOLLOWING = [("2025-26-q1", "2025-26-q2"), ("2025-26-q2", "2025-26-q3"),
             ("2025-26-q1", "2025-26-q3")]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), FOLLOWING)
def test_the_decomposition_adds_up_for_every_trust(bundled, framework, first, second):
    before, after = bundled(first)[1], bundled(second)[1]
    rows = drivers(before, after, framework)
    trusts = movement(before, after, rows, framework).set_index("org")
    assert len(trusts) == 61
    sums = rows.groupby("org")["contribution"].sum()
    assert (sums - trusts["change"]).abs().max() < 1e-9
    table = flows(trusts.reset_index(), after.organisations)
    assert table.groupby("grouping")["trusts"].sum().tolist() == [61, 61, 61]


def test_staff_survey_scores_stand_still_between_surveys(bundled, framework):
    before, after = bundled("2025-26-q2")[1], bundled("2025-26-q3")[1]
    rows = drivers(before, after, framework)
    survey = rows[rows["metric"].isin(["OF0061", "OF0084"])]
    assert set(survey["kind"]) <= {"unchanged", "rounding"}


def test_the_cost_index_moved_on_by_a_year_once(bundled, framework):
    first, second, third = (bundled(f"2025-26-q{n}")[1] for n in (1, 2, 3))
    kinds = [
        set(drivers(*pair, framework).query("metric == 'OF0086'")["kind"])
        for pair in ((first, second), (second, third))
    ]
    assert "new period" in kinds[0]
    assert "new period" not in kinds[1]


def test_ranges_contain_the_average_and_the_rank(bundled, framework):
    for quarter in ("2025-26-q1", "2025-26-q3"):
        assessment = bundled(quarter)[1]
        rows = likely_ranges(assessment, framework, draws=2_000)
        both = rows.merge(assessment.overall, on="org")
        assert (half_up(both["average_low"]) <= half_up(both["average"])).all()
        assert (half_up(both["average_high"]) >= half_up(both["average"])).all()
        assert both["rank_low"].le(both["rank"]).all()
        assert both["rank_high"].ge(both["rank"]).all()


def test_quarter_to_quarter_variation_is_that_of_the_one_type_with_three_quarters(
    bundled, framework
):
    history = [bundled(f"2025-26-q{n}")[1] for n in (1, 2)]
    latest = bundled("2025-26-q3")[1]
    variation = quarterly_variation([*history, latest])
    assert list(variation.index) == ["mental-health-community"]
    # The publisher's four quarters gave at most 0.18 / root 2; three of them are loaded.
    assert 0.05 < variation["spread"].iloc[0] < 0.18
    rows = firmness(latest, framework, history=history, draws=500)
    assert rows["noise_model"].eq(QUARTERLY).sum() == 61


def test_a_move_by_score_and_override_together_is_laid_to_neither(bundled, framework):
    """North East London (RAT), Q1 to Q2: 1 to 2 by its score, and held at 3 by the override."""
    before, after = (bundled(quarter)[1] for quarter in ("2025-26-q1", "2025-26-q2"))
    rows = movement(before, after, drivers(before, after, framework), framework)
    mine = rows.set_index("org").loc["RAT"]
    assert (mine["adjusted_before"], mine["unadjusted_after"], mine["adjusted_after"]) == (1, 2, 3)
    assert mine["why"] == "several"
