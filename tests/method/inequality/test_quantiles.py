"""Quantiles are those of scipy's distributions, to the last bits."""

import numpy as np
import pytest
from scipy import stats

from oversight_lib.method.inequality import quantiles

SHARES = (0.0005, 0.025, 0.05, 0.5, 0.9, 0.95, 0.975, 0.998)
FREEDOM = np.array([0.5, 1, 2, 3, 10, 50, 200, 20_000])
CLOSE = {"rtol": 1e-12, "atol": 0}


@pytest.mark.parametrize("share", SHARES)
def test_quantiles_by_degrees_of_freedom(share):
    chi = quantiles.chi_squared_quantile(share, FREEDOM)
    np.testing.assert_allclose(chi, stats.chi2.ppf(share, FREEDOM), **CLOSE)
    student = quantiles.student_quantile(share, FREEDOM)
    np.testing.assert_allclose(student, stats.t.ppf(share, FREEDOM), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.998])
def test_a_normal_quantile_holds_its_share_between_minus_and_plus(confidence):
    z = quantiles.normal_quantile(confidence)
    assert stats.norm.cdf(z) - stats.norm.cdf(-z) == pytest.approx(confidence)


@pytest.mark.parametrize("confidence", [0.49, 1, 95])
def test_a_confidence_that_is_no_share_is_refused(confidence):
    with pytest.raises(ValueError, match="expected a share of"):
        quantiles.normal_quantile(confidence)


def test_tails():
    z = np.array([-3.0, 0.0, 1.96, 8.0, np.nan, np.inf])
    np.testing.assert_allclose(quantiles.normal_tail(z), stats.norm.sf(z), **CLOSE)
    x = np.array([0.0, 0.1, 3.84, 60.0])
    np.testing.assert_allclose(quantiles.chi_squared_tail(x, 1), stats.chi2.sf(x, 1), **CLOSE)
    assert quantiles.normal_tail(0.0) == 0.5
