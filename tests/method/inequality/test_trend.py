"""The trend marker's arithmetic."""

import numpy as np
import pytest
from scipy.stats import chi2

from oversight_lib.method.inequality import proportion_trend, value_trend
from oversight_lib.method.inequality.trend import chi_squared_trend, weighted_slope

YEARS = [2019, 2020, 2021, 2022, 2023]


def test_agrees_with_rs_prop_trend_test():
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)), from its help page.
    chi, _ = chi_squared_trend(
        np.array([[83.0, 90, 129, 70]]), np.array([[86.0, 93, 136, 82]]), np.arange(4.0)
    )
    assert chi[0] == pytest.approx(8.224922, abs=5e-7)
    assert chi2.sf(chi[0], 1) == pytest.approx(0.0041319, abs=5e-8)


def test_the_weighted_slope_is_the_normal_equations():
    value, error = np.array([1.0, 3, 2, 5, 6]), np.array([0.5, 1, 0.5, 2, 1])
    weight = 1 / error**2
    design = np.c_[np.ones(5), YEARS]
    covariance = np.linalg.inv(design.T * weight @ design)
    slope = (covariance @ (design.T * weight @ value))[1]
    chi, found = weighted_slope(value[None], error[None], np.array(YEARS, float) - 2021)
    assert found[0] == pytest.approx(slope)
    assert chi[0] == pytest.approx(slope**2 / covariance[1, 1], rel=1e-6)


def test_markers_say_the_direction_and_not_whether_it_is_good():
    count = [[100, 150, 200, 250, 300], [300, 250, 200, 150, 100], [200, 201, 199, 200, 202]]
    table = proportion_trend(["up", "down", "flat"], YEARS, count, np.full((3, 5), 1000))
    markers = table.set_index("area")["marker"]
    assert markers.to_dict() == {"up": "rising", "down": "falling", "flat": "no clear trend"}
    assert table.set_index("area").loc["up", "slope"] == pytest.approx(0.05)


def test_only_the_last_five_points_count():
    long = value_trend(["A"], [2018, *YEARS], [[900, 1, 2, 3, 4, 5]], [[1] + [0.1] * 5])
    short = value_trend(["A"], YEARS, [[1, 2, 3, 4, 5]], [[0.1] * 5])
    assert long.equals(short)


def test_one_point_that_turns_the_slope_is_no_trend():
    # Falling by 1 a year but for the last point, which alone makes the line rise.
    row = value_trend(["A"], YEARS, [[4, 3, 2, 1, 20]], [[0.1] * 5]).iloc[0]
    assert row["p_value"] < 0.001
    assert row["marker"] == "no clear trend"


@pytest.mark.parametrize(
    ("years", "value", "reason"),
    [
        (YEARS[:4], [1, 2, 3, 4], "fewer than 5 points"),
        ([2018, 2020, 2021, 2022, 2023], [1, 2, 3, 4, 5], "the years do not follow one another"),
        ([2019.0, 2019.5, 2020.0, 2020.5, 2021.0], [1, 2, 3, 4, 5], "the years do not follow"),
        (YEARS, [1, 2, np.nan, 4, 5], "one of the last 5 points is missing"),
    ],
)
def test_a_series_that_does_not_suit_has_a_reason_and_no_marker(years, value, reason):
    row = value_trend(["A"], years, [value], [[0.1] * len(value)]).iloc[0]
    assert row[["marker", "slope", "chi_squared", "p_value"]].isna().all()
    assert row["reason"].startswith(reason)


def test_all_or_nobody_every_year_is_no_trend():
    table = proportion_trend(["all", "none"], YEARS, [[9] * 5, [0] * 5], np.full((2, 5), 9))
    assert (table["marker"] == "no clear trend").all()
    assert (table["p_value"] == 1).all()


@pytest.mark.parametrize("count", [[[10] * 4 + [11]], [[10] * 4 + [-1]]])
def test_impossible_counts_are_refused(count):
    assert proportion_trend(["A"], YEARS, count, np.full((1, 5), 10))["marker"].isna().all()
