"""Caterpillars: every trust's average with its range, one row a trust, over the segments."""

from itertools import pairwise

import pandas as pd

from oversight_lib.frames import OVERALL, SEGMENTS
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats, theme
from oversight_lib.report.bound import Bound, bound, listed, sentence
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import count, found, named, out_of, shown
from oversight_lib.report.ranges import cuts, touched
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_EDGE = 14.0
_ROW = 6.0
_KEY = theme.LINE * 2.4
_HEAD = theme.LINE * 1.2


@recorded
def caterpillar(page: View, trust_type: str) -> Chart | Fragment:
    """Draw the averages of a trust type with their ranges, the average nearest 1 at the top."""
    kind, rows = page.type_names[trust_type].lower(), touched(page, trust_type)
    if rows.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.caterpillar.absent", kind=kind, absent=absent))
    height = _KEY + _HEAD + len(rows) * _ROW + theme.LINE * 1.5
    told = {"kind": kind, "name": page.name, "period": page.period}
    subtitle = say("charts.caterpillar.subtitle", **told)
    sheet = Sheet(_title(page, trust_type, rows), subtitle, height)
    _key(sheet)
    top = sheet.top + _KEY + _HEAD
    bottom = top + len(rows) * _ROW + 4
    _bands(sheet, cuts(page)["cut"].tolist(), top, bottom)
    _rows(sheet, rows, top)
    _axis(sheet, bottom)
    return sheet.chart(_alt(page, trust_type, rows))


def _title(page: View, kind: str, rows: pd.DataFrame) -> Bound:
    at = found(page, "ranges_crossing", kind), found(page, "ranges_crossing", kind, column="n")
    of = out_of(int(rows["segments"].gt(1).sum()), len(rows), "trust", at)
    return say("charts.caterpillar.title", of=of)


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


def _alt(page: View, kind: str, rows: pd.DataFrame) -> Bound:
    """Return the extremes and how many segments the ranges touch, from the rows drawn."""
    counts = rows["segments"].value_counts().sort_index()
    told = [
        say("charts.caterpillar.touched", segments=named(formats.count(segments, "segment")),
            trusts=count(int(many), "trust",
                         shown(page, "range_widths", "trusts", trust_type=kind, segments=segments)))
        for segments, many in zip(counts.index.astype(int), counts, strict=True)
    ]  # fmt: skip
    ends = {"lowest": rows.iloc[0], "highest": rows.iloc[-1]}
    return say("charts.caterpillar.alt", touched=sentence(listed(told)), **{
        end: bound(formats.average(row["average"]),
                   Cell.of(SEGMENTS.name, "average", org=row["org"], scope=OVERALL))
        for end, row in ends.items()
    })  # fmt: skip
