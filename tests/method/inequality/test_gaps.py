"""The gap, the ratio, Core20 and the intervals to compare by eye."""

import math

import numpy as np
import pytest

from oversight_lib.method.inequality import Measure, comparable, gaps, of_counts
from oversight_lib.method.inequality.gaps import COMPARABLE_Z
from oversight_lib.method.inequality.proportions import difference, ratio
from tests.method.inequality.worked import (
    ADVERSE,
    CHOLESTEROL,
    COUNTS,
    PERCENT,
    WHO_PEOPLE,
    WHO_VALUES,
    breakdown,
    cholesterol,
    one,
)


def test_counts_give_newcombes_gap_and_katzs_ratio():
    people = CHOLESTEROL["population"].tolist()
    table = gaps(of_counts(["A"], [COUNTS], [people], per=100, grouping="x"), PERCENT)
    gap, share = one(table, "gap"), one(table, "ratio")
    # Higher is better, so the gap is the least deprived fifth minus the most deprived.
    counts, totals = ([COUNTS[4]], [COUNTS[0]]), ([people[4]], [people[0]])
    expected = difference(counts, totals, per=100).iloc[0]
    assert gap[["value", "low", "high"]].tolist() == expected[["value", "low", "high"]].tolist()
    assert share["value"] == ratio(counts, totals).iloc[0]["value"]
    assert (gap["method"], share["method"]) == ("Newcombe", "Katz")
    assert gap["value"] < 0  # the most deprived fifth is treated more often


def test_values_with_standard_errors_give_the_root_of_their_squares():
    table = gaps(breakdown(WHO_VALUES, WHO_PEOPLE, [3, 1, 1, 1, 4]), PERCENT)
    gap, share = one(table, "gap"), one(table, "ratio")
    assert gap["value"] == 60 - 20
    assert gap["standard_error"] == pytest.approx(math.hypot(3, 4))
    assert share["value"] == pytest.approx(60 / 20)
    spread = 1.959963984540054 * math.hypot(3 / 20, 4 / 60)
    assert share["high"] == pytest.approx(3 * math.exp(spread))


def test_the_error_of_an_average_is_the_root_of_the_weighted_errors_squares():
    table = gaps(breakdown(WHO_VALUES, WHO_PEOPLE, [3, 1, 2, 5, 4]), PERCENT, against="rest")
    people = [91, 162, 103, 105]
    weights = [one_of / sum(people) for one_of in people]
    rest = math.hypot(*(w * error for w, error in zip(weights, [1, 2, 5, 4], strict=True)))
    assert one(table, "core20_gap")["standard_error"] == pytest.approx(math.hypot(3, rest))


def test_an_adverse_measure_turns_both_round():
    table = gaps(breakdown(WHO_VALUES, WHO_PEOPLE, 1), ADVERSE)
    assert one(table, "gap")["value"] == 20 - 60
    assert one(table, "ratio")["value"] == pytest.approx(20 / 60)
    assert one(table, "gap")["low"] < -40 < one(table, "gap")["high"]


def test_core20_stands_against_the_average_of_all_others():
    table = gaps(breakdown(WHO_VALUES, WHO_PEOPLE, 1), PERCENT, against="rest")
    rest = (30 * 91 + 40 * 162 + 50 * 103 + 60 * 105) / (91 + 162 + 103 + 105)
    assert one(table, "core20_gap")["value"] == pytest.approx(rest - 20)
    tenths = gaps(breakdown(range(10, 20), 1, 1), PERCENT, against="rest")
    assert one(tenths, "core20_gap")["value"] == pytest.approx(sum(range(12, 20)) / 8 - 10.5)


def test_seven_groups_have_no_most_deprived_fifth():
    with pytest.raises(ValueError, match="multiple of 5"):
        gaps(breakdown(range(1, 8), 1, 1), PERCENT, against="rest")


def test_a_zero_value_leaves_the_gap_but_no_ratio():
    table = gaps(breakdown([0, 1, 2, 3, 4], 10, 1), Measure("lower"))
    assert one(table, "gap")["value"] == -4
    assert np.isnan(one(table, "ratio")["value"])
    assert "not above 0" in one(table, "ratio")["reason"]


def test_a_missing_middle_group_refuses_the_gap_too():
    table = gaps(breakdown([20, 30, np.nan, 50, 60], 10, 1), PERCENT)
    assert table["value"].isna().all()
    assert (table["reason"] == "group 3 is missing or suppressed").all()


def test_intervals_to_compare_by_eye_just_touch_at_five_per_cent():
    assert pytest.approx(1.3859, abs=5e-5) == COMPARABLE_Z
    bars = comparable(cholesterol())
    assert bars["group"].tolist() == [1, 2, 3, 4, 5]
    half = (bars["high"] - bars["low"]) / 2
    # Two bars of half-width w touch at a difference of 2w = 1.96 x √2 standard errors.
    error = cholesterol().standard_error[0]
    assert (2 * half).tolist() == pytest.approx(
        (1.959964 * math.sqrt(2) * error).tolist(), rel=1e-6
    )
