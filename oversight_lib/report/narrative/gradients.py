"""Sentences about gradients by deprivation: size, direction, period, certainty; no ranking."""

import pandas as pd

from oversight_lib import frames
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, joined, tied
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.inequalities import Gradient, area, gradients
from oversight_lib.report.numbers import found, named, noted, out_of, place, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.inequalities import signed
from oversight_lib.report.views import View


@recorded
def gradient(page: View) -> Fragment:
    """Return each indicator's ends, gap, slope index and clear change, in sentences."""
    every = gradients(page)
    if not every:
        return notice(say("inequalities.gradient.absent", name=place(page)))
    told = [words for one in every for words in _told(page, one)]
    return paragraphs(*told, say("inequalities.not_compared"))


def _told(page: View, one: Gradient) -> list[str]:
    about = say(
        "inequalities.gradient.name",
        name=named(one.indicator["name"]),
        period=named(formats.period(one.period)),
    )
    if "gap" not in one.measures:
        reason = one.reason or "a group is missing"
        return [say("inequalities.gradient.unsaid", about=about, reason=reason)]
    first = joined([*ends(page, one, about), *_slopes(page, one), _sign(one)])
    rounded = say("inequalities.gradient.rounded")
    more = joined([_straightness(page, one), changed(page, one), _sums(one), rounded])
    return [first, more, _noted(one)]


def ends(page: View, one: Gradient, about: str) -> list[Bound]:
    """Return the figures of the most and the least deprived group, and the gap between them."""
    gap = one.measures["gap"]
    groups = [int(group) for group in one.rows["group"].iloc[[0, -1]]]
    most, least = (
        bound(_value(one, value), _group(page, one, group))
        for value, group in zip((one.most, one.least), groups, strict=True)
    )
    told = say("inequalities.gradient.ends", about=about, most=most, least=least, groups=one.groups)
    size = say(
        "inequalities.gradient.gap",
        gap=limits(gap, _measure(page, one, "gap")),
        unit=points(one),
    )
    return [told, tied(size, "finding", noted(page, "gap", str(one.indicator.name)))]


def _slopes(page: View, one: Gradient) -> list[Bound]:
    named = {"sii_local": "slope", "sii_national": "national"}
    if page.kind == "england":
        named.pop("sii_national")
    return [
        say(
            f"inequalities.gradient.{name}",
            slope=limits(one.measures[measure], _measure(page, one, measure)),
            unit=points(one),
        )
        for measure, name in named.items()
        if measure in one.measures
    ]


def _sign(one: Gradient) -> Bound:
    """Return what the sign means here: which end has the better figure."""
    gap = one.measures["gap"]
    if gap["low"] <= 0 <= gap["high"]:
        return say("inequalities.gradient.sign_open", groups=one.groups)
    return say(
        "inequalities.gradient.sign",
        groups=one.groups,
        better=str(one.indicator["better"]),
        who="least" if gap["value"] > 0 else "most",
    )


def _straightness(page: View, one: Gradient) -> Bound:
    slope = one.measures.get("sii_local")
    if slope is None or pd.isna(slope["departing_group"]):
        return Bound()
    at = _measure(page, one, "sii_local", "departing_group")
    group = bound(formats.whole(slope["departing_group"]), at)
    ends_ = dict(zip(one.rows["group"].iloc[[0, -1]], ("most", "least"), strict=True))
    end = ends_.get(slope["departing_group"])
    which = say(f"inequalities.gradient.{end}_deprived") if end else ""
    return say("inequalities.gradient.crooked", groups=one.groups, group=group, which=which)


def changed(page: View, one: Gradient) -> Bound:
    """Return how an area's slope index changed since its first period, if that is clear."""
    if one.first == one.period:
        return say("inequalities.change.one_period")
    between = {"first": bare(one.first), "last": bare(one.period)}
    finding = noted(page, "gap_change", str(one.indicator.name))
    if one.change is None:
        return tied(say("inequalities.change.none", **between), "finding", finding)
    slope, change = one.measures["sii_local"], one.change
    before, after = slope["value"] - change["value"], slope["value"]
    most, least = (
        bound(
            signed(change[f"{who}_deprived_change"]), _changed(page, one, f"{who}_deprived_change")
        )
        for who in ("most", "least")
    )
    told = say(
        "inequalities.change.is",
        change=_limits(change, tuple(_changed(page, one, c) for c in ("value", "low", "high"))),
        moved=say(f"inequalities.change.{moved(before, after)}"),
        most=most,
        least=least,
        unit=points(one),
        **between,
    )
    return tied(told, "finding", finding)


