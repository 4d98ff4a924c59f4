"""The verdicts a chart's icons show: is there enough to say, has it changed, will it do."""

from enum import StrEnum

import pandas as pd

from oversight_lib.method.spc.design import ChartDesign
from oversight_lib.method.spc.limits import FEWEST_FOR_LIMITS, hair
from oversight_lib.method.spc.rules import SpecialCause

FEWEST_FOR_ICONS = 13


class Status(StrEnum):
    """How much may be drawn, by the recorded points of the latest phase."""

    CHART = "chart"
    TRIAL_LIMITS = "trial limits"
    TABLE_ONLY = "table only"


class Variation(StrEnum):
    """The variation icon: what the latest recorded point says."""

    IMPROVEMENT_HIGH = "improvement, high"
    IMPROVEMENT_LOW = "improvement, low"
    CONCERN_HIGH = "concern, high"
    CONCERN_LOW = "concern, low"
    NEUTRAL_HIGH = "neutral, high"
    NEUTRAL_LOW = "neutral, low"
    COMMON_CAUSE = "common cause"
    NO_ICON = "no icon"


class Assurance(StrEnum):
    """The assurance icon: what the process, if unchanged, does about its target; no forecast."""

    CONSISTENTLY_PASSES = "consistently passes"
    CONSISTENTLY_FAILS = "consistently fails"
    HIT_AND_MISS = "hit and miss"
    NO_ICON = "no icon"


def status(phase: pd.Series) -> Status:
    """Return how much may be drawn: from 13 points a chart, from 5 trial limits, else a table.

    A phase without two consecutive periods has no moving range, hence no limits: a table.
    """
    if phase["recorded"] < FEWEST_FOR_LIMITS or pd.isna(phase["mean_range"]):
        return Status.TABLE_ONLY
    return Status.CHART if phase["recorded"] >= FEWEST_FOR_ICONS else Status.TRIAL_LIMITS


def variation(recorded: pd.DataFrame, drawable: Status) -> Variation:
    """Return the icon of the latest recorded point; none below 13 points or without variation."""
    if drawable is not Status.CHART:
        return Variation.NO_ICON
    latest = recorded.iloc[-1]
    plain = {
        SpecialCause.NOT_ASSESSED.value: Variation.NO_ICON,
        SpecialCause.COMMON_CAUSE.value: Variation.COMMON_CAUSE,
    }
    return plain.get(latest["label"]) or Variation(f"{latest['judgement']}, {latest['direction']}")


def assurance(last_phase: pd.DataFrame, design: ChartDesign, drawable: Status) -> Assurance:
    """Return the icon of the latest phase against its target.

    A target on a limit is hit and miss. None where neither direction is better, where the target
    moves within the phase, without a target, without variation, and below 13 points.
    """
    end = last_phase.iloc[-1]
    if drawable is not Status.CHART or not end["upper"] > end["lower"]:
        return Assurance.NO_ICON
    moves = last_phase["target"].ne(end["target"]).any()
    if design.better == "none" or design.target is None or moves:
        return Assurance.NO_ICON
    equal = hair(last_phase["value"])
    above, below = end["target"] - end["upper"] > equal, end["lower"] - end["target"] > equal
    if not (above or below):
        return Assurance.HIT_AND_MISS
    passes = below if design.better == "higher" else above
    return Assurance.CONSISTENTLY_PASSES if passes else Assurance.CONSISTENTLY_FAILS
