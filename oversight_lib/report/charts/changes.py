"""Change between quarters: a matrix of segments, and a waterfall from one average to the next."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from oversight_lib.frames import DRIVERS, MOVEMENT
from oversight_lib.method.cells import prints
from oversight_lib.report import formats, movement, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.numbers import cell, found, named, out_of, segment, shown, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_CELL = 44.0
_LEFT = 96.0
_STEP = theme.LINE + 20.0
_EDGE = 6.0


@recorded
def flows(page: View) -> Chart | Fragment:
    """Draw how many trusts went from which segment to which since the quarter before."""
    counts = movement.flows(page)
    if counts.empty:
        return nothing()
    before, after = movement.quarters(movement.moves(page))
    subtitle = say("charts.flows.subtitle", before=before, after=after, name=page.name)
    height = theme.LINE * 2.6 + len(counts) * _CELL
    sheet = Sheet(_flow_title(page, counts), subtitle, height)
    _matrix(sheet, counts, before, after)
    return sheet.chart(_flow_alt(page, counts))


def _flow_title(page: View, counts: pd.DataFrame) -> Bound:
    total = int(counts.to_numpy().sum())
    moved = total - int(sum(counts.loc[segment, segment] for segment in counts.index))
    at = found(page, "segment_changed"), found(page, "segment_changed", column="n")
    of = out_of(moved, total, "trust", at)
    return say(f"charts.flows.title_{'one' if 1 in (moved, total) else 'many'}", of=of)


def _matrix(sheet: Sheet, counts: pd.DataFrame, before: str, after: str) -> None:
    top = sheet.top + theme.LINE * 2.4
    width = (theme.POINTS - _LEFT) / len(counts)
    sheet.write(_LEFT, sheet.top + theme.LINE * 0.6, f"Segment in {after}", weight="bold")
    sheet.write(2, sheet.top + theme.LINE * 1.6, f"{before}", weight="bold")
    for row, (old, numbers) in enumerate(counts.iterrows()):
        y = top + row * _CELL
        sheet.write(2, y + _CELL / 2, f"Segment {old}")
        sheet.write(
            _LEFT + (row + 0.5) * width, sheet.top + theme.LINE * 1.6, str(old), ha="center"
        )
        for column, (new, many) in enumerate(numbers.items()):
            _cell(sheet, (_LEFT + column * width, y, width), int(many), same=old == new)


def _cell(sheet: Sheet, place: tuple[float, float, float], many: int, *, same: bool) -> None:
    x, y, width = place
    colour = theme.WHITE if not many else theme.BLUE if same else theme.ORANGE
    sheet.axes.fill_between([x + 1, x + width - 1], y + 1, y + _CELL - 1, color=colour, lw=0)
    sheet.axes.plot(
        [x + 1, x + width - 1, x + width - 1, x + 1, x + 1],
        [y + 1, y + 1, y + _CELL - 1, y + _CELL - 1, y + 1], color=theme.QUIET, lw=0.6,
    )  # fmt: skip
    style = {"weight": "bold"} if many else {}
    sheet.write(
        x + width / 2, y + _CELL / 2, formats.whole(many), ha="center",
        color=theme.text_on(colour), **style,
    )  # fmt: skip


def _flow_alt(page: View, counts: pd.DataFrame) -> Bound:
    told = [
        say("charts.flows.flow", before=segment(old), after=segment(new),
            number=whole(int(many), cell(page, MOVEMENT, adjusted_before=old, adjusted_after=new)))
        for old, numbers in counts.iterrows()
        for new, many in numbers.items()
        if many
    ]  # fmt: skip
    return say("charts.flows.alt", flows=joined(told, by="; "))


@recorded
def waterfall(page: View) -> Chart | Fragment:
    """Draw how the parts of a change lead from a trust's average before to the one now."""
    if page.further(MOVEMENT).empty:
        return nothing()
    rows, (start, end) = movement.parts(page), movement.ends(page)
    before, after = movement.quarters(page.further(MOVEMENT))
    change = formats.signed(end - start, movement.DECIMALS)
    told = {"change": bound(change, found(page, "change_in_average"))}
    title = say("charts.waterfall.unchanged", **told)
    if len(rows):
        title = say("charts.waterfall.title", largest=named(rows["short"].iloc[0]), **told)
    subtitle = say("charts.waterfall.subtitle", name=page.name, before=before, after=after)
    sheet = Sheet(title, subtitle, (len(rows) + 2) * _STEP)
    _steps(sheet, _running(rows, page, (before, after)))
    return sheet.chart(_fall_alt(page, rows))


