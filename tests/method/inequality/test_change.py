"""The difference of two slope indices."""

import math

import numpy as np
import pytest

from oversight_lib.method.inequality import read, slope_change, slope_index
from tests.method.inequality.worked import PERCENT, WHO_PEOPLE, WHO_VALUES, breakdown, cells

BEFORE = slope_index(breakdown(WHO_VALUES, WHO_PEOPLE, 1), PERCENT)


def after(value, **options):
    return slope_index(breakdown(value, WHO_PEOPLE, 1), PERCENT, **options)


def test_a_gap_that_widens_is_positive_and_the_moving_end_is_named():
    # The most deprived lose 5, each group in its place; nobody moves at the other end.
    row = slope_change(BEFORE, after([15, 27, 39, 50, 60])).iloc[0]
    assert row["value"] > 0
    assert row["most_deprived_change"] < 0
    assert row["value"] == pytest.approx(row["least_deprived_change"] - row["most_deprived_change"])


def test_the_interval_is_that_of_independent_slopes():
    row = slope_change(BEFORE, after(WHO_VALUES)).iloc[0]
    error = BEFORE.loc[BEFORE["measure"] == "sii", "standard_error"].item()
    assert row["value"] == 0
    assert row["high"] == pytest.approx(1.959963984540054 * math.hypot(error, error))


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (after(WHO_VALUES, national=[1, 1, 1, 1, 1]), "the two indices differ in method"),
        (after([20, 30, np.nan, 50, 60]), "no slope index in the later period"),
        (slope_index(read(cells(WHO_VALUES, WHO_PEOPLE, 1), groups=5, grouping="IMD 2025"),
                     PERCENT), "the two differ in grouping"),
    ],
)  # fmt: skip
def test_indices_that_do_not_compare_have_no_difference(later, reason):
    row = slope_change(BEFORE, later).iloc[0]
    assert np.isnan(row["value"])
    assert np.isnan(row["low"])
    assert np.isnan(row["most_deprived_change"])
    assert row["reason"] == reason


def test_transformed_indices_have_no_difference_either():
    logit = after(WHO_VALUES, scale="logit")
    assert "no standard error" in slope_change(logit, logit).iloc[0]["reason"]
