"""The GP Patient Survey: a board's percentages with their published intervals, beside England's."""

from typing import Any

import pandas as pd

from oversight_lib.report import formats, theme
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.survey import questions
from oversight_lib.report.views import View

_ROW, _KEY, _EDGE = theme.LINE + 22.0, theme.LINE * 1.4, 12.0


def survey(page: View) -> Chart | Fragment:
    """Draw each question's percentage with its 95% interval, and England's as a line."""
    rows = questions(page)
    if rows.empty:
        return notice(f"GP Patient Survey: {formats.Absent.NOT_LOADED}.")
    apart = int(rows["apart"].sum())
    title = f"Interval apart from England’s in {formats.out_of(apart, len(rows), 'question')}"
    subtitle = f"GP Patient Survey {rows['period'].iloc[0]}, percent, {page.name}; 95% intervals"
    sheet = Sheet(title, subtitle, _KEY + _ROW * len(rows) + theme.LINE)
    _key(sheet)
    for place, row in enumerate(rows.to_dict("records")):
        _question(sheet, sheet.top + _KEY + place * _ROW, row)
    return sheet.chart(_alt(rows))


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


def _alt(rows: pd.DataFrame) -> str:
    """Return every question in words, with interval and England."""
    told = [
        f"{row['short']}: {formats.number(row['value'], 1)}, {formats.number(row['low'], 1)} to "
        f"{formats.number(row['high'], 1)}; England {formats.number(row['england'], 1)}"
        for row in rows.to_dict("records")
    ]
    return f"Marks from 0 to 100 percent. {'. '.join(told)}."
