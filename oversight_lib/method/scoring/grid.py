"""The grid that scores by rank lie on, recovered from scores printed to two decimals.

Scores by rank are evenly spaced: `best + (lowest - best) * place / (n - 1)`. The spacing gives
away n, how many were ranked, even when most of them are not loaded; n gives back the place and
the score as it was before it was rounded for print.
"""

import numpy as np
import pandas as pd

from oversight_lib.method.rounding import half_up

_ENOUGH = 8
"""Distinct scores needed: with eight, a wrong n fits by chance less than once in a thousand."""


def too_few(scores: pd.Series) -> bool:
    """Say whether there are too few distinct scores to tell n from their spacing."""
    return scores.nunique() < _ENOUGH


def ranked_set_size(
    scores: pd.Series, *, best: float, lowest: float, at_least: int, at_most: int
) -> int | None:
    """Return how many were ranked: the smallest n on whose grid every printed score lies.

    None if no n in [at_least, at_most] fits, or if there are too few distinct scores to tell one
    n of several.
    """
    if scores.empty or (too_few(scores) and at_least != at_most):
        return None
    distinct = np.unique(scores.to_numpy(dtype=float))
    sizes = range(max(at_least, 1), at_most + 1)
    return next((n for n in sizes if _lies_on(distinct, best, lowest, n)), None)


def positions(scores: pd.Series, *, best: float, lowest: float, size: int) -> pd.Series:
    """Return the place of each printed score on the grid of n = `size`; 0 is best."""
    steps = (scores - best) / (lowest - best) * max(size - 1, 1)
    return steps.round().clip(0, size - 1)


def on_grid(place: pd.Series, *, best: float, lowest: float, size: int | pd.Series) -> pd.Series:
    """Return the unrounded score of a place; alone on the grid, the best bookend."""
    steps = size.sub(1).clip(lower=1) if isinstance(size, pd.Series) else max(size - 1, 1)
    return place / steps * (lowest - best) + best


def _lies_on(scores: np.ndarray, best: float, lowest: float, size: int) -> bool:
    """Say whether every score is, as printed, one of the grid's points."""
    steps = (scores - best) / (lowest - best) * max(size - 1, 1)
    beside = np.stack([np.floor(steps), np.ceil(steps)]).clip(0, size - 1)
    points = best + (lowest - best) * beside / max(size - 1, 1)
    return bool((np.abs(half_up(points) - scores) < 1e-6).any(axis=0).all())