def moved(before: float, after: float) -> str:
    """Return what became of the difference between the ends, whichever of them is better off."""
    if before * after < 0:
        return "sides"
    return "widened" if abs(after) > abs(before) else "narrowed"


def _sums(one: Gradient) -> Bound:
    if not one.rows["summed"].any():
        return Bound()
    return say("inequalities.gradient.summed")


def _noted(one: Gradient) -> Bound:
    """Return the publisher's note on an indicator; its numbers are the note's own."""
    note = "" if formats.is_missing(one.indicator["note"]) else str(one.indicator["note"])
    return tied(note, "fixed", f"indicator {one.indicator.name}") if note else Bound()


@recorded
def changes_within(page: View) -> Fragment:
    """Return in how many boards the gap changed clearly, beside how many would by chance."""
    table = page.assessment.table(frames.AREA_INEQUALITY_CHANGES)
    boards = table[table["area"].isin(page.register["icb"])]
    if boards.empty:
        return notice(say("inequalities.change.absent", absent=formats.Absent.NOT_LOADED))
    told = [_of_indicator(page, str(name), rows) for name, rows in boards.groupby("indicator")]
    return paragraphs(*told)


def _of_indicator(page: View, indicator: str, rows: pd.DataFrame) -> Bound:
    about = page.assessment.table(frames.INDICATORS)
    short = str(about.loc[about["indicator"] == indicator, "short"].iloc[0])
    order = page.assessment.table(frames.AREA_INEQUALITIES).sort_values("order")
    periods = order.loc[order["indicator"] == indicator, "period"].drop_duplicates().tolist()
    whole_span = rows[rows["previous"].eq(periods[0]) & rows["period"].eq(periods[-1])]
    known = whole_span.dropna(subset=["value"])
    clear = known[(known["low"] > 0) | (known["high"] < 0)]
    base = found(page, "gap_change_clear", indicator, column="n")
    at = found(page, "gap_change_clear", indicator), base
    return say(
        "inequalities.change.boards",
        short=short,
        first=bare(periods[0]),
        last=bare(periods[-1]),
        of=out_of(len(clear), len(known), "board", at),
        known=whole(len(known), base),
        chance=bound(
            formats.number(0.05 * len(known), 1), found(page, "gap_change_expected", indicator)
        ),
    )


def limits(row: pd.Series, at: Cell) -> Bound:
    """Return a measure with its 95% interval, bound to a row by the cell of its value."""
    return _limits(row, tuple(Cell(at.table, at.key, name) for name in ("value", "low", "high")))


def _limits(row: pd.Series, at: tuple[Cell, ...]) -> Bound:
    value, low, high = (
        bound(signed(row[name]), where)
        for name, where in zip(("value", "low", "high"), at, strict=True)
    )
    return say("inequalities.gradient.limits", value=value, low=low, high=high)


def _measure(page: View, one: Gradient, measure: str, column: str = "value") -> Cell:
    return Cell.of(
        frames.AREA_INEQUALITIES.name,
        column,
        indicator=one.indicator.name,
        period=one.period,
        area=area(page),
        measure=measure,
    )


def _changed(page: View, one: Gradient, column: str) -> Cell:
    return Cell.of(
        frames.AREA_INEQUALITY_CHANGES.name,
        column,
        indicator=one.indicator.name,
        previous=one.first,
        period=one.period,
        area=area(page),
    )


def _group(page: View, one: Gradient, group: int) -> Cell:
    return Cell.of(
        frames.BREAKDOWN_FIGURES.name,
        "value",
        indicator=one.indicator.name,
        period=one.period,
        area=area(page),
        dimension="deprivation",
        group=group,
    )


def points(one: Gradient) -> str:
    """Return the unit of a difference of an indicator."""
    unit = str(one.indicator["unit"])
    return "percentage points" if unit == "percent" else unit


def _value(one: Gradient, value: float) -> str:
    words = formats.number(value, 1)
    return f"{words}%" if one.indicator["unit"] == "percent" else f"{words} {one.indicator['unit']}"


def bare(period: str) -> Bound:
    """Return a publisher's period without the word before it."""
    return named(period.removeprefix("To "))
