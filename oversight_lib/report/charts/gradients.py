"""Gradients: an indicator's deprivation groups with intervals, and the line fitted through them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from oversight_lib.frames import BREAKDOWN_FIGURES
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.inequalities import LIKE_FOR_LIKE, Gradient
from oversight_lib.report.inequalities import gradients as gradients_of
from oversight_lib.report.numbers import count, named, shown
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_LEFT, _RIGHT = 128.0, 62.0
_ROW = 26.0
_HEAD = 2.4 * theme.LINE
_FOOT = 1.6 * theme.LINE
_KEY = 1.3 * theme.LINE
_SPACE = 8.0


@recorded
def gradients(page: View) -> Chart | Fragment:
    """Draw every indicator of the page's area by deprivation group, most deprived first."""
    found = [gradient for gradient in gradients_of(page) if gradient.rows["value"].notna().any()]
    if not found:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.gradients.absent", name=page.name, absent=absent))
    subtitle = say("charts.gradients.subtitle", name=page.name)
    heights = [_HEAD + len(gradient.rows) * _ROW + _FOOT for gradient in found]
    sheet = Sheet(_title(page, found), subtitle, _KEY + sum(heights) + _SPACE * (len(found) - 1))
    _key(sheet)
    y = sheet.top + _KEY
    for gradient, height in zip(found, heights, strict=True):
        _panel(sheet, y, gradient)
        y += height + _SPACE
    return sheet.chart(joined(_alt(gradient) for gradient in found))


def _title(page: View, found: list[Gradient]) -> Bound:
    if len(found) > 1:
        number = count(len(found), "indicator", shown(page, "gradient_groups", "indicators"))
        return say("charts.gradients.many", indicators=number)
    one = found[0]
    most, least = (_figure(one, one.rows.iloc[end]) for end in (0, -1))
    named_ = named(one.indicator["short"])
    told = {"indicator": named_, "group": one.groups, "most": most, "least": least}
    return say("charts.gradients.one", **told)


def _key(sheet: Sheet) -> None:
    y = sheet.top + theme.LINE / 2
    sheet.axes.hlines(y, 4, 32, color=theme.BLUE, lw=2.5)
    sheet.axes.plot([18], [y], "o", color=theme.BLUE, mec=theme.WHITE, ms=9)
    sheet.write(38, y, "figure, interval")
    sheet.axes.hlines(y, 170, 200, color=theme.ORANGE, lw=2, ls=(0, (4, 2)))
    sheet.write(206, y, "fitted line")


def _panel(sheet: Sheet, y: float, gradient: Gradient) -> None:
    sheet.write(2, y + theme.LINE * 0.7, str(gradient.indicator["short"]), weight="bold")
    unit = formats.unit(str(gradient.indicator["unit"]))
    sheet.write(2, y + theme.LINE * 1.7, f"{gradient.period}; {unit}", color=theme.GREY)
    low, high = _span(gradient)
    first = y + _HEAD + _ROW / 2
    _fitted(sheet, gradient, first, (low, high))
    for place, row in enumerate(gradient.rows.to_dict("records")):
        middle = first + place * _ROW
        sheet.write(2, middle, _label(place + 1, gradient))
        _mark(sheet, middle, row, (low, high))
        words = _figure(gradient, row) if pd.notna(row["value"]) else str(row["symbol"])
        sheet.write(theme.POINTS - 2, middle, words, ha="right")
    _axis(sheet, y + _HEAD + len(gradient.rows) * _ROW, (low, high))


def _label(place: int, gradient: Gradient) -> str:
    ends = {1: "first", len(gradient.rows): "last"}
    if place in ends:
        return say(f"charts.gradients.{ends[place]}", number=named(place))
    return named(f"{gradient.groups} {place}")


def _span(gradient: Gradient) -> tuple[float, float]:
    """Return a range that holds every interval and the line, its ends whole numbers."""
    rows = gradient.rows.dropna(subset=["value"])
    half = rows["half"].fillna(0)
    ends = pd.Series([(rows["value"] - half).min(), (rows["value"] + half).max()])
    slope = gradient.measures.get("sii_local")
    if slope is not None:
        ends = pd.concat([ends, slope[["most_deprived_end", "least_deprived_end"]].astype(float)])
    return float(ends.min() // 1), float(-(-ends.max() // 1))


def _x(value: float, span: tuple[float, float]) -> float:
    width = theme.POINTS - _LEFT - _RIGHT
    return _LEFT + (value - span[0]) / max(span[1] - span[0], 1e-9) * width


def _mark(sheet: Sheet, y: float, row: Mapping[Any, Any], span: tuple[float, float]) -> None:
    sheet.axes.hlines(y, _LEFT, theme.POINTS - _RIGHT, color=theme.QUIET, lw=0.6)
    if pd.isna(row["value"]):
        return
    half = 0.0 if pd.isna(row["half"]) else row["half"] * LIKE_FOR_LIKE
    ends = [_x(row["value"] - half, span), _x(row["value"] + half, span)]
    sheet.axes.hlines(y, ends[0], ends[1], color=theme.BLUE, lw=2.5, zorder=4)
    sheet.axes.vlines(ends, y - 5, y + 5, color=theme.BLUE, lw=2, zorder=4)
    x = _x(row["value"], span)
    sheet.axes.plot([x], [y], "o", color=theme.BLUE, mec=theme.WHITE, ms=9, zorder=5)


def _fitted(sheet: Sheet, gradient: Gradient, first: float, span: tuple[float, float]) -> None:
    """Draw the line: each group’s place among the people, and the fitted value there."""
    slope = gradient.measures.get("sii_local")
    if slope is None:
        return
    people = gradient.rows["population"]
    rank = (people.cumsum() - people / 2) / people.sum()
    fitted = slope["most_deprived_end"] + rank * slope["slope"]
    xs = [_x(float(value), span) for value in fitted]
    ys = [first + place * _ROW for place in range(len(xs))]
    sheet.axes.plot(xs, ys, color=theme.ORANGE, lw=2, ls=(0, (4, 2)), zorder=3)


def _axis(sheet: Sheet, y: float, span: tuple[float, float]) -> None:
    sheet.axes.hlines(y, _LEFT, theme.POINTS - _RIGHT, color=theme.TEXT, lw=1)
    for value, side in zip(span, ("left", "right"), strict=True):
        x = _LEFT if side == "left" else theme.POINTS - _RIGHT
        sheet.write(x, y + theme.LINE * 0.7, formats.whole(value), ha=side)


def _figure(gradient: Gradient, row: Mapping[Any, Any] | pd.Series) -> Bound:
    """Return a group's figure; that there is none, in words."""
    if pd.isna(row["value"]):
        return say("charts.gradients.unknown")
    percent = "%" if gradient.indicator["unit"] == "percent" else ""
    key = {name: row[name] for name in BREAKDOWN_FIGURES.key}
    words = f"{formats.number(row['value'], 1)}{percent}"
    return bound(words, Cell.of(BREAKDOWN_FIGURES.name, "value", **key))


def _alt(gradient: Gradient) -> Bound:
    """Return every group in words, from the rows that were drawn."""
    told = [
        say("charts.gradients.group", group=_label(place, gradient), value=_figure(gradient, row))
        for place, row in enumerate(gradient.rows.to_dict("records"), 1)
    ]
    of = {"indicator": named(gradient.indicator["short"]), "period": named(gradient.period)}
    return say("charts.gradients.alt", groups=joined(told, by="; "), **of)
