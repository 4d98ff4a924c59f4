"""Life expectancy against the official example."""

import numpy as np
import pytest

from oversight_lib.method.inequality.life import AGES, life_expectancy

# PHEindicatormethods, tests/testthat/testLifeExpectancy.R: data and answers.
PEOPLE = [7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601, 50209, 56416,
          46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936]  # fmt: skip
DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936,
          1937]  # fmt: skip
ANSWERS = {
    0: (80.16960813, 79.88268548, 80.45653078),
    1: (79.36245674, 79.08988160, 79.63503188),
    25: (55.78835987, 55.53801579, 56.03870395),
    65: (18.76856852, 18.57570352, 18.96143352),
    90: (6.16210635, 5.887683386, 6.436529314),
}


@pytest.mark.parametrize("age", ANSWERS)
def test_agrees_with_the_official_package(age):
    row = life_expectancy([DEATHS], [PEOPLE], age=age).iloc[0]
    assert row["value"] == pytest.approx(ANSWERS[age][0], abs=1e-7)
    # Their limits were made with 1.96 for 1.959964; that is the sixth decimal.
    assert row[["low", "high"]].tolist() == pytest.approx(ANSWERS[age][1:], abs=1e-5)


def test_twenty_bands():
    assert len(AGES) == len(PEOPLE) == 20


def changed(numbers, place, value):
    return [value if i == place else number for i, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("deaths", "people", "reason"),
    [
        (changed(DEATHS, 3, -5), PEOPLE, "negative deaths"),
        (DEATHS, changed(PEOPLE, 5, 0), "an age band has no population"),
        (DEATHS, changed(PEOPLE, 18, 119), "more deaths than people in an age band"),
        (changed(DEATHS, 19, 0), PEOPLE, "no death in the open age band"),
        (changed(DEATHS, 7, np.nan), PEOPLE, "an age band is missing"),
        ([1] * 20, [250] * 20, "5,000 people or fewer"),
        ([1] * 19 + [1], [251] * 20, "the 95% interval is wider than 20 years"),
        ([5] * 20, [260] * 20, "the 95% interval is wider than 20 years"),  # by five years
    ],
)
def test_what_cannot_stand_is_refused_with_its_limits(deaths, people, reason):
    table = life_expectancy([deaths, DEATHS], [people, PEOPLE])
    assert table.loc[0, ["value", "low", "high"]].isna().all()
    assert table.loc[0, "reason"] == reason
    assert table.loc[1, "value"] == pytest.approx(ANSWERS[0][0])


def test_a_band_without_deaths_is_no_obstacle():
    row = life_expectancy([changed(DEATHS, 2, 0)], [PEOPLE]).iloc[0]
    assert ANSWERS[0][0] < row["value"] < ANSWERS[0][0] + 0.1
