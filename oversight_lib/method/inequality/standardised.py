"""Rates standardised for age: directly (Dobson's interval) and indirectly."""

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
from oversight_lib.method.inequality.rates import EXACT_BELOW, METHOD, byar, poisson


def directly_standardised(count: ArrayLike, population: ArrayLike, standard: ArrayLike, *,
                          confidence: float = 0.95, per: float = 1) -> pd.DataFrame:  # fmt: skip
    """Return the directly standardised rate of each area.

    `count`, `population`: areas x age bands. `standard`: people of the standard population in
    each band. Fewer than 10 events in all: no number. Dobson AJ et al, Stat Med 1991;10:457.
    """
    people = floats(count)[np.newaxis]
    return directly_standardised_repeats(
        people, population, standard, frequency=[1], confidence=confidence, per=per
    )


def directly_standardised_repeats(
    people: ArrayLike, population: ArrayLike, standard: ArrayLike, *,
    frequency: ArrayLike, confidence: float = 0.95, per: float = 1,
) -> pd.DataFrame:  # fmt: skip
    """Return the directly standardised rate where one person can have several events.

    `people`: frequencies x areas x age bands, how many people had `frequency` events each; the
    variance is of people, v = sum of f² v_f, so that repeats widen the interval.
    """
    persons, n, weight = floats(people), floats(population), floats(standard)
    times = floats(frequency)[:, np.newaxis, np.newaxis]
    events = (times * persons).sum(axis=0)
    reason = _unusable(events, n)
    n = np.where(reason[:, np.newaxis] != "", 1, n)
    observed = np.where(reason != "", EXACT_BELOW, events.sum(axis=1))
    share = weight / weight.sum()
    value = (share * events / n).sum(axis=1)
    variance = (share**2 * (times**2 * persons).sum(axis=0) / n**2).sum(axis=1)
    low, high = (
        value + np.sqrt(variance / observed) * (limit - observed)
        for limit in byar(observed, confidence)
    )
    return estimates(
        per * value, per * low, per * high, confidence=confidence, method="Dobson", reason=reason
    )


def indirectly_standardised(
    count: ArrayLike, population: ArrayLike, *, reference_count: ArrayLike,
    reference_population: ArrayLike, confidence: float = 0.95, per: float | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return observed over expected events of each area, or the rate they stand for.

    `count`: areas. `population`: areas x age bands; the references: age bands. With `per` the
    ratio is multiplied by the reference's crude rate per `per` people.
    """
    observed, n = floats(count), floats(population)
    events, people = floats(reference_count), floats(reference_population)
    expected = (n * events / people).sum(axis=1)
    reason = first_reason(
        (np.isnan(observed), "the count is missing"),
        (np.isnan(expected), "the population of an age band is missing"),
        (expected <= 0, "no event is expected"),
        (observed < 0, "a negative count"),
    )
    refused = reason != ""
    observed, expected = np.where(refused, 1, observed), np.where(refused, 1, expected)
    scale = 1.0 if per is None else per * float(events.sum() / people.sum())
    low, high = (scale * limit / expected for limit in poisson(observed, confidence))
    value = scale * observed / expected
    return estimates(value, low, high, confidence=confidence, method=METHOD, reason=reason)


def _unusable(events: FloatArray, population: FloatArray) -> TextArray:
    missing = np.isnan(events).any(axis=1) | np.isnan(population).any(axis=1)
    return first_reason(
        (missing, "an age band is missing"),
        ((events < 0).any(axis=1), "a negative count"),
        ((population <= 0).any(axis=1), "an age band has no population"),
        (events.sum(axis=1) < EXACT_BELOW, "fewer than 10 events"),
    )
