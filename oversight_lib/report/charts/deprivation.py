"""Deprivation of a population, of its boards, and of the boards that trusts serve."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import pandas as pd

from oversight_lib.report import formats, theme
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.inequalities import boards, deciles
from oversight_lib.report.inequalities import served as served_of
from oversight_lib.report.views import View

_BARS = 120.0
_NAME_WIDTH = 42
_ROW = 2.2 * theme.LINE
_STRIP = 44.0
_KEY = 1.3 * theme.LINE
_DATA = "Index of Multiple Deprivation 2025, small areas counted"


def deprivation(page: View) -> Chart | Fragment:
    """Draw the page's small areas by national decile of deprivation, beside England's."""
    rows = deciles(page)
    if rows.empty:
        return notice(f"Deprivation of {page.name}: {formats.Absent.NOT_LOADED}.")
    first = float(rows.loc[rows["decile"] <= 2, "share"].sum())
    title = f"{_percent(first)} of small areas are in England’s most deprived fifth"
    subtitle = f"Share of small areas in each national tenth, {page.name}. {_DATA}"
    sheet = Sheet(title, subtitle, _KEY + _BARS + 3.2 * theme.LINE)
    _key_of_bars(sheet)
    base = sheet.top + _KEY + theme.LINE + _BARS
    scale = _BARS / float(max(rows["share"].max(), rows["england"].max()))
    for place, row in enumerate(rows.to_dict("records")):
        _bar(sheet, base, place, row, scale)
    sheet.ends(base + theme.LINE * 1.7, "1 is the most deprived", "10 the least")
    return sheet.chart(_alt(rows))


def _key_of_bars(sheet: Sheet) -> None:
    y = sheet.top + theme.LINE / 2
    sheet.axes.barh([y], [16], height=11, left=4, color=theme.BLUE)
    sheet.write(26, y, "this area")
    sheet.axes.hlines(y, 120, 144, color=theme.ORANGE, lw=3.5)
    sheet.write(150, y, "England")


def _bar(sheet: Sheet, base: float, place: int, row: Mapping[Any, Any], scale: float) -> None:
    step = theme.POINTS / 10
    x = place * step + step / 2
    top = base - row["share"] * scale
    sheet.axes.bar([x], [row["share"] * scale], width=step - 9, bottom=top, color=theme.BLUE)
    england = base - row["england"] * scale
    # White beneath, so that the line shows on the bar for those who see no colour.
    sheet.axes.hlines(england, x - step / 2 + 2, x + step / 2 - 2, color=theme.WHITE, lw=6)
    sheet.axes.hlines(england, x - step / 2 + 2, x + step / 2 - 2, color=theme.ORANGE, lw=3.5)
    words = formats.number(100 * row["share"], 0) + "%"
    sheet.write(x, min(top, england) - theme.LINE / 2, words, ha="center")
    sheet.write(x, base + theme.LINE * 0.7, str(int(row["decile"])), ha="center")


def _alt(rows: pd.DataFrame) -> str:
    told = [f"{row['decile']}: {_percent(row['share'])}" for row in rows.to_dict("records")]
    return f"Bars from the most to the least deprived tenth. {'; '.join(told)}. England: 10% each."


def deprivation_by_board(page: View) -> Chart | Fragment:
    """Draw each board's share of small areas in the most deprived fifth, in alphabetical order."""
    rows = boards(page)
    if rows.empty:
        return notice(f"Deprivation by board, {page.name}: {formats.Absent.NOT_LOADED}.")
    lowest, highest = _percent(rows["fifth"].min()), _percent(rows["fifth"].max())
    title = f"Boards have from {lowest} to {highest} of small areas in the most deprived fifth"
    if len(rows) == 1:
        title = f"{highest} of small areas are in the most deprived fifth"
    subtitle = f"Boards of {page.name} in alphabetical order. {_DATA}"
    names = [wrap(str(name), _NAME_WIDTH) for name in rows["name"]]
    extra = sum(len(lines) - 1 for lines in names) * theme.LINE
    sheet = Sheet(title, subtitle, len(rows) * _ROW + extra)
    scale = (theme.POINTS - 60) / float(max(rows["fifth"].max(), 0.01))
    y = sheet.top
    for lines, part in zip(names, rows["fifth"], strict=True):
        for line in lines:
            sheet.write(2, y + theme.LINE * 0.6, line)
            y += theme.LINE
        sheet.axes.barh(
            [y + theme.LINE * 0.55], [part * scale], height=11, left=2, color=theme.BLUE
        )
        sheet.write(part * scale + 6, y + theme.LINE * 0.55, _percent(part))
        y += _ROW - theme.LINE
    told = [f"{row['name']}: {_percent(row['fifth'])}" for row in rows.to_dict("records")]
    return sheet.chart(f"Bars. {'; '.join(told)}.")


