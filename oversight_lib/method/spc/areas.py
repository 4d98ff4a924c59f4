"""Control charts of one measure for many areas, as tidy frames."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.frames import CONTROL_POINTS, CONTROL_VERDICTS
from oversight_lib.method.spc.chart import ControlChart, chart, refuse_design, refuse_series
from oversight_lib.method.spc.design import ChartDesign, Rebase, design_problems
from oversight_lib.method.spc.points import declared_problems, regular, series_problems

_FORMS = {"M": r"\d{4}-(?:0[1-9]|1[0-2])", "Y": r"\d{4}"}


def control_points(series: pd.DataFrame, design: ChartDesign) -> pd.DataFrame:
    """Return `CONTROL_POINTS` for a `SERIES` frame: every area's chart, point by point.

    Months or years an area leaves out between its first and last are rows without a value.
    """
    charts = [found.points.assign(area=area) for area, found in _charts(series, design)]
    if not charts:
        return CONTROL_POINTS.empty()
    points = pd.concat(charts, ignore_index=True)
    return CONTROL_POINTS.arrange(points.assign(period=points["period"].astype("str")))


def control_verdicts(series: pd.DataFrame, design: ChartDesign) -> pd.DataFrame:
    """Return `CONTROL_VERDICTS` for a `SERIES` frame: what each area's chart says, one row each."""
    rows = [_verdict(area, found) for area, found in _charts(series, design)]
    return CONTROL_VERDICTS.arrange(pd.DataFrame(rows, columns=CONTROL_VERDICTS.names))


def _verdict(area: str, found: ControlChart) -> dict[str, object]:
    return {
        "area": area,
        "status": found.status.value,
        "variation": found.variation.value,
        "assurance": found.assurance.value,
        "autocorrelation": found.autocorrelation,
        "verb": found.verb_licence.verb.value,
        "verb_reason": found.verb_licence.reason,
        "sustained": found.verb_licence.sustained,
        "notes": "; ".join(found.notes) or pd.NA,
    }


def _charts(series: pd.DataFrame, design: ChartDesign) -> Iterator[tuple[str, ControlChart]]:
    """Yield each area's chart, areas in order, once nothing is wrong with any of them."""
    by_area = _by_area(series)
    refuse_series([p for area, values in by_area for p in series_problems(values, area)])
    regulars = [(area, regular(values)) for area, values in by_area]
    refuse_design(design_problems(design) or _unmatched(regulars, design.rebases))
    designs = [(area, values, _design_of(area, values, design)) for area, values in regulars]
    refuse_design(
        [p for area, values, own in designs for p in declared_problems(values, own, area)]
    )
    return ((area, chart(values, own)) for area, values, own in designs)


def _by_area(series: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    frequency = _frequency(series["period"])
    periods = pd.PeriodIndex(series["period"], freq=frequency)
    indexed = series.set_index(periods)
    return [(str(area), rows["value"]) for area, rows in indexed.groupby("area", sort=True)]


def _frequency(period: pd.Series) -> str:
    matches = {
        frequency: period.str.fullmatch(form).fillna(value=False)
        for frequency, form in _FORMS.items()
    }
    commonest = max(matches, key=lambda frequency: int(matches[frequency].sum()))
    strange = period[~matches[commonest].astype(bool)].unique()
    refuse_series([Problem("period", repr(text), "all as 2025-04, or 2025") for text in strange])
    return commonest


def _unmatched(series: list[tuple[str, pd.Series]], rebases: Sequence[Rebase]) -> list[Problem]:
    """Return the rebases that start a new phase nowhere."""
    return [
        Problem(f"rebase at {rebase.period}", f"no such area as {rebase.area}", "an area at hand")
        if rebase.area is not None
        else Problem(f"rebase at {rebase.period}", "no area spans it", "a period of the series")
        for rebase in rebases
        if not any(_concerns(rebase, area, values) for area, values in series)
    ]


def _concerns(rebase: Rebase, area: str, values: pd.Series) -> bool:
    # An area that opened after a change made everywhere has nothing to restart.
    if rebase.area is not None:
        return rebase.area == area
    return rebase.period in values.index[1:].astype(str)


def _design_of(area: str, values: pd.Series, design: ChartDesign) -> ChartDesign:
    own = [rebase for rebase in design.rebases if _concerns(rebase, area, values)]
    return replace(design, rebases=own)
