"""Life expectancy from an abridged life table."""

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
from oversight_lib.method.inequality.quantiles import normal_quantile

AGES = (0, 1, *range(5, 91, 5))
"""First age of each of the twenty bands; the last is open."""

SMALLEST_POPULATION = 5000
WIDEST_INTERVAL = 20.0

_WIDTH = np.diff(AGES).astype(np.float64)
_LIVED = np.array([0.1] + [0.5] * 18)
"""Share of the band lived by those who die in it: a tenth of the first year, else a half."""


def life_expectancy(deaths: ArrayLike, population: ArrayLike, *, age: int = 0,
                    confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return years of life expected at `age`: Chiang's table, Silcocks' term for the open band.

    `deaths`, `population` (person-years): areas x the twenty bands of `AGES`. No number with 5,000
    people or fewer, an empty band, more deaths than people, no death at 90 and over, or a 95%
    interval wider than 20 years; a refused value shows no limits either.
    Chiang CL 1968; Silcocks PBS et al, J Epidemiol Community Health 2001;55:38.
    """
    d, n = floats(deaths), floats(population)
    reason = _unusable(d, n)
    refused = reason[:, np.newaxis] != ""
    expected, variance = _table(np.where(refused, 1, d), np.where(refused, 100, n))
    column = AGES.index(age)
    value, error = expected[:, column], np.sqrt(variance[:, column])
    wide = (reason == "") & (2 * normal_quantile(0.95) * error > WIDEST_INTERVAL)
    reason = np.where(wide, "the 95% interval is wider than 20 years", reason)
    half = normal_quantile(confidence) * error
    return estimates(
        value, value - half, value + half,
        confidence=confidence, method="Chiang, Silcocks", reason=reason,
    )  # fmt: skip


def _table(deaths: FloatArray, population: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return years expected at the start of each band, and their variance."""
    mortality = deaths / population
    closed, last = mortality[:, :-1], mortality[:, -1:]
    risk = np.minimum(closed * _WIDTH / (1 + closed * _WIDTH * (1 - _LIVED)), 1)
    survivors = np.cumprod(np.hstack([np.ones_like(last), 1 - risk]), axis=1)
    here, after = survivors[:, :-1], survivors[:, 1:]
    years = np.hstack([_WIDTH * (after + _LIVED * (here - after)), survivors[:, -1:] / last])
    expected = _from_here_on(years) / survivors
    # A band without deaths has no variance: its risk is 0, and 0²/0 stands for 0.
    risk_variance = risk**2 * (1 - risk) / np.maximum(deaths[:, :-1], 1)
    weight = here * ((1 - _LIVED) * _WIDTH + expected[:, 1:])
    open_variance = (survivors[:, -1:] / 2) ** 2 * 4 / (deaths[:, -1:] * last**2)
    terms = np.hstack([weight**2 * risk_variance, open_variance])
    return expected, _from_here_on(terms) / survivors**2


def _from_here_on(columns: FloatArray) -> FloatArray:
    return np.cumsum(columns[:, ::-1], axis=1)[:, ::-1]


def _unusable(deaths: FloatArray, population: FloatArray) -> TextArray:
    return first_reason(
        ((np.isnan(deaths) | np.isnan(population)).any(axis=1), "an age band is missing"),
        ((deaths < 0).any(axis=1), "negative deaths"),
        ((population <= 0).any(axis=1), "an age band has no population"),
        ((deaths > population).any(axis=1), "more deaths than people in an age band"),
        (population.sum(axis=1) <= SMALLEST_POPULATION, "5,000 people or fewer"),
        (deaths[:, -1] == 0, "no death in the open age band"),
    )
