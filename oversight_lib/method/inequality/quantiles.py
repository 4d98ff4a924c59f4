"""Quantiles and tails of the distributions that intervals and tests rest on.

They are `scipy.special`'s, which `scipy.stats` calls too: that takes half a second more to import,
in each process of the press.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

FloatArray = NDArray[np.float64]


def normal_quantile(confidence: float) -> float:
    """Return z such that ±z holds `confidence` of a normal distribution; 0.95 gives 1.96."""
    if not 0.5 <= confidence < 1:
        raise ValueError(f"confidence is {confidence}; expected a share of 0.5 to 1, as 0.95")
    return float(special.ndtri((1 + confidence) / 2))


def normal_tail(z: ArrayLike) -> FloatArray:
    """Return the share of a normal distribution above each z; missing stays missing."""
    return np.asarray(special.ndtr(-np.asarray(z, dtype=np.float64)))


def student_quantile(share: float, freedom: ArrayLike) -> FloatArray:
    """Return what `share` of a Student distribution lies below, by its degrees of freedom."""
    return np.asarray(special.stdtrit(freedom, share))


def chi_squared_quantile(share: float, freedom: ArrayLike) -> FloatArray:
    """Return what `share` of a chi-squared distribution lies below, by its degrees of freedom."""
    return np.asarray(2 * special.gammaincinv(np.asarray(freedom, dtype=np.float64) / 2, share))


def chi_squared_tail(value: ArrayLike, freedom: ArrayLike) -> FloatArray:
    """Return the share of a chi-squared distribution above each value."""
    return np.asarray(special.chdtrc(freedom, value))
