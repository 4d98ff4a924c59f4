"""Means with Student's interval."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from oversight_lib.method.inequality.estimate import estimates, first_reason, floats
from oversight_lib.method.inequality.quantiles import student_quantile


def mean(average: ArrayLike, deviation: ArrayLike, size: ArrayLike, *,
         confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return each mean with Student's limits.

    `deviation` is the sample's standard deviation (divisor n - 1). Fewer than two: no number.
    """
    m, s, n = floats(average), floats(deviation), floats(size)
    reason = first_reason(
        (np.isnan(m) | np.isnan(s) | np.isnan(n), "the mean, its deviation or the size is missing"),
        (n < 2, "fewer than two observations"),
        (s < 0, "a negative standard deviation"),
    )
    refused = reason != ""
    n, s = np.where(refused, 2, n), np.where(refused, 1, s)
    half = student_quantile((1 + confidence) / 2, n - 1) * s / np.sqrt(n)
    return estimates(
        m, m - half, m + half, confidence=confidence, method="Student's t", reason=reason
    )
