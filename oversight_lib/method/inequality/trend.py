"""The trend marker of Fingertips, on the last five points of an annual series."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from oversight_lib.method.inequality.estimate import (
    FloatArray,
    TextArray,
    first_reason,
    floats,
)
from oversight_lib.method.inequality.quantiles import chi_squared_quantile, chi_squared_tail

POINTS = 5
CONFIDENCE = 0.998
"""Fingertips' level: a chi-squared above 9.5495 on one degree of freedom."""

Pair = tuple[FloatArray, FloatArray]
Statistic = Callable[[FloatArray, FloatArray, FloatArray], Pair]


def chi_squared_trend(count: FloatArray, total: FloatArray, year: FloatArray) -> Pair:
    """Return the Cochran-Armitage chi-squared (one degree of freedom) and the slope, by row.

    `count`, `total`: series x years. The slope is in share a year.
    """
    share = count.sum(axis=1, keepdims=True) / total.sum(axis=1, keepdims=True)
    middle = (total * year).sum(axis=1, keepdims=True) / total.sum(axis=1, keepdims=True)
    spread = (total * (year - middle) ** 2).sum(axis=1)
    slope = ((count - total * share) * (year - middle)).sum(axis=1) / spread
    noise = (share * (1 - share))[:, 0]
    # All or nobody in every year is no trend, and 0/0 says nothing else.
    quiet = noise == 0
    return np.where(quiet, 0, slope**2 * spread / np.where(quiet, 1, noise)), slope


def weighted_slope(value: FloatArray, error: FloatArray, year: FloatArray) -> Pair:
    """Return b²/Var(b) and b of the inverse-variance weighted line, by row."""
    weight = 1 / error**2
    middle = (weight * year).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
    spread = (weight * (year - middle) ** 2).sum(axis=1)
    slope = (weight * (year - middle) * value).sum(axis=1) / spread
    return slope**2 * spread, slope


def proportion_trend(areas: ArrayLike, years: ArrayLike, count: ArrayLike, total: ArrayLike, *,
                     confidence: float = CONFIDENCE) -> pd.DataFrame:  # fmt: skip
    """Return the trend of each area's proportion; `count`, `total`: areas x years.

    Columns and refusals as in `value_trend`; the slope is in share a year.
    """
    x, n = _last(count), _last(total)
    wrong = first_reason(
        ((x > n).any(axis=1), "a count exceeds its total"),
        (((x < 0) | (n <= 0)).any(axis=1), "an impossible count or total"),
    )
    reason = _unsuited(floats(years), (x, n), wrong)
    tested = _tested(floats(years), (x, n), reason, chi_squared_trend, confidence)
    return _arranged(areas, tested, reason, "chi-squared for trend")


def value_trend(areas: ArrayLike, years: ArrayLike, value: ArrayLike, error: ArrayLike, *,
                confidence: float = CONFIDENCE) -> pd.DataFrame:  # fmt: skip
    """Return the trend of each area's value with known standard errors: areas x years.

    Columns: area, marker, slope (per year), chi_squared, p_value, method, reason. The marker is
    'rising', 'falling' or 'no clear trend'; the last too if leaving one point out turns the slope
    round. It says nothing of better or worse. Only the last five points count; no marker, but the
    reason, for fewer, for years that do not follow one another, or for a missing point.
    """
    y, s = _last(value), _last(error)
    wrong = first_reason(((s <= 0).any(axis=1), "a standard error that is not above 0"))
    reason = _unsuited(floats(years), (y, s), wrong)
    tested = _tested(floats(years), (y, s), reason, weighted_slope, confidence)
    return _arranged(areas, tested, reason, "inverse-variance weighted slope")


def _last(series: ArrayLike) -> FloatArray:
    return floats(series)[:, -POINTS:]


def _unsuited(years: FloatArray, series: Pair, wrong: TextArray) -> TextArray:
    areas = len(series[0])
    broken = bool((np.diff(years[-POINTS:]) != 1).any())
    reason = first_reason(
        (np.full(areas, len(years) < POINTS), f"fewer than {POINTS} points"),
        (np.full(areas, broken), "the years do not follow one another"),
        (np.isnan(np.hstack(series)).any(axis=1), f"one of the last {POINTS} points is missing"),
    )
    return np.where(reason != "", reason, wrong)


def _tested(years: FloatArray, series: Pair, reason: TextArray, statistic: Statistic,
            confidence: float) -> pd.DataFrame:  # fmt: skip
    """Return marker, slope, chi_squared, p_value of the rows without a reason, by row number."""
    rows = np.flatnonzero(reason == "")
    first, second = (part[rows] for part in series)
    # Centred, so that squares of years as large as 2025 lose no digits.
    at = years[-POINTS:] - years[-POINTS:].mean()
    chi, slope = statistic(first, second, at)
    without = (np.delete(np.arange(len(at)), i) for i in range(len(at)))
    turns = [np.sign(statistic(first[:, k], second[:, k], at[k])[1]) != np.sign(slope)
             for k in without]  # fmt: skip
    clear = (chi > chi_squared_quantile(confidence, 1)) & ~np.any(turns, axis=0)
    marker = np.select([clear & (slope > 0), clear], ["rising", "falling"], "no clear trend")
    return pd.DataFrame(
        {"marker": pd.Series(marker, rows, dtype="str"), "slope": slope, "chi_squared": chi,
         "p_value": chi_squared_tail(chi, 1)}, index=rows,
    )  # fmt: skip


def _arranged(areas: ArrayLike, tested: pd.DataFrame, reason: TextArray, method: str
              ) -> pd.DataFrame:  # fmt: skip
    words = pd.Series(reason, dtype="str").where(reason != "")
    named = tested.reindex(range(len(reason))).assign(method=method, reason=words)
    named.insert(0, "area", np.asarray(areas))
    return named.sort_values("area", ignore_index=True)
