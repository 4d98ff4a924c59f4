"""One series to one control chart: limits, labels, verdicts, and the verb they license."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from oversight_lib.errors import Problem, RulesError, StoreError
from oversight_lib.method.spc import assurance as verdicts
from oversight_lib.method.spc.carryover import VerbLicence, verb_licence
from oversight_lib.method.spc.design import (
    Better,
    Bounds,
    ChartDesign,
    Rebase,
    TwoSigma,
    design_problems,
)
from oversight_lib.method.spc.limits import phases, with_limits
from oversight_lib.method.spc.notes import notes
from oversight_lib.method.spc.points import (
    declared_problems,
    numbered_points,
    regular,
    series_problems,
)
from oversight_lib.method.spc.rules import with_labels, with_signals


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """A chart's points and what they say of the latest phase.

    `points` has one row a period, gaps included: period, value, target, phase, mean, lower, upper,
    lower_two_sigma, upper_two_sigma, drawn_lower, drawn_upper, the four rules' signals (beyond,
    trend, two_of_three, shift: +1 high or rising, -1 low or falling, 0), label, direction,
    judgement. `autocorrelation` is that of the latest phase but its last six points, None without
    limits, or where those do not vary. `notes` are to be printed with the chart.
    """

    points: pd.DataFrame
    design: ChartDesign
    status: verdicts.Status
    variation: verdicts.Variation
    assurance: verdicts.Assurance
    autocorrelation: float | None
    verb_licence: VerbLicence
    notes: tuple[str, ...]


def control_chart(  # noqa: PLR0913  (an analyst states the whole design in one call)
    values: pd.Series,
    *,
    better: Better,
    two_sigma: TwoSigma = "mdc2023",
    rebases: Sequence[Rebase] = (),
    baseline: int | None = None,
    target: float | pd.Series | None = None,
    bounds: Bounds | None = None,
    screen: bool = False,
    stock: bool = False,
) -> ControlChart:
    """Return the control chart of one series; `ChartDesign` says what each option means.

    `values` is indexed by a `PeriodIndex`, whose missing periods are found, or by anything else in
    order with gaps written as missing values. A gap breaks runs and trends, and no moving range
    crosses it. Fewer than 13 recorded points in the latest phase give trial limits and no icon;
    fewer than 5 no limits. `StoreError` if the values are no series, `RulesError` if the design
    contradicts itself or the series.
    Making Data Count (NHS England); NHSRplotthedots 0.2.2 for the rules' edges.
    """
    design = ChartDesign(better, two_sigma, rebases, baseline, target, bounds, screen, stock)
    return chart(checked(values, design), design)


def checked(values: pd.Series, design: ChartDesign) -> pd.Series:
    """Return the series made regular, or raise with everything wrong with it and its design."""
    refuse_series(series_problems(values))
    series = regular(values)
    refuse_design(design_problems(design) or declared_problems(series, design))
    return series


def refuse_series(problems: Sequence[Problem]) -> None:
    """Raise `StoreError` if there are problems with values."""
    if problems:
        raise StoreError("no control chart: the values are not one series", problems)


def refuse_design(problems: Sequence[Problem]) -> None:
    """Raise `RulesError` if there are problems with what is declared."""
    if problems:
        raise RulesError("no control chart: the design is not possible", problems)


def chart(series: pd.Series, design: ChartDesign) -> ControlChart:
    """Return the control chart of a regular series and a design already checked."""
    plain = numbered_points(series, design)
    table = phases(plain, design)
    limited = with_limits(plain, table, design)
    points = with_labels(with_signals(limited, design.two_sigma), design.better)
    drawable = verdicts.status(table.iloc[-1])
    recorded = points[points["value"].notna()]
    mean_range, carryover = table[["mean_range", "carryover"]].iloc[-1]
    latest = recorded.tail(1).assign(mean_range=mean_range, carryover=carryover)
    return ControlChart(
        points=points,
        design=design,
        status=drawable,
        variation=verdicts.variation(recorded, drawable),
        assurance=verdicts.assurance(points[points["phase"] == table.index[-1]], design, drawable),
        autocorrelation=None if pd.isna(carryover) else float(carryover),
        verb_licence=verb_licence(latest, design, drawable),
        notes=notes(points, table, design, drawable),
    )
