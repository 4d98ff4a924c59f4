"""The concentration index and its forms for bounded measures."""

import numpy as np
import pandas as pd

from oversight_lib.method.inequality.breakdown import Breakdown, Measure
from oversight_lib.method.inequality.estimate import FloatArray
from oversight_lib.method.inequality.gradient import propagated, ridits
from oversight_lib.method.inequality.quantiles import normal_quantile
from oversight_lib.method.inequality.table import Result, tabulate, usable

METHOD = "concentration index, delta method"


def concentration(breakdown: Breakdown, measure: Measure, *,
                  confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return the `concentration` and `generalised_concentration` rows of each area.

    With the measure's range also `erreygers` and `wagstaff`. Positive: the good is concentrated
    among the less deprived, or the bad among the more deprived. The standard errors are those of
    the groups' values. Kakwani N, Wagstaff A, van Doorslaer E, J Econometrics 1997;77:87.
    """
    areas, z = usable(breakdown), normal_quantile(confidence)
    share = areas.share
    weights = measure.sign * 2 * share * (ridits(share) - 0.5)
    mean = (share * areas.value).sum(axis=1)
    ones, nought = np.ones_like(mean), np.zeros_like(mean)
    positive = mean > 0
    safe = np.where(positive, mean, 1)
    forms = [
        ("generalised_concentration", ones, nought, positive | True),
        ("concentration", 1 / safe, -1 / safe**2, positive),
        *_bounded(mean, measure),
    ]
    results = [_scaled(areas, weights, form, z) for form in forms]
    return tabulate(breakdown, results, confidence=confidence)


Form = tuple[str, FloatArray, FloatArray, np.typing.NDArray[np.bool_]]


def _bounded(mean: FloatArray, measure: Measure) -> list[Form]:
    """Return the factors for a measure with both ends, and their slopes in the mean."""
    if measure.low is None or measure.high is None:
        return []
    low, high = measure.low, measure.high
    room = (high - mean) * (mean - low)
    inside = room > 0
    safe = np.where(inside, room, 1)
    erreygers = np.full_like(mean, 4 / (high - low))
    slope = -(high - low) * (high + low - 2 * mean) / safe**2
    return [
        ("erreygers", erreygers, np.zeros_like(mean), inside | True),
        ("wagstaff", (high - low) / safe, slope, inside),
    ]


def _scaled(areas: Breakdown, weights: FloatArray, form: Form, z: float) -> Result:
    """Return the generalised index times a factor of the mean, with its delta-method limits."""
    name, factor, slope, possible = form
    index = (weights * areas.value).sum(axis=1)
    value = factor * index
    gradient = factor[:, np.newaxis] * weights + (slope * index)[:, np.newaxis] * areas.share
    error = propagated(gradient, areas.standard_error)
    reason = np.where(possible, "", "the mean is not inside the measure's range")
    return Result(name, METHOD, value, value - z * error, value + z * error, reason, error)
