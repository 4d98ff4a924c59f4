"""Many comparisons at once: chances of a change if there were none, and what many of them allow."""

import numpy as np
import pandas as pd

from oversight_lib.method.inequality.quantiles import normal_quantile, normal_tail

RATE = 0.05
"""Share of false discoveries allowed among those called clear in one section."""


def chance_of_none(low: pd.Series, high: pd.Series, *, confidence: float = 0.95) -> pd.Series:
    """Return the two-sided chance of a difference as large if there were none.

    From the ends of its interval, taken as those of a normal distribution; so is that of a
    resampled range, roughly. An interval without width that leaves out 0 has chance 0; a missing
    end gives a missing chance.
    """
    middle, half = (low + high) / 2, (high - low) / 2
    error = half / normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = pd.Series(2 * normal_tail(np.abs(middle / error)), low.index)
    still = half.eq(0) & middle.eq(0)
    return chance.mask(still, 1.0)


def discoveries(chances: pd.Series, sections: pd.Series) -> pd.Series:
    """Return the smallest rate of false discoveries at which each comparison would be clear.

    Within each section; ties get the same. Missing chances are no comparisons.
    Benjamini and Hochberg 1995.
    """
    return chances.groupby(sections, sort=False).transform(_stepped_up)


def _stepped_up(chances: pd.Series) -> pd.Series:
    ordered = chances.dropna().sort_values(ascending=False)
    ranks = np.arange(len(ordered), 0, -1)
    rates = (ordered * len(ordered) / ranks).cummin().clip(upper=1)
    return rates.reindex(chances.index)
