"""What a reader of a chart must be told besides its picture, as plain notes in a fixed order."""

from collections.abc import Iterator

import pandas as pd

from oversight_lib.method.spc.assurance import FEWEST_FOR_ICONS, Status
from oversight_lib.method.spc.carryover import GATE
from oversight_lib.method.spc.design import ChartDesign
from oversight_lib.method.spc.limits import FEWEST_FOR_LIMITS, SCREEN, hair
from oversight_lib.method.spc.rules import RUN, SpecialCause, side


def notes(
    points: pd.DataFrame, table: pd.DataFrame, design: ChartDesign, drawable: Status
) -> tuple[str, ...]:
    """Return the notes: rebases, how limits were set, gaps, too few points, what to read with care.

    `points` as labelled; `table` the phases; each note is a sentence without its full stop.
    """
    return (
        *_rebase_notes(points, design),
        *_limit_notes(table, design),
        *_gap_notes(points),
        *_count_notes(table.iloc[-1], drawable),
        *_reading_notes(points, table.iloc[-1], drawable),
    )


def _rebase_notes(points: pd.DataFrame, design: ChartDesign) -> Iterator[str]:
    for rebase in sorted(design.rebases, key=lambda rebase: rebase.period):
        phase = points.loc[points["period"].astype(str) == rebase.period, "phase"].iloc[0]
        yield f"limits restart at {rebase.period}: {rebase.reason} ({rebase.author})"
        if not _shifted(points, phase):
            yield f"no {RUN} points from {rebase.period} lie on one side of the mean before"


def _shifted(points: pd.DataFrame, phase: int) -> bool:
    """Whether the phase opens with seven points strictly on one side of the mean before it."""
    before = points.loc[points["phase"] == phase - 1, "mean"].iloc[0]
    opening = points.loc[points["phase"] == phase, "value"].iloc[:RUN]
    return abs(int(side(opening, before, hair(points["value"])).sum())) == RUN


def _limit_notes(table: pd.DataFrame, design: ChartDesign) -> Iterator[str]:
    if design.baseline is not None:
        yield f"limits set by the first {design.baseline} points of each phase"
        if table["counted"].iloc[-1] < design.baseline:
            yield f"the latest phase has only {table['counted'].iloc[-1]} of them"
    if design.screen:
        yield f"moving ranges of {SCREEN} times their mean or more left out of the limits"


def _gap_notes(points: pd.DataFrame) -> Iterator[str]:
    missing = points["value"].isna()
    if missing.any():
        plural = "period has" if missing.sum() == 1 else "periods have"
        yield f"{missing.sum()} {plural} no value; runs and trends end there"
    if missing.iloc[-1] and not missing.all():
        latest = points.loc[~missing, "period"].iloc[-1]
        yield f"latest value is for {latest}, not {points['period'].iloc[-1]}"


def _count_notes(last: pd.Series, drawable: Status) -> Iterator[str]:
    recorded = f"{last['recorded']:.0f} recorded points in the latest phase"
    if last["recorded"] < FEWEST_FOR_LIMITS:
        yield f"{recorded}; limits need {FEWEST_FOR_LIMITS}"
    elif drawable is Status.TABLE_ONLY:
        yield "no two consecutive periods have values; limits need them"
    elif drawable is Status.TRIAL_LIMITS:
        yield f"trial limits: {recorded}; icons need {FEWEST_FOR_ICONS}"
    if last["mean_range"] == 0:
        yield "no variation recorded; ask whether the data are right"


def _reading_notes(points: pd.DataFrame, last: pd.Series, drawable: Status) -> Iterator[str]:
    if drawable is not Status.CHART:
        return
    latest = points[points["value"].notna()].iloc[-1]
    position = side(points["value"], points["mean"], hair(points["value"]))
    where = position[points["value"].notna()][-1]
    if latest["label"] == SpecialCause.TREND and where == -latest["trend"]:
        rising, above = ("rising", "below") if where < 0 else ("falling", "above")
        yield f"the latest point is in a {rising} trend and lies {above} the mean"
    if last["carryover"] > GATE:
        yield f"carries over from month to month (lag-1 autocorrelation {last['carryover']:.2f})"
