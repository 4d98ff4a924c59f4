"""Control charts: points with their limits, special causes by shape and colour, icons in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from oversight_lib.frames import SERIES
from oversight_lib.method.cells import Cell
from oversight_lib.method.spc import Status, Verb
from oversight_lib.report import formats, systems, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts import icons
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import count, named
from oversight_lib.report.numbers import rule as rule_of
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.systems import Charted
from oversight_lib.report.views import View
from oversight_lib.rules import measures

_PLOT, _ICONS, _AXIS = 170.0, 32.0, 24.0
_LEFT, _RIGHT = 8.0, 108.0
_STYLES: dict[str, Any] = {"drawn_upper": (0, (4, 3)), "mean": "-", "drawn_lower": (0, (4, 3))}
_MARKS = {"improvement": ("^", theme.BLUE), "concern": ("D", theme.ORANGE),
          "neutral": ("s", theme.PLUM)}  # fmt: skip


@recorded
def control(page: View, measure: str) -> Chart | Fragment:
    """Draw the control chart of one monthly measure of the page's board, or of England."""
    found = systems.charted(page, measure)
    if found is None or found.chart.status is Status.TABLE_ONLY:
        name = named(measures()[measure].name)
        return notice(say("charts.control.absent", measure=name, why=_why_none(found)))
    points = found.chart.points
    first, last = (named(systems.month(points["period"].iloc[end])) for end in (0, -1))
    of = {
        "measure": named(found.measure.name),
        "unit": named(found.measure.unit),
        "name": page.name,
    }
    subtitle = say("charts.control.subtitle", first=first, last=last, **of)
    sheet = Sheet(_title(found), subtitle, _ICONS + _PLOT + _AXIS)
    _icons(sheet, found)
    top = sheet.top + _ICONS
    scale = _Scale(points, found.measure.target, top)
    _lines(sheet, scale, found)
    _points(sheet, scale, points)
    _axis(sheet, points, top + _PLOT)
    return sheet.chart(_alt(page, found))


def _why_none(found: Charted | None) -> str:
    if found is None:
        return str(formats.Absent.NOT_LOADED)
    return say("charts.control.too_few")


def _title(found: Charted) -> Bound:
    """Return what the chart licenses to say, and no more."""
    licence, short = found.chart.verb_licence, named(found.measure.short)
    if licence.verb is Verb.NONE:
        return say("charts.control.none", measure=short, reason=named(licence.reason.split(";")[0]))
    change = say(f"charts.control.change.{licence.verb.value}")
    how = "sustained" if licence.sustained else "said"
    return say(f"charts.control.{how}", measure=short, change=change)


def _icons(sheet: Sheet, found: Charted) -> None:
    y = sheet.top + _ICONS / 2
    varies = icons.variation(found.chart.variation)
    assures = icons.assurance(found.chart.assurance)
    if varies:
        icons.draw(sheet, 2, y, varies)
    else:
        sheet.write(2, y, "No icon: trial limits" if found.chart.status is Status.TRIAL_LIMITS
                    else "No icon")  # fmt: skip
    if assures:
        icons.draw(sheet, theme.POINTS * 0.44, y, assures)


class _Scale:
    """Where a value and a point's number stand on the sheet."""

    def __init__(self, points: pd.DataFrame, target: float | None, top: float) -> None:
        drawn = points[["value", "drawn_lower", "drawn_upper"]]
        ends = [float(drawn.min().min()), float(drawn.max().max())]
        values = [*ends, *([target] if target is not None else [])]
        spread = (max(values) - min(values)) or 1.0
        self.low, self.high = min(values) - 0.06 * spread, max(values) + 0.06 * spread
        self.top, self.count = top, len(points)

    def x(self, place: float) -> float:
        width = theme.POINTS - _LEFT - _RIGHT
        return _LEFT + width * place / max(self.count - 1, 1)

    def y(self, value: float) -> float:
        return self.top + _PLOT * (self.high - value) / (self.high - self.low)


