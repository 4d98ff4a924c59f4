"""The excess over the least deprived group."""

import numpy as np
import pytest

from oversight_lib.method.inequality import Measure, excess
from tests.method.inequality.worked import ADVERSE, PERCENT, WHO_PEOPLE, WHO_VALUES, breakdown, one


def test_agrees_with_the_worked_example_of_who():
    table = excess(breakdown(WHO_VALUES, WHO_PEOPLE, 1), PERCENT)
    mean = sum(y * n for y, n in zip(WHO_VALUES, WHO_PEOPLE, strict=True)) / sum(WHO_PEOPLE)
    assert one(table, "excess")["value"] == pytest.approx(60 - mean)
    assert one(table, "excess")["value"] == pytest.approx(18.7755, abs=5e-5)
    assert 100 * one(table, "excess_fraction")["value"] == pytest.approx(45.5446, abs=5e-5)
    assert one(table, "excess_events")["value"] == pytest.approx((60 - mean) * 539 / 100)


def test_the_fraction_lies_in_its_interval_in_the_same_unit():
    # A known defect: their interval mixes fraction and per cent, 45.34 to 45.75 about 0.455.
    row = one(excess(breakdown(WHO_VALUES, WHO_PEOPLE, 1), PERCENT), "excess_fraction")
    assert 0 < row["low"] < row["value"] < row["high"] < 1
    share = np.array(WHO_PEOPLE) / sum(WHO_PEOPLE)
    draws = np.random.default_rng(2).normal(WHO_VALUES, 1, (200_000, 5))
    drawn = (draws[:, 4] - draws @ share) / (draws @ share)
    assert row["standard_error"] == pytest.approx(drawn.std(), rel=0.01)


def test_an_adverse_measure_that_is_worst_for_the_poorest_is_in_excess():
    table = excess(breakdown(WHO_VALUES[::-1], WHO_PEOPLE, 1), ADVERSE)
    assert one(table, "excess")["value"] > 0


def test_it_is_not_floored_at_zero():
    table = excess(breakdown(WHO_VALUES, WHO_PEOPLE, 1), Measure("lower"))
    assert one(table, "excess")["value"] == pytest.approx(-18.7755, abs=5e-5)


def test_an_overall_value_of_zero_has_no_fraction():
    table = excess(breakdown([-2, -1, 0, 1, 2], 10, 1), Measure("higher"))
    assert np.isnan(one(table, "excess_fraction")["value"])
    assert one(table, "excess")["value"] == pytest.approx(2)
