"""Weighted means of resampled scores, from seeded chance."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SEED = 1
"""Where chance starts unless another seed is asked for."""

DRAWS = 10_000
"""How many draws a published range rests on."""

LIMITS = (0.025, 0.975)
"""The ends of a 95% range."""


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the chance that belongs to a name, whoever else draws and in whatever order."""
    return np.random.Generator(np.random.SFC64([seed, *name.encode()]))


def resampled_means(
    values: Numbers, weights: Numbers, *, draws: int, chance: np.random.Generator
) -> Numbers:
    """Return `draws` weighted means of the values drawn with replacement, as many as there are.

    A value is drawn with its weight, so a draw of three one-third metrics weighs one.
    """
    picks = chance.integers(len(values), size=(len(values), draws), dtype=np.uint16)
    if np.all(weights == weights[0]):
        return np.asarray(values[picks].sum(axis=0) / len(values))
    # One gather for both sums: the weighed value in the real part, its weight in the other.
    sums = (values * weights + 1j * weights)[picks].sum(axis=0)
    return np.asarray(sums.real / sums.imag)
