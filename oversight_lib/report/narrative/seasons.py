"""The latest month of a series beside the same month a year before, with no verb of change."""

import pandas as pd

from oversight_lib.frames import SERIES
from oversight_lib.method.cells import Cell
from oversight_lib.method.findings.series import season_apart
from oversight_lib.report import formats, systems
from oversight_lib.report.bound import Bound, bound
from oversight_lib.report.numbers import found, named
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


def year_before(page: View, charted: systems.Charted) -> Bound:
    """Return the latest month of an area's series beside the same month a year before.

    Empty below 24 recorded months or where that month has no figure: the seasons of a shorter
    series cannot be told from a change, and two months never can.
    """
    points = charted.recorded
    recorded = pd.Series(points["value"].array, pd.Index(points["period"]))
    apart = season_apart(recorded)
    if apart is None:
        return Bound()
    latest = recorded.index[-1]
    return say(
        "context.season.is",
        now=_figure(page, charted, recorded[latest], latest),
        then=_figure(page, charted, recorded[latest - 12], latest - 12),
        month=systems.month(latest),
        earlier=systems.month(latest - 12),
        apart=_apart(page, charted, apart),
    )


def _figure(page: View, charted: systems.Charted, value: float, month: object) -> Bound:
    """Return a figure with its unit and its base."""
    measure = charted.measure
    at = Cell.of(SERIES.name, "value", measure=measure.id, area=systems.area(page), period=month)
    percent = measure.unit == "percent"
    base = f" of {measure.of}" if percent and measure.of else ""
    printed = bound(f"{formats.number(value, 1)}{'%' if percent else ''}", at)
    after = base if percent else named(f" {measure.unit}")
    return say("context.season.figure", value=printed, base=after)


def _apart(page: View, charted: systems.Charted, apart: float) -> Bound:
    if not apart:
        return say("context.season.same")
    unit = charted.measure.unit
    return say(
        f"context.season.{'higher' if apart > 0 else 'lower'}",
        size=bound(formats.number(abs(apart), 1), found(page, "year_before", charted.measure.id)),
        unit="percentage points" if unit == "percent" else named(unit),
    )
