"""Standardised rates against plain loops."""

import math

import numpy as np
import pytest

from oversight_lib.method.inequality import (
    directly_standardised,
    directly_standardised_repeats,
    indirectly_standardised,
)

COUNT = [[3, 12, 40], [5, 20, 30]]
PEOPLE = [[1000, 900, 700], [2000, 1500, 800]]
STANDARD = [5500, 6000, 4000]
Z = 1.959963984540054


def dobson(count, people, standard):
    """Return the rate and its 95% limits in plain loops."""
    total = sum(standard)
    value = sum(w / total * x / n for x, n, w in zip(count, people, standard, strict=True))
    variance = sum(
        (w / total / n) ** 2 * x for x, n, w in zip(count, people, standard, strict=True)
    )
    events = sum(count)
    low = events * (1 - 1 / (9 * events) - Z / (3 * math.sqrt(events))) ** 3
    above = events + 1
    high = above * (1 - 1 / (9 * above) + Z / (3 * math.sqrt(above))) ** 3
    stretch = math.sqrt(variance / events)
    return value, value + stretch * (low - events), value + stretch * (high - events)


def test_direct_standardisation_agrees_with_plain_loops():
    table = directly_standardised(COUNT, PEOPLE, STANDARD, per=1000)
    for i, row in table.iterrows():
        expected = [1000 * part for part in dobson(COUNT[i], PEOPLE[i], STANDARD)]
        assert row[["value", "low", "high"]].tolist() == pytest.approx(expected, rel=1e-12)


def test_fewer_than_ten_events_are_no_directly_standardised_rate():
    table = directly_standardised([[3, 3, 3], [3, 3, 4]], PEOPLE, STANDARD)
    assert table["value"].isna().tolist() == [True, False]
    assert table.loc[0, "reason"] == "fewer than 10 events"


def test_repeated_events_of_the_same_people_widen_the_interval_not_the_rate():
    # The same events: once as single events of 55 people, once as pairs of half as many.
    single = directly_standardised([[4, 12, 40]], PEOPLE[:1], STANDARD).iloc[0]
    pairs = directly_standardised_repeats(
        [[[0, 0, 0]], [[2, 6, 20]]], PEOPLE[:1], STANDARD, frequency=[1, 2]
    ).iloc[0]
    assert pairs["value"] == pytest.approx(single["value"])
    # Each pair counts 2² for one person: 4 for 2 events is twice the variance.
    stretch = (pairs["high"] - pairs["value"]) / (single["high"] - single["value"])
    assert stretch == pytest.approx(math.sqrt(2))


def test_the_ratio_of_the_reference_to_itself_is_one():
    reference = {"reference_count": [3, 12, 40], "reference_population": [1000, 900, 700]}
    row = indirectly_standardised([55], [[1000, 900, 700]], **reference).iloc[0]
    assert row["value"] == pytest.approx(55 / (3 + 12 + 40))
    rate = indirectly_standardised([55], [[1000, 900, 700]], **reference, per=100).iloc[0]
    assert rate["value"] == pytest.approx(100 * 55 / 2600)


def test_an_area_twice_as_ill_as_expected_has_ratio_two_and_byars_limits():
    row = indirectly_standardised(
        [20], [[100, 100]], reference_count=[50, 50], reference_population=[1000, 1000]
    ).iloc[0]
    # Expected: 100 x 50/1000 + 100 x 50/1000 = 10.
    assert row["value"] == pytest.approx(20 / 10)
    assert row["low"] == pytest.approx(20 * (1 - 1 / 180 - Z / (3 * math.sqrt(20))) ** 3 / 10)


def test_a_band_that_is_missing_or_empty_refuses_the_area_only():
    people = [[1000, np.nan, 700], [2000, 0, 800], [2000, 1500, 800]]
    table = directly_standardised([*COUNT, COUNT[1]], people, STANDARD)
    assert table["value"].isna().tolist() == [True, True, False]
    assert table["reason"].tolist()[:2] == [
        "an age band is missing", "an age band has no population"]  # fmt: skip


def test_a_negative_count_in_any_band_refuses_the_area():
    table = directly_standardised([[3, -1, 40], [3, -0.5, 40]], PEOPLE, STANDARD)
    assert table["reason"].tolist() == ["a negative count"] * 2
