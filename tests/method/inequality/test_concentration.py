"""The concentration index and its relatives."""

import numpy as np
import pytest

from oversight_lib.method.inequality import Measure, concentration, slope_index
from tests.method.inequality.worked import ADVERSE, PERCENT, WHO_PEOPLE, WHO_VALUES, breakdown, one

CHOSEN = breakdown(WHO_VALUES, WHO_PEOPLE, 1)
TABLE = concentration(CHOSEN, PERCENT)


def test_agrees_with_the_worked_example_of_who():
    assert one(TABLE, "concentration")["value"] == pytest.approx(0.1777686, abs=5e-8)
    assert one(TABLE, "generalised_concentration")["value"] == pytest.approx(7.3284203, abs=5e-8)


def test_the_slope_is_the_generalised_index_over_twice_the_spread():
    share = np.array(WHO_PEOPLE) / sum(WHO_PEOPLE)
    rank = np.cumsum(share) - share / 2
    spread = (share * (rank - 0.5) ** 2).sum()
    slope = one(slope_index(CHOSEN, PERCENT), "sii")["value"]
    index = one(TABLE, "generalised_concentration")["value"]
    assert slope == pytest.approx(index / (2 * spread))


def test_bounded_forms_are_written_out():
    mean = sum(y * n for y, n in zip(WHO_VALUES, WHO_PEOPLE, strict=True)) / sum(WHO_PEOPLE)
    absolute = one(TABLE, "generalised_concentration")["value"]
    assert one(TABLE, "erreygers")["value"] == pytest.approx(4 * absolute / 100)
    relative = one(TABLE, "concentration")["value"]
    expected = relative * mean * 100 / ((100 - mean) * mean)
    assert one(TABLE, "wagstaff")["value"] == pytest.approx(expected)


@pytest.mark.parametrize(
    "form", ["concentration", "generalised_concentration", "erreygers", "wagstaff"]
)
def test_standard_errors_are_those_of_200_000_draws(form):
    share = np.array(WHO_PEOPLE) / sum(WHO_PEOPLE)
    weights = 2 * share * (np.cumsum(share) - share / 2 - 0.5)
    draws = np.random.default_rng(8).normal(WHO_VALUES, 1, (200_000, 5))
    index, mean = draws @ weights, draws @ share
    drawn = {
        "concentration": index / mean,
        "generalised_concentration": index,
        "erreygers": 4 * index / 100,
        "wagstaff": index * 100 / ((100 - mean) * mean),
    }[form]
    assert one(TABLE, form)["standard_error"] == pytest.approx(drawn.std(), rel=0.01)


def test_a_share_between_0_and_1_is_as_unequal_as_its_percentage():
    shares = [value / 100 for value in WHO_VALUES]
    table = concentration(breakdown(shares, WHO_PEOPLE, 0.01), Measure("higher", low=0, high=1))
    for form in ("concentration", "erreygers", "wagstaff"):
        for end in ("value", "low", "high", "standard_error"):
            assert one(table, form)[end] == pytest.approx(one(TABLE, form)[end])


def test_a_scale_that_does_not_begin_at_0_changes_no_bounded_form():
    values = [value + 10 for value in WHO_VALUES]
    table = concentration(breakdown(values, WHO_PEOPLE, 1), Measure("higher", low=10, high=110))
    for form in ("generalised_concentration", "erreygers", "wagstaff"):
        for end in ("value", "low", "high", "standard_error"):
            assert one(table, form)[end] == pytest.approx(one(TABLE, form)[end])


@pytest.mark.parametrize("end", [0, 100])
def test_a_mean_at_an_end_of_the_range_has_no_room_to_compare_with(end):
    table = concentration(breakdown([end] * 5, WHO_PEOPLE, 1), PERCENT)
    assert one(table, "wagstaff")["reason"] == "the mean is not inside the measure's range"
    assert one(table, "erreygers")["value"] == pytest.approx(0)


def test_polarity_turns_the_sign():
    turned = concentration(CHOSEN, ADVERSE)
    assert one(turned, "concentration")["value"] == -one(TABLE, "concentration")["value"]
    assert "erreygers" not in set(turned["measure"])


def test_a_mean_outside_the_range_is_refused():
    table = concentration(breakdown([101, 102, 103, 104, 105], 1, 1), PERCENT)
    assert one(table, "wagstaff")["reason"] == "the mean is not inside the measure's range"
    negative = concentration(breakdown([-1, -2, -3, -4, -5], 1, 1), Measure("higher"))
    assert np.isnan(one(negative, "concentration")["value"])
