"""Change between quarters: a matrix of segments, and a waterfall from one average to the next."""

import pandas as pd

from oversight_lib.frames import MOVEMENT
from oversight_lib.report import formats, movement, theme
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.views import View

_CELL = 44.0
_LEFT = 96.0
_STEP = theme.LINE + 20.0
_EDGE = 6.0


def flows(page: View) -> Chart | Fragment:
    """Draw how many trusts went from which segment to which since the quarter before."""
    counts = movement.flows(page)
    if counts.empty:
        return nothing()
    before, after = movement.quarters(movement.moves(page))
    total = int(counts.to_numpy().sum())
    moved = total - int(sum(counts.loc[segment, segment] for segment in counts.index))
    title = f"{formats.out_of(moved, total, 'trust')} {_is(moved)} in another segment than before"
    subtitle = (
        f"Trusts by segment after the override in {before} (rows) and in {after} (columns); "
        f"{page.name}"
    )
    sheet = Sheet(title, subtitle, theme.LINE * 2.6 + len(counts) * _CELL)
    _matrix(sheet, counts, before, after)
    return sheet.chart(_flow_alt(counts))


def _is(how_many: int) -> str:
    return "is" if how_many == 1 else "are"


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


def _flow_alt(counts: pd.DataFrame) -> str:
    told = [
        f"from {old} to {new}: {many}"
        for old, numbers in counts.iterrows()
        for new, many in numbers.items()
        if many
    ]
    return f"Matrix of segments. {'; '.join(told)}; no trust in any other cell."


def waterfall(page: View) -> Chart | Fragment:
    """Draw how the parts of a change lead from a trust's average before to the one now."""
    if page.further(MOVEMENT).empty:
        return nothing()
    rows, (start, end) = movement.parts(page), movement.ends(page)
    before, after = movement.quarters(page.further(MOVEMENT))
    change = formats.signed(end - start, movement.DECIMALS)
    title = f"No metric’s score changed: {change}"
    if len(rows):
        title = f"{rows['short'].iloc[0]} is the largest part of the change of {change}"
    subtitle = f"Average score; 1 is best, 4 is lowest; {page.name}, {before} to {after}"
    sheet = Sheet(title, subtitle, (len(rows) + 2) * _STEP)
    _steps(sheet, _running(rows, page, (before, after)))
    return sheet.chart(_fall_alt(rows, start, end))


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


def _fall_alt(rows: pd.DataFrame, start: float, end: float) -> str:
    first, last = (formats.number(point, movement.DECIMALS) for point in (start, end))
    told = [
        f"{short}: {formats.signed(part, movement.DECIMALS)}"
        for short, part in zip(rows["short"], rows["printed"], strict=True)
    ]
    return f"Waterfall from {first} to {last}; below 0 is nearer 1. {'; '.join(told)}."
