"""What would not have happened if every group had the value of the least deprived."""

import numpy as np
import pandas as pd

from oversight_lib.method.inequality.breakdown import Breakdown, Measure
from oversight_lib.method.inequality.estimate import FloatArray
from oversight_lib.method.inequality.gradient import propagated
from oversight_lib.method.inequality.quantiles import normal_quantile
from oversight_lib.method.inequality.table import Result, symmetric, tabulate, usable

METHOD = "all groups at the least deprived group's value; arithmetic, not cause"


def excess(breakdown: Breakdown, measure: Measure, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the `excess`, `excess_fraction` and `excess_events` rows of each area.

    The overall value minus that of the least deprived group, turned so that positive is worse
    for the others; as a share of the overall value; and in people, the excess times the population
    over `measure.per`. It is not floored at 0.
    """
    areas, z = usable(breakdown), normal_quantile(confidence)
    last = np.eye(areas.groups)[-1]
    weights = -measure.sign * (areas.share - last)
    value, error = (weights * areas.value).sum(axis=1), propagated(weights, areas.standard_error)
    people = areas.population.sum(axis=1) / measure.per
    results = [
        symmetric("excess", METHOD, value, error, z),
        _fraction(areas, weights, value, z),
        symmetric("excess_events", METHOD, value * people, error * people, z),
    ]
    return tabulate(breakdown, results, confidence=confidence)


def _fraction(areas: Breakdown, weights: FloatArray, value: FloatArray, z: float) -> Result:
    """Return the excess as a share of the overall value, its limits by the delta method."""
    overall = (areas.share * areas.value).sum(axis=1)
    reason = np.where(overall > 0, "", "the overall value is not above 0")
    overall = np.where(overall > 0, overall, 1)
    part = value / overall
    slope = (weights - part[:, np.newaxis] * areas.share) / overall[:, np.newaxis]
    error = propagated(slope, areas.standard_error)
    low, high = part - z * error, part + z * error
    return Result("excess_fraction", METHOD, part, low, high, reason, error)
