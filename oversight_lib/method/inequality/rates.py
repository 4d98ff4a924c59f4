"""Rates of events: Byar's interval, exact below ten events."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from oversight_lib.method.inequality.estimate import (
    FloatArray,
    TextArray,
    estimates,
    first_reason,
    floats,
)
from oversight_lib.method.inequality.quantiles import chi_squared_quantile, normal_quantile

EXACT_BELOW = 10
"""Below this many events Byar's approximation gives way to the exact Poisson limits."""

METHOD = "Byar; exact below 10 events"


def byar(count: FloatArray, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return Byar's limits of a number of events; a lower limit below 0 is missing.

    Breslow NE, Day NE, Statistical methods in cancer research II, IARC 1987.
    """
    z = normal_quantile(confidence)
    x = np.where(count > 0, count, np.nan)
    low = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where(low < 0, np.nan, low), high


def poisson(count: FloatArray, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return limits of a number of events: exact below ten, Byar's from ten; (0, 3.69) at 0."""
    tail = (1 - confidence) / 2
    low, high = byar(count, confidence)
    few = count < EXACT_BELOW
    # At zero events chi-squared has no degrees of freedom; the exact lower limit is 0.
    exact_low = np.where(count > 0, chi_squared_quantile(tail, 2 * np.maximum(count, 1e-9)) / 2, 0)
    exact_high = chi_squared_quantile(1 - tail, 2 * count + 2) / 2
    return np.where(few, exact_low, low), np.where(few, exact_high, high)


def rate(count: ArrayLike, population: ArrayLike, *, confidence: float = 0.95,
         per: float = 1) -> pd.DataFrame:  # fmt: skip
    """Return events per `per` people, with limits; no event is a rate of 0, not a failure."""
    x, n = floats(count), floats(population)
    reason = impossible(x, n)
    x, n = np.where(reason != "", 1, x), np.where(reason != "", 1, n)
    low, high = poisson(x, confidence)
    scale = per / n
    return estimates(
        x * scale, low * scale, high * scale, confidence=confidence, method=METHOD, reason=reason
    )


def impossible(count: FloatArray, population: FloatArray) -> TextArray:
    """Say why events in a population make no rate; "" where they do."""
    return first_reason(
        (np.isnan(count), "the count is missing"),
        (np.isnan(population), "the population is missing"),
        (population <= 0, "no population"),
        (count < 0, "a negative count"),
    )
