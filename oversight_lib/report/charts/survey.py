"""The GP Patient Survey: a board's percentages with their published intervals, beside England's."""

from typing import Any

import pandas as pd

from oversight_lib.frames import SERIES
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import named, out_of, shown
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.survey import questions
from oversight_lib.report.systems import ENGLAND
from oversight_lib.report.views import View

_ROW, _KEY, _EDGE = theme.LINE + 22.0, theme.LINE * 1.4, 12.0


@recorded
def survey(page: View) -> Chart | Fragment:
    """Draw each question's percentage with its 95% interval, and England's as a line."""
    rows = questions(page)
    if rows.empty:
        return notice(say("charts.survey.absent", absent=formats.Absent.NOT_LOADED))
    subtitle = say("charts.survey.subtitle", year=named(rows["period"].iloc[0]), name=page.name)
    sheet = Sheet(_title(page, rows), subtitle, _KEY + _ROW * len(rows) + theme.LINE)
    _key(sheet)
    for place, row in enumerate(rows.to_dict("records")):
        _question(sheet, sheet.top + _KEY + place * _ROW, row)
    return sheet.chart(_alt(rows))


def _title(page: View, rows: pd.DataFrame) -> Bound:
    at = shown(page, "survey", "apart"), shown(page, "survey", "count")
    of = out_of(int(rows["apart"].sum()), len(rows), "question", at)
    return say("charts.survey.title", of=of)


def _key(sheet: Sheet) -> None:
    y = sheet.top + theme.LINE / 2
    sheet.axes.hlines(y, 2, 22, color=theme.BLUE, lw=2)
    sheet.axes.plot([12], [y], "o", color=theme.BLUE, ms=8)
    sheet.write(28, y, "this board")
    sheet.axes.vlines([115], y - 9, y + 9, color=theme.ORANGE, lw=3.5)
    sheet.write(122, y, "England")


def _question(sheet: Sheet, y: float, row: dict[Any, Any]) -> None:
    value, low, high, england = (float(str(row[n])) for n in ("value", "low", "high", "england"))
    sheet.ends(y + theme.LINE / 2, str(row["short"]), f"{formats.number(value, 1)}%")
    middle = y + theme.LINE + 8
    sheet.axes.hlines(middle, _x(0), _x(100), color=theme.QUIET, lw=0.8)
    sheet.axes.vlines(_x(england), middle - 8, middle + 8, color=theme.ORANGE, lw=3.5)
    sheet.axes.hlines(middle, _x(low), _x(high), color=theme.BLUE, lw=3)
    sheet.axes.plot([_x(value)], [middle], "o", color=theme.BLUE, mec=theme.WHITE, ms=8)


def _x(percent: float) -> float:
    return _EDGE + percent / 100 * (theme.POINTS - 2 * _EDGE)


def _alt(rows: pd.DataFrame) -> Bound:
    """Return every question in words, with interval and England."""
    told = [_words(row) for row in rows.to_dict("records")]
    return say("charts.survey.alt", questions=joined(told, by=". "))


def _words(row: dict[Any, Any]) -> Bound:
    here = {"measure": row["measure"], "period": row["period"]}
    mine = {
        column: bound(
            formats.number(row[column], 1), Cell.of(SERIES.name, column, area=row["area"], **here)
        )
        for column in ("value", "low", "high")
    }
    england = Cell.of(SERIES.name, "value", area=ENGLAND, **here)
    return say(
        "charts.survey.question",
        question=named(row["short"]),
        england=bound(formats.number(row["england"], 1), england),
        **mine,
    )
