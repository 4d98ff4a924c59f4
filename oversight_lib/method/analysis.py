"""What an assessment means: the further tables that rest on it, composed.

How far an average and a rank would move, how firmly a segment sits, what would move it, and what
changed since the quarter before.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from oversight_lib.frames import (
    BACKTEST,
    CHECKS,
    DISTANCE,
    DRIVERS,
    FIRMNESS,
    FLOWS,
    LEAVE_OUT,
    MOVEMENT,
    RANGES,
    SENSITIVITY,
)
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.distance import distance
from oversight_lib.method.drivers import drivers, quarter_of
from oversight_lib.method.firmness import firmness
from oversight_lib.method.leave_out import leave_out
from oversight_lib.method.movement import flows, movement
from oversight_lib.method.publication import Publication
from oversight_lib.method.range_checks import check_ranges
from oversight_lib.method.sensitivity import sensitivity
from oversight_lib.method.uncertainty import likely_ranges
from oversight_lib.rules.model import Framework

TABLES = (RANGES, FIRMNESS, LEAVE_OUT, SENSITIVITY, DISTANCE, MOVEMENT, DRIVERS, FLOWS)
"""The further tables an analysis adds, in order."""


def analysed(
    assessment: Assessment,
    publication: Publication,
    framework: Framework,
    *,
    earlier: Sequence[Assessment] = (),
) -> Assessment:
    """Return the assessment with every table of `TABLES`, and its ranges in the back-test.

    `earlier` holds the quarters before it under the same rules, as many as are loaded. The one
    just before it is what it is compared with; without that, the tables of change have no rows.
    """
    ranges = likely_ranges(assessment, framework)
    further = {
        RANGES.name: ranges,
        FIRMNESS.name: firmness(assessment, framework, history=earlier),
        LEAVE_OUT.name: leave_out(assessment, framework),
        SENSITIVITY.name: sensitivity(assessment, framework, history=earlier),
        DISTANCE.name: distance(assessment, publication, framework),
        **_changes(assessment, publication, framework, earlier),
    }
    checked = _with_checks(assessment, ranges, publication, framework)
    return checked.with_tables(further)


def back_tested(
    assessment: Assessment, publication: Publication, framework: Framework
) -> Assessment:
    """Return the assessment with the likely ranges in its back-test, where they are published."""
    published = publication.league[["average_low", "average_high", "rank_low", "rank_high"]]
    if not published.notna().to_numpy().any():
        return assessment
    ranges = likely_ranges(assessment, framework)
    return _with_checks(assessment, ranges, publication, framework)


def _with_checks(
    assessment: Assessment, ranges: pd.DataFrame, publication: Publication, framework: Framework
) -> Assessment:
    checks, differences = check_ranges(ranges, publication, framework)
    return replace(
        assessment,
        checks=CHECKS.arrange(pd.concat([assessment.checks, checks])),
        backtest=BACKTEST.arrange(pd.concat([assessment.backtest, differences])),
    )


def _changes(
    assessment: Assessment,
    publication: Publication,
    framework: Framework,
    earlier: Sequence[Assessment],
) -> dict[str, pd.DataFrame]:
    """Return the tables of change from the quarter just before, by frame name."""
    just_before = str(publication.quarter.previous)
    previous = next((a for a in earlier if quarter_of(a) == just_before), None)
    if previous is None:
        return {frame.name: frame.empty() for frame in (MOVEMENT, DRIVERS, FLOWS)}
    parts = drivers(previous, assessment, framework)
    moves = movement(previous, assessment, parts, framework)
    return {
        MOVEMENT.name: moves,
        DRIVERS.name: parts,
        FLOWS.name: flows(moves, assessment.organisations),
    }
