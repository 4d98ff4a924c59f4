"""Which verbs of change a chart licenses, given how far one month carries over to the next.

Runs are expected in a series that carries over: with a lag-1 autocorrelation of 0.8 a stable
series of 24 points shows a signal at its latest point two times in five. So above 0.3 only a point
beyond limits widened for the carry-over licenses a verb. The price is power: silence about such a
measure is weak evidence that nothing changed.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from oversight_lib.method.spc.assurance import Status
from oversight_lib.method.spc.design import Better, ChartDesign
from oversight_lib.method.spc.limits import LIMIT, hair
from oversight_lib.method.spc.rules import SIGNALS, Signs, SpecialCause, side

GATE = 0.3


class Verb(StrEnum):
    """The verbs of change a control chart can license."""

    IMPROVED = "improved"
    DETERIORATED = "deteriorated"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class VerbLicence:
    """The verb a sentence may use about the latest point, and why that one.

    `sustained` is True where the shift rule supports the verb.
    """

    verb: Verb
    reason: str
    sustained: bool = False


def carries_over(latest: pd.DataFrame, *, stock: bool) -> pd.Series:
    """Return whether runs are expected: autocorrelation above 0.3, or a stock."""
    return (latest["carryover"] > GATE) | stock


def licensed_direction(latest: pd.DataFrame, *, stock: bool = False) -> Signs:
    """Return the direction of change each latest point licenses: +1 high, -1 low, 0 none.

    `latest` has one row a chart: value, the four signals, and its phase's mean, mean_range and
    carryover. Without carry-over it is the label's direction unless two rules disagree; with
    carry-over only a point beyond mean +/- 2.66 mean_range / sqrt(1 - carryover) counts, since
    moving ranges understate the spread by that root.
    """
    signals = latest[SIGNALS]
    disagree = signals.eq(1).any(axis=1) & signals.eq(-1).any(axis=1)
    standard = np.where(disagree, 0, np.sign(signals.sum(axis=1)))
    width = LIMIT * latest["mean_range"] / np.sqrt(1 - latest["carryover"])
    equal = hair(latest["value"])
    above = side(latest["value"], latest["mean"] + width, equal) > 0
    below = side(latest["value"], latest["mean"] - width, equal) < 0
    widened = above.astype(np.int8) - below.astype(np.int8)
    return np.where(carries_over(latest, stock=stock), widened, standard).astype(np.int8)


def verb_licence(latest: pd.DataFrame, design: ChartDesign, drawable: Status) -> VerbLicence:
    """Return the verb the one latest point licenses, or none with the reason."""
    refusal = _refusal(latest, design.better, drawable)
    if refusal:
        return VerbLicence(Verb.NONE, refusal)
    gated = bool(carries_over(latest, stock=design.stock).iloc[0])
    direction = int(licensed_direction(latest, stock=design.stock)[0])
    if direction == 0:
        return VerbLicence(Verb.NONE, _CARRIED if gated else _DISAGREE)
    verb = Verb.IMPROVED if (direction == 1) == (design.better == "higher") else Verb.DETERIORATED
    if gated:
        return VerbLicence(verb, _WIDENED)
    point = latest.iloc[0]
    sustained = bool(point["shift"] == direction)
    return VerbLicence(verb, f"{point['label']} at the latest point", sustained)


_CARRIED = (
    "signal under the standard rules; this measure carries over from month to month, "
    "so runs are expected"
)
_DISAGREE = "two rules point in opposite directions at the latest point"
_WIDENED = "beyond limits widened for carry-over from month to month"


def _refusal(latest: pd.DataFrame, better: Better, drawable: Status) -> str | None:
    if drawable is Status.TABLE_ONLY:
        return "no limits: too few points, or none consecutive, in the latest phase"
    if drawable is Status.TRIAL_LIMITS:
        return "trial limits: fewer than 13 points in the latest phase"
    label = latest["label"].iloc[0]
    if label == SpecialCause.NOT_ASSESSED:
        return "no variation recorded"
    if label == SpecialCause.COMMON_CAUSE:
        return "within its usual variation"
    return "neither direction is better" if better == "none" else None