def _running(rows: pd.DataFrame, page: View, labels: tuple[str, str]) -> pd.DataFrame:
    """Return one row a bar, with where it begins and ends; the first and last are the averages."""
    mine = page.further(MOVEMENT).iloc[0]
    first, last = float(mine["average_before"]), float(mine["average_after"])
    figures = [formats.number(end, movement.DECIMALS) for end in movement.ends(page)]
    tops = first + rows["contribution"].cumsum()
    steps = pd.DataFrame({
        "label": rows["short"],
        "figure": [formats.signed(part, movement.DECIMALS) for part in rows["printed"]],
        "begins": tops - rows["contribution"], "ends": tops, "whole": False,
    })  # fmt: skip
    wholes = pd.DataFrame({
        "label": [f"Average in {label}" for label in labels], "figure": figures,
        "begins": [first, last], "ends": [first, last], "whole": True,
    })  # fmt: skip
    return pd.concat([wholes.head(1), steps, wholes.tail(1)], ignore_index=True)


def _steps(sheet: Sheet, bars: pd.DataFrame) -> None:
    low, high = bars[["begins", "ends"]].min().min(), bars[["begins", "ends"]].max().max()
    spread = max(high - low, 0.01)
    scale = (theme.POINTS - 2 * _EDGE) / spread
    for number, bar in enumerate(bars.to_dict("records")):
        y = sheet.top + number * _STEP
        style = {"weight": "bold"} if bar["whole"] else {}
        sheet.ends(y + theme.LINE / 2, str(bar["label"]), str(bar["figure"]), **style)
        left, right = (_EDGE + (bar[end] - low) * scale for end in ("begins", "ends"))
        _bar(sheet, y + theme.LINE + 7, left, right, whole=bool(bar["whole"]))


def _bar(sheet: Sheet, y: float, left: float, right: float, *, whole: bool) -> None:
    if whole:
        sheet.axes.hlines([y], _EDGE, theme.POINTS - _EDGE, color=theme.QUIET, lw=0.8)
        sheet.axes.vlines([left], y - 8, y + 8, color=theme.TEXT, lw=3.5)
        return
    colour = theme.BLUE if right < left else theme.ORANGE
    sheet.axes.barh(y, right - left, left=left, height=11, color=colour)
    sheet.axes.vlines([left, right], y - 7, y + 7, color=theme.TEXT, lw=0.8)


def _fall_alt(page: View, rows: pd.DataFrame) -> Bound:
    first, last = (
        bound(formats.number(point, movement.DECIMALS), cell(page, MOVEMENT, f"average_{when}"))
        for point, when in zip(movement.ends(page), ("before", "after"), strict=True)
    )
    told = [
        say("charts.waterfall.part", metric=named(row["short"]), part=_part(page, row))
        for row in rows.to_dict("records")
    ]
    return say("charts.waterfall.alt", first=first, last=last, parts=joined(told, by="; "))


def _part(page: View, row: dict[Hashable, Any]) -> Bound:
    """Return a part of a change as printed: where it was rounded so that all add up, by the table.

    That is where its own rounding is another.
    """
    words = formats.signed(row["printed"], movement.DECIMALS)
    key = {"metric": row["metric"], "kind": row["kind"]}
    if prints(words, row["contribution"]):
        return bound(words, cell(page, DRIVERS, "contribution", **key))
    return bound(words, shown(page, "drivers", "part", **key))
