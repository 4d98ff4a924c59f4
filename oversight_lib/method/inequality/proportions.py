"""Proportions of people: Wilson's interval, Newcombe's difference, Katz's ratio."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from oversight_lib.method.inequality.estimate import (
    FloatArray,
    TextArray,
    estimates,
    first_reason,
    floats,
)
from oversight_lib.method.inequality.quantiles import normal_quantile

Limits = tuple[FloatArray, FloatArray]


def wilson(count: FloatArray, total: FloatArray, confidence: float = 0.95) -> Limits:
    """Return Wilson's limits as shares; never below 0 or above 1. `total` must be positive.

    Wilson EB, J Am Stat Assoc 1927;22:209.
    """
    z = normal_quantile(confidence)
    spread = z * np.sqrt(z**2 + 4 * count * (1 - count / total))
    low = (2 * count + z**2 - spread) / (2 * (total + z**2))
    high = (2 * count + z**2 + spread) / (2 * (total + z**2))
    # Rounding alone leaves 1e-17 where the limits are exactly 0 and 1.
    return np.where(count == 0, 0, low), np.where(count == total, 1, high)


def proportion(count: ArrayLike, total: ArrayLike, *, confidence: float = 0.95,
               per: float = 1) -> pd.DataFrame:  # fmt: skip
    """Return count / total times `per` with Wilson's limits; arrays of one shape in, rows out."""
    x, n = floats(count), floats(total)
    reason = impossible(x, n)
    x, n = _usable(x, n, reason)
    low, high = wilson(x, n, confidence)
    return estimates(
        per * x / n, per * low, per * high, confidence=confidence, method="Wilson", reason=reason
    )


def difference(count: tuple[ArrayLike, ArrayLike], total: tuple[ArrayLike, ArrayLike], *,
               confidence: float = 0.95, per: float = 1) -> pd.DataFrame:  # fmt: skip
    """Return the first proportion minus the second with Newcombe's hybrid score limits.

    Newcombe RG, Stat Med 1998;17:873, method 10.
    """
    (x1, x2), (n1, n2), reason = _pair(count, total)
    (l1, u1), (l2, u2) = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    p1, p2 = x1 / n1, x2 / n2
    low = p1 - p2 - np.hypot(p1 - l1, u2 - p2)
    high = p1 - p2 + np.hypot(u1 - p1, p2 - l2)
    value = per * (p1 - p2)
    return estimates(
        value, per * low, per * high, confidence=confidence, method="Newcombe", reason=reason
    )


def ratio(count: tuple[ArrayLike, ArrayLike], total: tuple[ArrayLike, ArrayLike], *,
          confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return the first proportion over the second with Katz's log limits.

    With a zero count in either the ratio has no limits, and there is no number but the reason.
    Katz D et al, Biometrics 1978;34:469.
    """
    (x1, x2), (n1, n2), reason = _pair(count, total)
    empty = (x1 == 0) | (x2 == 0)
    reason = np.where((reason == "") & empty, "a zero count has no ratio", reason)
    x1, x2 = np.where(empty, 1, x1), np.where(empty, 1, x2)
    value = (x1 / n1) / (x2 / n2)
    factor = np.exp(normal_quantile(confidence) * np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
    return estimates(
        value, value / factor, value * factor, confidence=confidence, method="Katz", reason=reason
    )


def impossible(count: FloatArray, total: FloatArray) -> TextArray:
    """Say why a count of a total makes no proportion; "" where it does."""
    return first_reason(
        (np.isnan(count), "the count is missing"),
        (np.isnan(total), "the total is missing"),
        (total <= 0, "nobody in the total"),
        (count < 0, "a negative count"),
        (count > total, "the count exceeds the total"),
    )


def _pair(count: tuple[ArrayLike, ArrayLike], total: tuple[ArrayLike, ArrayLike]
          ) -> tuple[Limits, Limits, TextArray]:  # fmt: skip
    (x1, x2), (n1, n2) = map(floats, count), map(floats, total)
    first, second = impossible(x1, n1), impossible(x2, n2)
    reason = np.where(first != "", first, second)
    (x1, n1), (x2, n2) = _usable(x1, n1, reason), _usable(x2, n2, reason)
    return (x1, x2), (n1, n2), reason


def _usable(count: FloatArray, total: FloatArray, reason: TextArray) -> Limits:
    """Put 1 of 2 where there is a reason, so that arithmetic runs; `estimates` blanks it."""
    refused: NDArray[np.bool_] = reason != ""
    return np.where(refused, 1, count), np.where(refused, 2, total)
