"""Areas that differ more than chance, and when no area may be named."""

import numpy as np
import pytest

from oversight_lib.method.inequality import dispersion, proportion_outliers

# FunnelPlotR's example, as checked in the methods' references.
COUNT, TOTAL = [100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220]


def test_factor_and_variance_are_those_of_the_reference():
    # Standardised ratios on the logarithm: log(O/E), with standard error 1/√E.
    value, error = np.log(np.array(COUNT) / TOTAL), 1 / np.sqrt(TOTAL)
    found = dispersion(value, error, 0.0)
    assert found.factor == pytest.approx(2.948033, abs=5e-7)
    assert found.between == pytest.approx(0.0194775, abs=5e-8)
    assert found.language == "adjusted limits"


def test_alike_areas_have_no_variance_between_them():
    found = dispersion([1, 1.1, 0.9, 1.0], [0.2] * 4, 1.0)
    assert (found.between, found.language) == (0.0, "plain limits")


def test_areas_ten_times_further_apart_than_chance_are_never_named():
    # A known defect: proportion funnels without overdispersion call nearly everybody an outlier.
    share = np.linspace(0.4, 0.6, 30)
    table = proportion_outliers(share * 30_000, np.full(30, 30_000))
    assert table["dispersion"].iloc[0] > 10
    assert table["claim"].isna().all()


def test_limits_stay_shares_and_one_odd_area_is_named():
    count = np.r_[np.tile([495, 505], 20), 700]
    table = proportion_outliers(count, np.full(41, 1000))
    assert table["low"].between(0, 1).all()
    assert table["high"].between(0, 1).all()
    assert table["claim"].tolist() == ["within"] * 40 + ["higher"]
    rare = proportion_outliers([0, 1, 0, 1], [10, 10, 10, 10])
    assert rare[["low", "high"]].stack().between(0, 1).all()