def served(page: View) -> Chart | Fragment:
    """Draw the trusts of each segment by how deprived the boards are that they serve."""
    rows = served_of(page).dropna(subset=["adjusted"])
    if rows.empty:
        return notice(
            f"Deprivation of the people that trusts of {page.name} serve: "
            f"{formats.Absent.NOT_LOADED}."
        )
    medians = rows.groupby("adjusted")["most_deprived_fifth"].median()
    ends = medians.sort_values().iloc[[0, -1]].items()
    words = [f"{_percent(share)} in segment {segment}" for segment, share in ends]
    title = f"The median goes from {words[0]} to {words[-1]}"
    subtitle = (
        "Share of small areas in England’s most deprived fifth, mean of the boards a trust’s "
        f"admissions come from; {page.name}, {page.period}"
    )
    sheet = Sheet(title, subtitle, _KEY + len(medians) * _STRIP + 1.2 * theme.LINE)
    _key_of_strips(sheet)
    for place, segment in enumerate(medians.index):
        mine = rows[rows["adjusted"] == segment]
        _strip(sheet, sheet.top + _KEY + place * _STRIP, int(segment), mine)
    foot = sheet.top + _KEY + len(medians) * _STRIP + theme.LINE / 2
    sheet.ends(foot, "0%", "50%")
    return sheet.chart(_alt_of_strips(rows))


def _key_of_strips(sheet: Sheet) -> None:
    y = sheet.top + theme.LINE / 2
    sheet.axes.vlines([6], y - 6, y + 6, color=theme.BLUE, lw=1.6)
    sheet.write(12, y, "a trust")
    sheet.axes.vlines([80], y - 9, y + 9, color=theme.ORANGE, lw=4)
    sheet.write(87, y, "median")


def _strip(sheet: Sheet, y: float, segment: int, rows: pd.DataFrame) -> None:
    median = float(rows["most_deprived_fifth"].median())
    words = f"median {_percent(median)}" if len(rows) > 1 else _percent(median)
    sheet.ends(y + theme.LINE / 2, f"Segment {segment}, {formats.count(len(rows), 'trust')}", words)
    middle = y + theme.LINE + 12
    sheet.axes.hlines(middle, 2, theme.POINTS - 2, color=theme.QUIET, lw=0.8)
    xs = _across(rows["most_deprived_fifth"])
    sheet.axes.plot(xs, [middle] * len(xs), "|", color=theme.BLUE, ms=14, mew=1.6)
    if len(rows) > 1:
        sheet.axes.vlines(_across(pd.Series([median])), middle - 11, middle + 11,
                          color=theme.ORANGE, lw=4, zorder=4)  # fmt: skip


def _across(shares: "pd.Series[float]") -> list[float]:
    return [2 + float(share) / 0.5 * (theme.POINTS - 4) for share in shares]


def _alt_of_strips(rows: pd.DataFrame) -> str:
    told = [
        f"Segment {segment}: {formats.count(len(mine), 'trust')} from "
        f"{_percent(mine['most_deprived_fifth'].min())} to "
        f"{_percent(mine['most_deprived_fifth'].max())}, "
        f"median {_percent(mine['most_deprived_fifth'].median())}"
        for segment, mine in rows.groupby("adjusted")
    ]
    return f"Strips from 0% to 50%. {'. '.join(told)}."


def _percent(share: float) -> str:
    return f"{formats.number(100 * share, 1)}%"
