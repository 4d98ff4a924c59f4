"""Small multiples: one little chart a board, all on one scale."""

import pandas as pd
from matplotlib.collections import LineCollection

from oversight_lib.report import formats, systems, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import count, named, shown
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View
from oversight_lib.rules import measures

_COLUMNS, _CELL, _GAP = 3, 52.0, 10.0
_WIDE = (theme.POINTS - (_COLUMNS - 1) * _GAP) / _COLUMNS


@recorded
def by_board(page: View, measure: str) -> Chart | Fragment:
    """Draw a measure of every board of the page over its months, England's mean as a line."""
    rule, rows = measures()[measure], systems.series(page, measure)
    boards = systems.boards(page)
    wide = rows.pivot(index="period", columns="area", values="value").reindex(columns=boards["icb"])
    wide = wide.loc[wide.notna().any(axis=1)].dropna(axis=1, how="all")
    if wide.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.by_board.absent", measure=named(rule.name), absent=absent))
    first, last = (named(systems.month(wide.index[end])) for end in (0, -1))
    told = {"measure": named(rule.name), "unit": named(rule.unit), "first": first, "last": last}
    now = wide.iloc[-1]
    ends = {"lowest": now.idxmin(), "highest": now.idxmax()}
    figures = {end: _figure(measure, str(area), now) for end, area in ends.items()}
    title = say("charts.by_board.title", unit=named(rule.unit), last=last, **figures)
    height = -(-len(wide.columns) // _COLUMNS) * _CELL
    sheet = Sheet(title, say("charts.by_board.subtitle", **told), height)
    _draw(sheet, wide, _england(rows))
    return sheet.chart(_alt(page, wide, measure))


def _figure(measure: str, area: str, figures: pd.Series) -> Bound:
    """Return a board's figure of the period that names the row."""
    at = systems.at(measure, area, figures.name)
    return bound(formats.number(figures[area], 1), at)


def _england(rows: pd.DataFrame) -> float:
    mine = rows.loc[rows["area"] == systems.ENGLAND, "value"]
    return float(mine.mean()) if mine.notna().any() else float("nan")


def _draw(sheet: Sheet, wide: pd.DataFrame, england: float) -> None:
    """Draw all lines at once: a picture of 42 charts is three collections."""
    low, high = float(wide.min().min()), float(wide.max().max())
    steps = max(len(wide) - 1, 1)
    lines, means, ends = [], [], []
    for place, code in enumerate(wide.columns):
        left = (place % _COLUMNS) * (_WIDE + _GAP)
        top = sheet.top + (place // _COLUMNS) * _CELL
        base = top + _CELL - 8
        span = _CELL - theme.LINE - 12

        def y(value: float, base: float = base, span: float = span) -> float:
            return base - span * (value - low) / ((high - low) or 1.0)

        values = wide[code].to_numpy()
        lines.append([(left + 4 + (_WIDE - 8) * n / steps, y(v)) for n, v in enumerate(values)])
        means.append([(left + 4, y(england)), (left + _WIDE - 4, y(england))])
        ends.append(lines[-1][-1])
        sheet.write(left + 2, top + theme.LINE / 2, str(code), weight="bold")
        shown = formats.number(values[-1], 1, "none")
        sheet.write(left + _WIDE - 2, top + theme.LINE / 2, shown, ha="right")
    sheet.axes.add_collection(LineCollection(means, colors=theme.QUIET, linewidths=0.8,
                                             linestyles=[(0, (3, 2))]))  # fmt: skip
    sheet.axes.add_collection(LineCollection(lines, colors=theme.BLUE, linewidths=1.5))
    sheet.axes.plot(*zip(*ends, strict=True), "o", color=theme.BLUE, ms=4)


def _alt(page: View, wide: pd.DataFrame, measure: str) -> Bound:
    """Return every board's first and latest figure in words."""
    told = [_board(measure, str(code), values.dropna()) for code, values in wide.items()]
    charts = count(len(told), "small line chart", shown(page, "by_board", "count"))
    return say("charts.by_board.alt", charts=charts, boards=joined(told, by="; "))


def _board(measure: str, code: str, values: pd.Series) -> Bound:
    first, last = (
        bound(formats.number(values.iloc[end], 1), systems.at(measure, code, values.index[end]))
        for end in (0, -1)
    )
    return say("charts.by_board.board", code=named(code), first=first, last=last)
