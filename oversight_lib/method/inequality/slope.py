"""The slope and relative indices of inequality, with closed-form intervals."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from oversight_lib.method.inequality.breakdown import (
    Breakdown,
    Measure,
    Scale,
    from_scale,
    steepness,
    to_scale,
)
from oversight_lib.method.inequality.estimate import (
    FloatArray,
    TextArray,
    first_reason,
    floats,
)
from oversight_lib.method.inequality.gradient import Line, line, propagated, ridits
from oversight_lib.method.inequality.quantiles import normal_quantile
from oversight_lib.method.inequality.table import Result, tabulate, usable

STRAIGHT_WITHIN = 2.0
"""A group further than this many standard errors from the line departs from it."""

NEAR_ZERO = 4.0
"""An end of the line within this many standard errors of 0 calls for Fieller's interval."""


def slope_index(breakdown: Breakdown, measure: Measure, *, national: ArrayLike | None = None,
                scale: Scale = "value", confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return the `sii` and `rii` rows of each area.

    Ranks come from the area's own people (change within one area), or from the `national` people
    of each group (comparing areas). `scale` fits the line on logarithms (rates) or log odds
    (proportions of `measure.high`); the default fits the values. Positive SII, and RII above 1:
    worse for the most deprived. The groups' standard errors are taken as known and independent.
    Low A, Low A, J Public Health 2004;26:388; NHS England North East and Yorkshire, 2024.
    """
    areas, top = usable(breakdown), _top(measure, scale)
    fitted, error = _fit(areas, national, scale, top)
    z = normal_quantile(confidence)
    reason = _no_scale(areas, scale, top)
    method = _method("local" if national is None else "national", scale)
    swing = z * propagated(fitted.slope_weights, error)
    paths = [_ends(fitted, fitted.slope + step, scale, top) for step in (0 * swing, -swing, swing)]
    spread = swing / z if scale == "value" else None
    sii = _absolute(paths, measure, f"SII, {method}", spread)
    if scale == "value":
        rii = _relative(fitted, error, measure, z, f"RII, {method}")
    else:
        rii = _pivoted(paths, measure, f"RII, {method}")
    results = [_refused(result, reason) for result in (sii, rii)]
    shown = _diagnostics(areas, fitted, error, paths[0]) | _range(paths[0], measure)
    kept = {name: np.where(reason == "", numbers, np.nan) for name, numbers in shown.items()}
    return tabulate(breakdown, results, confidence=confidence, diagnostics=kept)


Ends = tuple[FloatArray, FloatArray]


def _fit(areas: Breakdown, national: ArrayLike | None, scale: Scale, top: float
         ) -> tuple[Line, FloatArray]:  # fmt: skip
    """Return the line on the scale, and the groups' standard errors there."""
    rank = ridits(areas.share if national is None else _national_share(national, areas))
    value = to_scale(areas.value, scale, top)
    error = areas.standard_error * steepness(areas.value, scale, top)
    # A value without a logarithm is refused with its reason; 0 and 1 keep the arithmetic quiet.
    return (
        line(areas.share, rank, np.where(np.isnan(value), 0, value)),
        np.where(np.isnan(error), 1, error),
    )


def _national_share(national: ArrayLike, areas: Breakdown) -> FloatArray:
    people = floats(national)
    if people.shape != (areas.groups,) or not (people > 0).all():
        raise ValueError(f"national is {people}; expected {areas.groups} numbers of people")
    return np.broadcast_to(people / people.sum(), areas.population.shape)


def _ends(fitted: Line, slope: FloatArray, scale: Scale, top: float) -> Ends:
    """Return both ends of a line of this slope through the fitted value at the middle rank."""
    middle = fitted.most_deprived_end + fitted.slope / 2
    most, least = middle - slope / 2, middle + slope / 2
    return from_scale(most, scale, top), from_scale(least, scale, top)


def _absolute(paths: list[Ends], measure: Measure, method: str, error: FloatArray | None) -> Result:
    value, *limits = (measure.sign * (least - most) for most, least in paths)
    low, high = np.minimum(*limits), np.maximum(*limits)
    return Result("sii", method, value, low, high, standard_error=error)


def _pivoted(paths: list[Ends], measure: Measure, method: str) -> Result:
    value, *limits = ((least / most) ** measure.sign for most, least in paths)
    return Result("rii", method, value, np.minimum(*limits), np.maximum(*limits))


def _relative(fitted: Line, error: FloatArray, measure: Measure, z: float, method: str) -> Result:
    """Return the ratio of the fitted ends, its limits by the log-delta method or Fieller's."""
    least = fitted.intercept_weights + fitted.slope_weights
    weights = (least, fitted.intercept_weights)
    above, below = weights if measure.sign > 0 else weights[::-1]
    top, bottom = ((end * fitted.value).sum(axis=1) for end in (above, below))
    top_error, bottom_error = propagated(above, error), propagated(below, error)
    reason = first_reason(
        (
            _range((bottom, top), measure)["ends_in_range"] == 0,
            "the line leaves the possible values",
        ),
        ((top <= z * top_error) | (bottom <= z * bottom_error),
         "an end of the line cannot be told from 0"),
    )  # fmt: skip
    top, bottom = np.where(reason == "", top, 1), np.where(reason == "", bottom, 1)
    near = (top < NEAR_ZERO * top_error) | (bottom < NEAR_ZERO * bottom_error)
    direction = above / top[:, np.newaxis] - below / bottom[:, np.newaxis]
    factor = np.exp(z * propagated(direction, np.where(reason[:, np.newaxis] == "", error, 0)))
    delta = (top / bottom / factor, top / bottom * factor)
    together = (above * below * error**2).sum(axis=1)
    variances = (top_error**2, bottom_error**2, together)
    fieller = _fieller((top, bottom), variances, z)
    low, high = (np.where(near, *pair) for pair in zip(fieller, delta, strict=True))
    return Result("rii", method, top / bottom, low, high, reason=reason)


def _fieller(ends: Ends, variances: tuple[FloatArray, FloatArray, FloatArray], z: float) -> Ends:
    """Return Fieller's limits of top / bottom; finite where both are z errors above 0."""
    (top, bottom), (top_variance, bottom_variance, together) = ends, variances
    square = bottom**2 - z**2 * bottom_variance
    square = np.where(square > 0, square, 1)
    half = top * bottom - z**2 * together
    root = np.sqrt(np.maximum(half**2 - square * (top**2 - z**2 * top_variance), 0))
    return (half - root) / square, (half + root) / square


def _refused(result: Result, reason: TextArray) -> Result:
    own = result.reason if result.reason is not None else np.full_like(reason, "")
    words = np.where(reason != "", reason, own)
    return replace(result, reason=words)


def _diagnostics(areas: Breakdown, fitted: Line, error: FloatArray, ends: Ends
                 ) -> dict[str, FloatArray]:  # fmt: skip
    """Return what must be printed beside the index: ends, fit, and the group furthest off."""
    off = fitted.standardised_residuals(error)
    furthest = np.abs(off).argmax(axis=1)
    largest = np.take_along_axis(off, furthest[:, np.newaxis], axis=1)[:, 0]
    return {
        "slope": ends[1] - ends[0],
        "most_deprived_value": areas.value[:, 0],
        "most_deprived_end": ends[0],
        "least_deprived_end": ends[1],
        "fit": fitted.fit(),
        "largest_residual": largest,
        "departing_group": np.where(np.abs(largest) > STRAIGHT_WITHIN, furthest + 1, np.nan),
    }


def _range(ends: Ends, measure: Measure) -> dict[str, FloatArray]:
    """Say whether both ends are possible values: 1, 0, or missing if the range is not declared."""
    low = -np.inf if measure.low is None else measure.low
    high = np.inf if measure.high is None else measure.high
    inside = (np.minimum(*ends) >= low) & (np.maximum(*ends) <= high)
    known = measure.low is not None or measure.high is not None
    return {"ends_in_range": np.where(known, inside.astype(np.float64), np.nan)}


def _no_scale(areas: Breakdown, scale: Scale, top: float) -> TextArray:
    bare = np.isnan(to_scale(areas.value, scale, top))
    words = {"value": "", "log": "logarithm", "logit": "log odds"}[scale]
    return first_reason(
        *((bare[:, i], f"group {i + 1} has no {words}") for i in range(areas.groups))
    )


def _top(measure: Measure, scale: Scale) -> float:
    if scale == "logit" and (measure.high is None or measure.low not in (None, 0)):
        raise ValueError("log odds need a measure from 0 to a highest value")
    return measure.high if scale == "logit" and measure.high is not None else 1.0


def _method(ranks: str, scale: Scale) -> str:
    fitted = {"value": "", "log": " of logarithms", "logit": " of log odds"}[scale]
    return f"{ranks} ranks, weighted least squares{fitted}, closed-form interval"
