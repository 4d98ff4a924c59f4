"""Means with Student's limits."""

import math

import pytest

from oversight_lib.method.inequality import mean


def test_limits_are_students():
    # Four values 1, 2, 3, 4: mean 2.5, variance 5/3; t for 3 degrees of freedom is 3.1824.
    row = mean([2.5], [math.sqrt(5 / 3)], [4]).iloc[0]
    half = 3.182446305 * math.sqrt(5 / 3) / 2
    assert (row["low"], row["high"]) == pytest.approx((2.5 - half, 2.5 + half))


def test_one_value_has_no_interval_and_so_no_row_with_a_number():
    table = mean([2.5, 2.5], [0.0, 1.0], [1, 2])
    assert table["value"].isna().tolist() == [True, False]
    assert table.loc[0, "reason"] == "fewer than two observations"
