"""Caterpillars: every trust's average with its range, one row a trust, over the segments."""

from itertools import pairwise

import pandas as pd

from oversight_lib.report import formats, theme
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.ranges import cuts, touched
from oversight_lib.report.views import View

_EDGE = 14.0
_ROW = 6.0
_KEY = theme.LINE * 2.4
_HEAD = theme.LINE * 1.2


def caterpillar(page: View, trust_type: str) -> Chart | Fragment:
    """Draw the averages of a trust type with their ranges, the average nearest 1 at the top."""
    kind, rows = page.type_names[trust_type], touched(page, trust_type)
    if rows.empty:
        return notice(f"Ranges of {kind.lower()} trusts: {formats.Absent.NOT_LOADED}.")
    many = int(rows["segments"].gt(1).sum())
    base = formats.out_of(many, len(rows), "trust")
    title = f"The range of {base} touches more than one segment"
    measure = "Average score and the range across its own metrics"
    subtitle = f"{measure}, {kind.lower()} trusts; 1 is best, 4 is lowest; {page.name}, "
    sheet = Sheet(title, subtitle + page.period, _KEY + _HEAD + len(rows) * _ROW + theme.LINE * 1.5)
    _key(sheet)
    top = sheet.top + _KEY + _HEAD
    bottom = top + len(rows) * _ROW + 4
    _bands(sheet, cuts(page)["cut"].tolist(), top, bottom)
    _rows(sheet, rows, top)
    _axis(sheet, bottom)
    return sheet.chart(_alt(rows))


def _key(sheet: Sheet) -> None:
    """Say what the marks are, above them."""
    first, second = sheet.top + theme.LINE / 2, sheet.top + theme.LINE * 1.6
    sheet.axes.hlines([first], 2, 30, color=theme.QUIET, lw=2.5)
    sheet.axes.plot([16], [first], "o", color=theme.BLUE, ms=6)
    sheet.write(38, first, "average with its range")
    sheet.axes.plot([16], [second], "D", color=theme.ORANGE, mec=theme.TEXT, ms=6, mew=0.8)
    sheet.write(38, second, "segment set by the override")


def _bands(sheet: Sheet, ends: list[float], top: float, bottom: float) -> None:
    """Draw the segments as bands, each with its number above it."""
    edges = [_EDGE, *(_x(pd.Series(ends)).tolist()), theme.POINTS - _EDGE]
    for segment, (left, right) in enumerate(pairwise(edges), 1):
        if segment % 2 == 0:
            sheet.axes.fill_between(
                [left, right], top - 2, bottom, color=theme.QUIET, alpha=0.15, lw=0
            )
        words = f"Segment {segment}" if segment == 1 else str(segment)
        sheet.write((left + right) / 2, top - _HEAD / 2, words, ha="center", color=theme.GREY)


def _rows(sheet: Sheet, rows: pd.DataFrame, top: float) -> None:
    y = pd.Series(range(len(rows))) * _ROW + top + _ROW / 2
    low, high, middle = (_x(rows[name]) for name in ("average_low", "average_high", "average"))
    moved = rows["adjusted"].ne(rows["unadjusted"]).fillna(False).astype(bool)
    sheet.axes.hlines(y, low, high, color=theme.QUIET, lw=2)
    sheet.axes.plot(middle[~moved], y[~moved], "o", color=theme.BLUE, ms=4.5)
    sheet.axes.plot(
        middle[moved], y[moved], "D", color=theme.ORANGE, mec=theme.TEXT, ms=4.5, mew=0.8
    )


def _x(averages: pd.Series) -> pd.Series:
    return _EDGE + (averages.astype(float) - 1) / 3 * (theme.POINTS - 2 * _EDGE)


def _axis(sheet: Sheet, y: float) -> None:
    words = {1: ("1 best", "left", 2.0), 2: ("2", "center", _x(pd.Series([2])).iloc[0]),
             3: ("3", "center", _x(pd.Series([3])).iloc[0]),
             4: ("4 lowest", "right", theme.POINTS - 2)}  # fmt: skip
    for text, align, x in words.values():
        sheet.write(float(x), y + theme.LINE * 0.7, text, ha=align)


def _alt(rows: pd.DataFrame) -> str:
    """Return the extremes and how many segments the ranges touch, from the rows drawn."""
    counts = rows["segments"].value_counts().sort_index()
    told = [
        f"{formats.count(int(many), 'trust')} with a range that touches "
        f"{formats.count(segments, 'segment')}"
        for segments, many in zip(counts.index.astype(int), counts, strict=True)
    ]
    lowest, highest = (formats.average(rows["average"].agg(end)) for end in ("min", "max"))
    return (
        f"Rows from 1 to 4, ordered by average, which goes from {lowest} to {highest}. "
        f"{formats.sentence(formats.listed(told))}"
    )
