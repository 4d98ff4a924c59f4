"""Rates: exact below ten events, Byar's from ten, and a zero count is a rate of nought."""

import math

import numpy as np
import pytest
from scipy.stats import poisson as distribution

from oversight_lib.method.inequality import rate
from oversight_lib.method.inequality.rates import byar, poisson


def test_no_event_is_a_rate_of_zero_with_an_upper_limit():
    # A known defect: PHStatsMethods raises. R gives 0 and 3.69/n; -ln(0.025) = 3.6889.
    row = rate([0], [1000], per=1000).iloc[0]
    assert (row["value"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(-math.log(0.025))


@pytest.mark.parametrize("count", [1, 2, 5, 9])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_below_ten_the_limits_are_where_the_tails_are_just_as_wide(count, confidence):
    low, high = (limit[0] for limit in poisson(np.array([float(count)]), confidence))
    tail = (1 - confidence) / 2
    assert distribution.sf(count - 1, low) == pytest.approx(tail)
    assert distribution.cdf(count, high) == pytest.approx(tail)


def test_from_ten_on_the_limits_are_byars_written_out():
    low, high = (limit[0] for limit in poisson(np.array([10.0])))
    assert low == pytest.approx(10 * (1 - 1 / 90 - 1.959963984540054 / (3 * math.sqrt(10))) ** 3)
    assert high == pytest.approx(11 * (1 - 1 / 99 + 1.959963984540054 / (3 * math.sqrt(11))) ** 3)


def test_byars_lower_limit_below_zero_is_missing():
    low, _ = byar(np.array([1.0]), 0.9999)
    assert np.isnan(low[0])


def test_rates_are_per_what_is_asked_and_refuse_what_is_impossible():
    table = rate([20, 20, np.nan, -1], [400, 0, 400, 400], per=100)
    assert table.loc[0, "value"] == pytest.approx(20 / 400 * 100)
    assert table["value"].isna().tolist() == [False, True, True, True]
    assert table["reason"].tolist()[1:] == [
        "no population", "the count is missing", "a negative count"]  # fmt: skip
