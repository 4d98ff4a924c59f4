"""The four special-cause rules, and the label each point gets from them.

A signal is +1 on the high side or rising, -1 on the low side or falling, 0 where there is none.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from oversight_lib.method.spc.design import Better, TwoSigma
from oversight_lib.method.spc.limits import hair

Signs = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

RUN = 7
SIGNALS = ["beyond", "trend", "two_of_three", "shift"]
"""The rules' columns, in order of precedence for the label."""


class SpecialCause(StrEnum):
    """Why a point is marked, or that it is not."""

    BEYOND = "beyond a process limit"
    TREND = "trend"
    TWO_OF_THREE = "two of three beyond two sigma"
    SHIFT = "shift"
    COMMON_CAUSE = "common cause"
    NOT_ASSESSED = "not assessed"


def side(values: pd.Series, line: pd.Series | float, equal: float) -> Signs:
    """Return on which side of the line each value lies; 0 on it, and where either is missing."""
    distance = (values - line).to_numpy(dtype="float64", na_value=0.0)
    return np.where(np.abs(distance) <= equal, 0, np.sign(distance)).astype(np.int8)


def with_signals(points: pd.DataFrame, two_sigma: TwoSigma) -> pd.DataFrame:
    """Return the points with the four rules' signals; all 0 in a phase without variation.

    beyond: strictly outside a process limit. trend: seven points each strictly above, or below, the
    one before; a point shared by two trends takes the slope to its right. two_of_three: three
    consecutive points on one side of the mean, two of them beyond two sigma, marking those. shift:
    seven consecutive points strictly on one side of the mean. A missing value or a new phase ends
    every run. Making Data Count; NHSRplotthedots 0.2.2 for the edges.
    """
    value, phase, equal = points["value"], points["phase"].to_numpy(), hair(points["value"])
    same_phase = np.r_[False, phase[1:] == phase[:-1]][: len(phase)]
    sides = side(value, points["mean"], equal)
    beyond = _outside(points, "lower", "upper", equal)
    far = _outside(points, "lower_two_sigma", "upper_two_sigma", equal) != 0
    far = far & (beyond == 0) if two_sigma == "ptd" else far
    slopes = np.where(same_phase, side(value, value.shift(), equal), 0).astype(np.int8)
    varies = (points["upper"] > points["lower"]).to_numpy()
    return points.assign(
        beyond=beyond * varies,
        trend=_trend(slopes) * varies,
        two_of_three=_two_of_three(sides, far, same_phase) * varies,
        shift=np.where(_run_lengths(sides, same_phase) >= RUN, sides, 0) * varies,
    )


def _outside(points: pd.DataFrame, lower: str, upper: str, equal: float) -> Signs:
    above = side(points["value"], points[upper], equal) > 0
    below = side(points["value"], points[lower], equal) < 0
    return above.astype(np.int8) - below.astype(np.int8)


def _run_lengths(signs: Signs, joined: Flags) -> npt.NDArray[np.int64]:
    """Return how long a run of equal signs each element stands in; 0 where the sign is 0.

    `joined` is whether an element may continue the run of the one before it.
    """
    starts = np.ones(len(signs), dtype=bool)
    starts[1:] = (signs[1:] != signs[:-1]) | ~joined[1:]
    run = np.cumsum(starts) - 1
    return np.where(signs == 0, 0, np.bincount(run)[run])


def _trend(slopes: Signs) -> Signs:
    # Seven points have six slopes between them. A slope belongs to the points at both its ends.
    lengths = _run_lengths(slopes, np.ones(len(slopes), dtype=bool))
    arriving = np.where(lengths >= RUN - 1, slopes, 0)
    leaving = np.r_[arriving[1:], 0][: len(slopes)]
    return np.where(leaving != 0, leaving, arriving).astype(np.int8)


def _two_of_three(sides: Signs, far: Flags, same_phase: Flags) -> Signs:
    first, second, third = slice(None, -2), slice(1, -1), slice(2, None)
    one_side = (sides[first] == sides[second]) & (sides[second] == sides[third])
    one_phase = same_phase[second] & same_phase[third]
    two = far[first].astype(int) + far[second] + far[third] >= 2
    found = one_side & one_phase & two
    within = np.zeros(len(sides), dtype=bool)
    for place in (first, second, third):
        within[place] |= found
    return np.where(within & far, sides, 0).astype(np.int8)


def with_labels(points: pd.DataFrame, better: Better) -> pd.DataFrame:
    """Return the points with label, direction (high, low) and judgement, missing if common cause.

    The label is that of the first rule in `SIGNALS` that marks the point; direction is that
    rule's, so a trend has its slope's even across the mean. judgement: improvement, concern, or
    neutral where neither direction is better.
    """
    found = [points[name] != 0 for name in SIGNALS]
    varies = (points["upper"] > points["lower"]) & points["value"].notna()
    plain = np.where(varies, SpecialCause.COMMON_CAUSE, SpecialCause.NOT_ASSESSED)
    kinds = [SpecialCause[name.upper()].value for name in SIGNALS]
    sign = np.select(found, [points[name] for name in SIGNALS], 0)
    return points.assign(
        label=pd.Series(np.select(found, kinds, plain), points.index, dtype="str"),
        direction=_words(sign, "high", "low", points.index),
        judgement=_judgement(sign, better, points.index),
    )


def _judgement(sign: Signs, better: Better, index: pd.Index) -> pd.Series:
    high, low = {
        "higher": ("improvement", "concern"),
        "lower": ("concern", "improvement"),
        "none": ("neutral", "neutral"),
    }[better]
    return _words(sign, high, low, index)


def _words(sign: Signs, high: str, low: str, index: pd.Index) -> pd.Series:
    return pd.Series(sign, index).map({1: high, -1: low}).astype("str")