def _lines(sheet: Sheet, scale: _Scale, found: Charted) -> None:
    """Draw mean, limits and target, each named at its right end."""
    points, target = found.chart.points, found.measure.target
    last = points.iloc[-1]
    for phase, rows in points.groupby("phase"):
        left, right = scale.x(rows.index[0]), scale.x(rows.index[-1])
        for name, style in _STYLES.items():
            y = scale.y(float(rows[name].iloc[0]))
            sheet.axes.hlines(y, left, right, color=theme.GREY, lw=1.2, ls=style)
        if int(str(phase)) > 1:
            sheet.axes.vlines(left, scale.top, scale.top + _PLOT, color=theme.GREY, lw=0.8)
    named = [(f"{word} {formats.number(float(last[column]), 1)}", float(last[column]))
             for word, column in (("upper", "drawn_upper"), ("mean", "mean"),
                                  ("lower", "drawn_lower"))]  # fmt: skip
    if target is not None:
        y = scale.y(target)
        sheet.axes.hlines(y, _LEFT, scale.x(scale.count - 1), color=theme.TEAL, lw=2.2,
                          ls=(0, (1, 1)))  # fmt: skip
        named.append((f"target {formats.number(target, 0)}", target))
    _names(sheet, [(words, scale.y(value)) for words, value in named])


def _names(sheet: Sheet, named: Sequence[tuple[str, float]]) -> None:
    """Write the names of lines to the right, far enough from one another to be read."""
    below = float("-inf")
    for words, y in sorted(named, key=lambda pair: pair[1]):
        below = max(y, below + theme.LINE * 0.9)
        sheet.write(theme.POINTS - _RIGHT + 8, below, words)


def _points(sheet: Sheet, scale: _Scale, points: pd.DataFrame) -> None:
    xs = [scale.x(place) for place in range(len(points))]
    ys = [scale.y(value) for value in points["value"]]
    sheet.axes.plot(xs, ys, "-", color=theme.GREY, lw=1)
    judged = points["judgement"].astype("object").where(points["judgement"].notna(), "")
    for place, (x, y, kind) in enumerate(zip(xs, ys, judged, strict=True)):
        mark, colour = _MARKS.get(kind, ("o", theme.GREY))
        size = 8 if kind else 5
        if not pd.isna(points["value"].iloc[place]):
            sheet.axes.plot([x], [y], mark, color=colour, mec=theme.WHITE, mew=0.6, ms=size)


def _axis(sheet: Sheet, points: pd.DataFrame, y: float) -> None:
    first, last = points["period"].iloc[0], points["period"].iloc[-1]
    sheet.write(_LEFT, y + _AXIS / 2, _short(first))
    sheet.write(theme.POINTS - _RIGHT, y + _AXIS / 2, _short(last), ha="right")


def _short(period: object) -> str:
    name, year = systems.month(period).split(" ")
    return f"{name[:3]} {year}"


def _alt(page: View, found: Charted) -> Bound:
    """Return limits, latest point, special causes and icons in words, from the points drawn.

    The mean and the limits are the chart's own: they stand in no table.
    """
    points, latest, target = found.chart.points, found.latest, found.measure.target
    last = {
        name: formats.number(float(points[name].iloc[-1]), 1) for name in ("mean", "lower", "upper")
    }
    marked = points[points["judgement"].notna()].to_dict("records")
    causes = [_cause(page, found, row) for row in marked] or [say("charts.control.no_cause")]
    at = rule_of("target", found.measure.id)
    aim = "" if target is None else bound(formats.number(target, 0), at)
    return say(
        "charts.control.alt",
        months=count(len(found.recorded), "month", _months(page, found)),
        latest=_value(page, found, latest),
        month=named(systems.month(latest["period"])),
        target=say("charts.control.target", target=aim) if aim else "",
        variation=found.chart.variation.value,
        assurance=found.chart.assurance.value,
        causes=joined(causes, by="; "),
        **last,
    )


def _months(page: View, found: Charted) -> Cell:
    """Return where it stands how many months have a figure."""
    key = {"measure": found.measure.id, "area": systems.area(page)}
    return Cell.of(SERIES.name, "count(value)", **key)


def _value(page: View, found: Charted, row: Mapping[Any, Any] | pd.Series) -> Bound:
    at = systems.at(found.measure.id, systems.area(page), row["period"])
    return bound(formats.number(row["value"], 1), at)


def _cause(page: View, found: Charted, row: Mapping[Any, Any]) -> Bound:
    return say(
        "charts.control.cause",
        month=named(systems.month(row["period"])),
        value=_value(page, found, row),
        label=named(row["label"]),
        judgement=row["judgement"],
        direction=row["direction"],
    )
