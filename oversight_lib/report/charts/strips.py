"""Strips: averages of many trusts on a line from 1 to 4, some of them marked, with the cuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from oversight_lib.report import theme
from oversight_lib.report.charts.canvas import Sheet
from oversight_lib.report.profiles import Profile

_EDGE = 14.0
_STRIP = 22.0
_GAP = 16.0
_ROW = theme.LINE + _STRIP + _GAP
_KEY = theme.LINE * 1.3
_DASHES = (0, (2, 2))
_WORDS_OF_ENDS = {1: "1 best", 4: "4 lowest"}


@dataclass(frozen=True)
class Strip:
    """One line: a profile, what is written at its right end, and the cuts, as the frame CUTS.

    Everybody of the crowd is a thin line, its median a thick one, mine are dots.
    """

    profile: Profile
    right: str
    cuts: pd.DataFrame
    dots: bool = True


def height(how_many: int) -> float:
    """Return how high strips are, with their key and the axis under them, in points."""
    return _KEY + how_many * _ROW + theme.LINE


def draw(sheet: Sheet, strips: Sequence[Strip]) -> None:
    """Draw the strips one below the other, and one axis under them."""
    _key(sheet, dots=any(strip.dots for strip in strips))
    for number, strip in enumerate(strips):
        y = sheet.top + _KEY + number * _ROW
        sheet.ends(y + theme.LINE / 2, strip.profile.name, strip.right)
        _strip(sheet, y + theme.LINE + _STRIP / 2, strip)
    _axis(sheet, sheet.top + _KEY + len(strips) * _ROW)


def _key(sheet: Sheet, *, dots: bool) -> None:
    """Say what the marks are, above them."""
    y, axes = sheet.top + theme.LINE / 2, sheet.axes
    axes.vlines([6], y - 6, y + 6, color=theme.QUIET, lw=0.9)
    sheet.write(12, y, "a trust")
    axes.vlines([80], y - 9, y + 9, color=theme.ORANGE, lw=3.5)
    sheet.write(87, y, "median")
    axes.vlines([155], y - 9, y + 9, color=theme.TEXT, lw=1, ls=_DASHES)
    sheet.write(161, y, "segment ends")
    if dots:
        axes.plot([272], [y], "o", color=theme.BLUE, ms=9)
        sheet.write(281, y, "this page")


def _x(averages: pd.Series) -> pd.Series:
    return _EDGE + (averages.astype(float) - 1) / 3 * (theme.POINTS - 2 * _EDGE)


def _strip(sheet: Sheet, y: float, strip: Strip) -> None:
    axes, half, profile = sheet.axes, _STRIP / 2, strip.profile
    crowd, mine = _x(profile.crowd["average"]), _x(profile.mine["average"])
    axes.hlines(y, _EDGE, theme.POINTS - _EDGE, color=theme.QUIET, lw=0.8)
    axes.plot(crowd, [y] * len(crowd), "|", color=theme.QUIET, ms=12, mew=0.9)
    _cuts(sheet, y, strip.cuts)
    median = _x(pd.Series([profile.median]))
    axes.vlines(median, y - half, y + half, color=theme.ORANGE, lw=3.5, zorder=4)
    if strip.dots:
        axes.plot(mine, [y] * len(mine), "o", color=theme.BLUE, mec=theme.WHITE, ms=9, zorder=5)


def _cuts(sheet: Sheet, y: float, cuts: pd.DataFrame) -> None:
    """Draw where segments end, and write each segment's number between its ends."""
    ends = _x((cuts["low"] + cuts["high"]) / 2).tolist()
    sheet.axes.vlines(ends, y - _STRIP / 2, y + _STRIP, color=theme.TEXT, lw=1, ls=_DASHES)
    edges = [_EDGE, *ends, theme.POINTS - _EDGE]
    for number, (left, right) in enumerate(pairwise(edges), 1):
        sheet.write(
            (left + right) / 2, y + _STRIP / 2 + 8, str(number), ha="center", color=theme.GREY
        )


def _axis(sheet: Sheet, y: float) -> None:
    for score in (1, 2, 3, 4):
        x = float(_x(pd.Series([score])).iloc[0])
        words = _WORDS_OF_ENDS.get(score, str(score))
        align = {1: "left", 4: "right"}.get(score, "center")
        x += {1: -_EDGE + 2, 4: _EDGE - 2}.get(score, 0)
        sheet.write(x, y + theme.LINE / 2, words, ha=align)
