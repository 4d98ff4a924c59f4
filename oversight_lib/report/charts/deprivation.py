"""Deprivation of a population, of its boards, and of the boards that trusts serve."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import pandas as pd

from oversight_lib.frames import FINDINGS
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.inequalities import boards, deciles
from oversight_lib.report.inequalities import served as served_of
from oversight_lib.report.numbers import count, found, named, shown
from oversight_lib.report.numbers import segment as segment_of
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_BARS = 120.0
_NAME_WIDTH = 42
_ROW = 2.2 * theme.LINE
_STRIP = 44.0
_FIFTH = "core20_share"
_KEY = 1.3 * theme.LINE


@recorded
def deprivation(page: View) -> Chart | Fragment:
    """Draw the page's small areas by national decile of deprivation, beside England's."""
    rows = deciles(page)
    if rows.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.deprivation.absent", name=page.name, absent=absent))
    first = float(rows.loc[rows["decile"] <= 2, "share"].sum())
    title = say("charts.deprivation.title", share=bound(_percent(first), found(page, _FIFTH)))
    subtitle = say("charts.deprivation.subtitle", name=page.name)
    sheet = Sheet(title, subtitle, _KEY + _BARS + 3.2 * theme.LINE)
    _key_of_bars(sheet)
    base = sheet.top + _KEY + theme.LINE + _BARS
    scale = _BARS / float(max(rows["share"].max(), rows["england"].max()))
    for place, row in enumerate(rows.to_dict("records")):
        _bar(sheet, base, place, row, scale)
    sheet.ends(base + theme.LINE * 1.7, "1 is the most deprived", "10 the least")
    return sheet.chart(_alt(page, rows))


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


def _alt(page: View, rows: pd.DataFrame) -> Bound:
    told = [
        say("charts.deprivation.tenth", tenth=named(row["decile"]),
            share=bound(_percent(row["share"]),
                        shown(page, "deprivation", "share", decile=row["decile"])))
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return say("charts.deprivation.alt", tenths=joined(told, by="; "))


@recorded
def deprivation_by_board(page: View) -> Chart | Fragment:
    """Draw each board's share of small areas in the most deprived fifth, in alphabetical order."""
    rows = boards(page)
    if rows.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.deprivation_by_board.absent", name=page.name, absent=absent))
    subtitle = say("charts.deprivation_by_board.subtitle", name=page.name)
    names = [wrap(str(name), _NAME_WIDTH) for name in rows["name"]]
    extra = sum(len(lines) - 1 for lines in names) * theme.LINE
    sheet = Sheet(_title_of_boards(rows), subtitle, len(rows) * _ROW + extra)
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
    told = [
        say("charts.deprivation_by_board.board", board=named(row["name"]), share=_fifth(row))
        for row in rows.to_dict("records")
    ]
    return sheet.chart(say("charts.deprivation_by_board.alt", boards=joined(told, by="; ")))


def _title_of_boards(rows: pd.DataFrame) -> Bound:
    ordered = rows.sort_values(["fifth", "area"])
    highest = _fifth(ordered.iloc[-1])
    if len(rows) == 1:
        return say("charts.deprivation_by_board.title_one", highest=highest)
    lowest = _fifth(ordered.iloc[0])
    return say("charts.deprivation_by_board.title", lowest=lowest, highest=highest)


def _fifth(row: Mapping[Any, Any] | pd.Series) -> Bound:
    """Return a board's share of small areas in the most deprived fifth."""
    key = {"page": "icb", "code": row["area"], "kind": _FIFTH, "item": "all"}
    return bound(_percent(row["fifth"]), Cell.of(FINDINGS.name, "value", **key))


@recorded
def served(page: View) -> Chart | Fragment:
    """Draw the trusts of each segment by how deprived the boards are that they serve."""
    rows = served_of(page).dropna(subset=["adjusted"])
    if rows.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.served.absent", name=page.name, absent=absent))
    medians = rows.groupby("adjusted")["most_deprived_fifth"].median()
    subtitle = say("charts.served.subtitle", name=page.name, period=page.period)
    height = _KEY + len(medians) * _STRIP + 1.2 * theme.LINE
    sheet = Sheet(_title_of_strips(page, medians), subtitle, height)
    _key_of_strips(sheet)
    for place, segment in enumerate(medians.index):
        mine = rows[rows["adjusted"] == segment]
        _strip(sheet, sheet.top + _KEY + place * _STRIP, int(segment), mine)
    foot = sheet.top + _KEY + len(medians) * _STRIP + theme.LINE / 2
    sheet.ends(foot, "0%", "50%")
    return sheet.chart(_alt_of_strips(page, rows))


def _title_of_strips(page: View, medians: "pd.Series[float]") -> Bound:
    first, last = medians.sort_values().iloc[[0, -1]].items()
    return say(
        "charts.served.title",
        lowest=_of_segment(page, "median", first[0], first[1]),
        first=segment_of(first[0]),
        highest=_of_segment(page, "median", last[0], last[1]),
        last=segment_of(last[0]),
    )


def _of_segment(page: View, column: str, segment: object, share: float) -> Bound:
    return bound(_percent(share), shown(page, "served_by_segment", column, segment=segment))


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


def _alt_of_strips(page: View, rows: pd.DataFrame) -> Bound:
    shares = rows.groupby("adjusted")["most_deprived_fifth"]
    told = [_strip_in_words(page, segment, mine) for segment, mine in shares]
    return say("charts.served.alt", segments=joined(told, by=". "))


def _strip_in_words(page: View, segment: object, shares: "pd.Series[float]") -> Bound:
    at = shown(page, "served_by_segment", "trusts", segment=segment)
    return say(
        "charts.served.segment",
        segment=segment_of(segment),
        trusts=count(len(shares), "trust", at),
        lowest=_of_segment(page, "lowest", segment, shares.min()),
        highest=_of_segment(page, "highest", segment, shares.max()),
        median=_of_segment(page, "median", segment, shares.median()),
    )


def _percent(share: float) -> str:
    return f"{formats.number(100 * share, 1)}%"
