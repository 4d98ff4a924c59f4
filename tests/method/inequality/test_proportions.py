"""Wilson, Newcombe and Katz against the published tables."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.inequality.proportions import difference, proportion, ratio, wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    # Newcombe RG, Stat Med 1998;17:857, Table I, score method without continuity correction.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
     (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_limits_are_those_of_newcombes_table(count, total, low, high):
    row = proportion([count], [total]).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=5e-5)
    assert row["method"] == "Wilson"


@settings(derandomize=True, deadline=None)
@given(st.integers(1, 5000), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_limits_are_where_the_score_test_is_just_clear(total, part, confidence):
    count = np.array([round(total * part)], float)
    low, high = wilson(count, np.array([total], float), confidence)
    z = {0.8: 1.2815515655446, 0.95: 1.9599639845401, 0.998: 3.0902323061678}[confidence]
    share = count[0] / total
    assert 0 <= low[0] <= share <= high[0] <= 1
    for limit in (low[0], high[0]):
        error = math.sqrt(limit * (1 - limit) / total)
        assert abs(share - limit) == pytest.approx(z * error, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # Newcombe RG, Stat Med 1998;17:873, Table II, method 10.
    [((56, 70), (48, 80), 0.0524, 0.3339), ((10, 10), (0, 20), 0.6791, 1.0)],
)
def test_differences_are_those_of_newcombes_table(first, second, low, high):
    row = difference(([first[0]], [second[0]]), ([first[1]], [second[1]])).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=5e-5)
    assert row["value"] == pytest.approx(first[0] / first[1] - second[0] / second[1])


def test_a_difference_turned_round_has_its_limits_turned_round():
    there = difference(([56], [48]), ([70], [80]), per=100).iloc[0]
    back = difference(([48], [56]), ([80], [70]), per=100).iloc[0]
    assert (back["low"], back["high"]) == pytest.approx((-there["high"], -there["low"]))


def test_the_log_ratio_has_katzs_limits():
    row = ratio(([30], [20]), ([100], [100])).iloc[0]
    error = math.sqrt(1 / 30 - 1 / 100 + 1 / 20 - 1 / 100)
    assert row["value"] == pytest.approx(30 / 20)
    assert row["low"] == pytest.approx(1.5 * math.exp(-1.959964 * error), rel=1e-6)
    assert row["high"] == pytest.approx(1.5 * math.exp(1.959964 * error), rel=1e-6)


@pytest.mark.parametrize("counts", [([0], [5]), ([5], [0]), ([0], [0])])
def test_a_ratio_with_a_zero_cell_is_no_number_but_a_reason(counts):
    row = ratio(counts, ([10], [10])).iloc[0]
    assert np.isnan([row["value"], row["low"], row["high"]]).all()
    assert row["reason"] == "a zero count has no ratio"


@pytest.mark.parametrize(
    ("count", "total", "reason"),
    [(5, 3, "exceeds"), (-1, 3, "negative"), (0, 0, "nobody"), (np.nan, 3, "count is missing"),
     (1, np.nan, "total is missing")],
)  # fmt: skip
def test_an_impossible_proportion_is_refused_and_its_neighbour_is_not(count, total, reason):
    table = proportion([count, 1], [total, 2])
    assert np.isnan(table.loc[0, "value"])
    assert reason in table.loc[0, "reason"]
    assert table.loc[1, "value"] == 0.5
    assert isinstance(table.loc[1, "reason"], float) or table["reason"].isna()[1]


def test_a_difference_has_the_first_reason_there_is():
    first, second = (-1, 3), (1, 0)
    pairs = [(first, (1, 2)), ((1, 2), second), (first, second), ((1, 2), (1, 2))]
    count, total = ([[pair[side][n] for pair in pairs] for side in (0, 1)] for n in (0, 1))
    reasons = difference(tuple(count), tuple(total))["reason"]
    assert reasons.tolist()[:3] == ["a negative count", "nobody in the total", "a negative count"]
    assert reasons.isna().tolist() == [False, False, False, True]


def test_a_confidence_given_in_per_cent_is_a_mistake():
    with pytest.raises(ValueError, match="confidence is 95"):
        proportion([1], [2], confidence=95)
