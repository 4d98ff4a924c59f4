"""What a page says about systems: its series, control charts, tests and boards."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pandas as pd

from oversight_lib.frames import CONTEXT, CONTEXT_FIGURES, ICBS, SERIES, Frame
from oversight_lib.method.cells import Cell
from oversight_lib.method.spc import ControlChart, control_chart
from oversight_lib.periods import Month
from oversight_lib.report.views import View
from oversight_lib.rules import measures
from oversight_lib.rules.context import Context, Measure, load_context

ENGLAND = "ENG"


@dataclass(frozen=True)
class Charted:
    """One measure of one area as a control chart, from the first month with a figure."""

    measure: Measure
    chart: ControlChart

    @cached_property
    def recorded(self) -> pd.DataFrame:
        """The points that have a figure."""
        return self.chart.points[self.chart.points["value"].notna()]

    @property
    def latest(self) -> pd.Series:
        """The latest point that has a figure."""
        return self.recorded.iloc[-1]


def rules(page: View) -> Context | None:
    """Return the contextual tests of the page's framework year, if it has any."""
    return load_context(page.quarter.year)


def area(page: View) -> str:
    """Return the code under which series know what a page is about."""
    return ENGLAND if page.kind == "england" else page.code


def series(page: View, measure: str) -> pd.DataFrame:
    """Return every area's rows of one measure, `frames.SERIES`."""
    return page.once(
        ("series", measure), lambda every: every.assessment.rows(SERIES, measure=[measure])
    )


def own_series(page: View, measure: str, code: str) -> pd.DataFrame:
    """Return an area's rows of one measure, `frames.SERIES`."""
    key = ("series", measure, code)
    if key not in page.kept:
        page.kept[key] = page.assessment.rows(SERIES, measure=[measure], area=[code])
    return cast(pd.DataFrame, page.kept[key])


def at(measure: str, area: str, period: object) -> Cell:
    """Return where an area's figure of one period stands."""
    return Cell.of(SERIES.name, "value", measure=measure, area=area, period=period)


def charted(page: View, measure: str, code: str | None = None) -> Charted | None:
    """Return the control chart of a monthly measure of an area; None where nothing is loaded."""
    key = ("charted", measure, code or area(page))
    if key not in page.kept:
        page.kept[key] = _charted(page, measure, key[2])
    return cast(Charted | None, page.kept[key])


def _charted(page: View, measure: str, code: str) -> Charted | None:
    mine = own_series(page, measure, code).sort_values("period")
    recorded = mine[mine["value"].notna()]
    if recorded.empty:
        return None
    shown = mine[mine["period"] >= recorded["period"].iloc[0]]
    values = pd.Series(shown["value"].to_numpy(), pd.PeriodIndex(shown["period"], freq="M"))
    rule = measures()[measure]
    made = control_chart(
        values, better=rule.better, target=rule.target, bounds=rule.bounds, stock=rule.stock
    )
    return Charted(rule, made)


def month(period: object) -> str:
    """Return a month of a series in words: June 2025."""
    return Month(*map(int, str(period).split("-"))).label


def boards(page: View) -> pd.DataFrame:
    """Return the boards of the quarter that belong to the page, by name; `frames.ICBS`."""
    if page.kind == "england":
        mine = page.assessment.table(ICBS)
    else:
        mine = page.assessment.rows(ICBS, **{page.kind: [page.code]})
    return mine.sort_values("name", ignore_index=True)


def tests(page: View) -> pd.DataFrame:
    """Return the contextual tests of the page's boards, `frames.CONTEXT`."""
    return _of_boards(page, CONTEXT)


def figures(page: View) -> pd.DataFrame:
    """Return the figures behind the tests of the page's boards, `frames.CONTEXT_FIGURES`."""
    return _of_boards(page, CONTEXT_FIGURES)


def _of_boards(page: View, frame: Frame) -> pd.DataFrame:
    return page.assessment.rows(frame, icb=list(boards(page)["icb"]))


def latest(page: View, measure: str) -> pd.DataFrame:
    """Return each board's figure of the latest period that has any, with its quarter of boards.

    Has `icb`, `name`, `region`, `period`, `value`, `quarter`: 1 is the lowest quarter of the
    boards that have a figure, ties in the lower one; and `number`, each board's place by name.
    """
    rows = series(page, measure)
    of_boards = rows[rows["area"].isin(page.assessment.table(ICBS)["icb"]) & rows["value"].notna()]
    last = of_boards[of_boards["period"] == of_boards["period"].max()]
    named = boards(page).merge(
        last[["area", "period", "value"]], left_on="icb", right_on="area", how="left"
    )
    cuts = last["value"].quantile([0.25, 0.5, 0.75])
    above = sum(named["value"].gt(cut).astype(int) for cut in cuts)
    return named.assign(
        quarter=pd.Series(above, named.index).add(1).where(named["value"].notna()).astype("Int64"),
        number=range(1, len(named) + 1),
    ).drop(columns="area")
