"""The gap and the ratio between the most deprived and the least, or the rest."""

from typing import Literal

import numpy as np
import pandas as pd

from oversight_lib.method.inequality import proportions
from oversight_lib.method.inequality.breakdown import Breakdown, Measure
from oversight_lib.method.inequality.estimate import FloatArray, floats
from oversight_lib.method.inequality.quantiles import normal_quantile
from oversight_lib.method.inequality.table import Result, symmetric, tabulate, usable

Against = Literal["least_deprived", "rest"]

COMPARABLE_Z = 1.959963984540054 / np.sqrt(2)
"""Intervals this many standard errors wide overlap if two equal ones differ with p above 0.05."""

COMPARABLE_CONFIDENCE = 0.834


def gaps(breakdown: Breakdown, measure: Measure, *, against: Against = "least_deprived",
         confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return the `gap` and `ratio` rows of each area; positive, or above 1, is worse.

    The most deprived group against the least deprived one; or the most deprived fifth (Core20, if
    the groups are national) against the rest, which hides how unlike the rest are: publish it only
    beside all groups. Counts: Newcombe and Katz. Other values: independent normal errors, the
    ratio's on its logarithm.
    """
    areas = usable(breakdown)
    first, last = _sides(areas.groups, against)
    names = ("gap", "ratio") if against == "least_deprived" else ("core20_gap", "core20_ratio")
    if areas.counted:
        results = _of_counts(areas, measure, (first, last), names, confidence)
    else:
        results = _of_values(areas, measure, (first, last), names, confidence)
    shown = {"most_deprived_value": areas.value[:, 0]}
    return tabulate(breakdown, results, confidence=confidence, diagnostics=shown)


Sides = tuple[FloatArray, FloatArray]
Names = tuple[str, str]


def _sides(groups: int, against: Against) -> Sides:
    """Return which groups stand on each side, as 0 and 1: most deprived, then the other."""
    place = np.arange(groups)
    if against == "least_deprived":
        return (place == 0).astype(np.float64), (place == groups - 1).astype(np.float64)
    if groups % 5 and groups >= 5:
        raise ValueError(f"{groups} groups; the most deprived fifth needs a multiple of 5")
    deprived = (place < groups / 5).astype(np.float64)
    return deprived, 1 - deprived


def _of_counts(areas: Breakdown, measure: Measure, sides: Sides, names: Names,
               confidence: float) -> list[Result]:  # fmt: skip
    order = sides[::-1] if measure.sign > 0 else sides
    count = (areas.count @ order[0], areas.count @ order[1])
    total = (areas.population @ order[0], areas.population @ order[1])
    gap = proportions.difference(count, total, confidence=confidence, per=measure.per)
    ratio = proportions.ratio(count, total, confidence=confidence)
    return [_result(names[0], "Newcombe", gap), _result(names[1], "Katz", ratio)]


def _result(name: str, method: str, table: pd.DataFrame) -> Result:
    value, low, high = (floats(table[column]) for column in ("value", "low", "high"))
    reason = table["reason"].fillna("").to_numpy(dtype=np.str_)
    return Result(name, method, value, low, high, reason)


def _of_values(areas: Breakdown, measure: Measure, sides: Sides, names: Names,
               confidence: float) -> list[Result]:  # fmt: skip
    z = normal_quantile(confidence)
    order = sides[::-1] if measure.sign > 0 else sides
    (top, top_error), (bottom, bottom_error) = (_average(areas, side) for side in order)
    error = np.hypot(top_error, bottom_error)
    gap = symmetric(names[0], "difference of independent values", top - bottom, error, z)
    reason = np.where((top > 0) & (bottom > 0), "", "a value that is not above 0 has no ratio")
    top, bottom = np.where(reason == "", top, 1), np.where(reason == "", bottom, 1)
    factor = np.exp(z * np.hypot(top_error / top, bottom_error / bottom))
    value = top / bottom
    method = "ratio of independent values, log-delta"
    return [gap, Result(names[1], method, value, value / factor, value * factor, reason)]


def _average(areas: Breakdown, side: FloatArray) -> tuple[FloatArray, FloatArray]:
    weight = areas.population * side
    weight = weight / weight.sum(axis=1, keepdims=True)
    value = (weight * areas.value).sum(axis=1)
    return value, np.sqrt((weight**2 * areas.standard_error**2).sum(axis=1))


def comparable(breakdown: Breakdown) -> pd.DataFrame:
    """Return area, group, value, low, high, confidence for a chart whose bars readers compare.

    83.4% intervals: two of equal width overlap when their difference is not clear at 5%.
    Goldstein H, Healy MJR, J R Stat Soc A 1995;158:175.
    """
    half = COMPARABLE_Z * breakdown.standard_error
    cells = {"value": breakdown.value, "low": breakdown.value - half,
             "high": breakdown.value + half}  # fmt: skip
    places = pd.MultiIndex.from_product(
        [breakdown.areas, range(1, breakdown.groups + 1)], names=["area", "group"]
    )
    flat = {name: numbers.ravel() for name, numbers in cells.items()}
    rows = pd.DataFrame(flat, index=places).reset_index()
    return rows.assign(confidence=COMPARABLE_CONFIDENCE)
