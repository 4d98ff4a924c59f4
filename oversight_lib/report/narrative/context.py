"""Sentences about systems: what the tests are, what charts may say, boards in time."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

from oversight_lib.frames import CONTEXT, ICBS, SERIES, SUCCESSIONS
from oversight_lib.method.cells import COUNT, Cell
from oversight_lib.method.context import Result
from oversight_lib.report import formats, systems
from oversight_lib.report.bound import Bound, bound, capital, joined, sentence, tied
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.narrative.seasons import year_before
from oversight_lib.report.numbers import cell, count, found, named, noted, out_of, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View
from oversight_lib.rules import measures


@recorded
def contextual_caveat(page: View) -> Fragment:
    """Return what the contextual tests are and are not, and how many can be said."""
    rules, results = systems.rules(page), systems.tests(page)
    if rules is None or results.empty:
        absent = formats.Absent.NOT_APPLICABLE
        return notice(say("context.tests.none", absent=absent, period=page.period))
    many = {each: int(results["result"].eq(each).sum()) for each in Result}
    at = {each: cell(page, CONTEXT, COUNT, result=each.value) for each in Result}
    met, unmet = (
        say(f"context.tests.{name}", number=whole(many[each], at[each]), are=_are(many[each]))
        for name, each in (("met", Result.MET), ("unmet", Result.NOT_MET))
    )
    told = say(
        "context.tests.is",
        results=count(len(results), "result", cell(page, CONTEXT)),
        met=met,
        unmet=unmet,
        unsaid=whole(many[Result.CANNOT_BE_SAID], at[Result.CANNOT_BE_SAID]),
    )
    return paragraphs(Bound(rules.caveat), told)


def _are(number: int) -> str:
    """Return is or are for a figure: 0 are, 1 is."""
    return "is" if number == 1 else "are"


@recorded
def control_notes(page: View, measure: str) -> Fragment:
    """Return what must be known to read a control chart: limits, gaps, carry-over, exclusions."""
    found_ = systems.charted(page, measure)
    if found_ is None:
        return _absent(measure)
    target = found_.measure.target_is
    limits = say(
        "context.chart.limits",
        note=found_.measure.note,
        target=say("context.chart.target", target=_of_rules(target, measure)) if target else "",
    )
    notes = [sentence(_of_rules(note, measure)) for note in found_.chart.notes]
    told = [licensed(page, found_), *notes, *_left_out(page, measure)]
    return paragraphs(limits, joined(told), year_before(page, found_))


def _of_rules(words: str, measure: str) -> Bound:
    """Return words in which every number is that of a chart's design or of a rule."""
    return Bound(words, tied(words, "fixed", f"measure {measure}").marks)


def _left_out(page: View, measure: str) -> list[Bound]:
    mine = systems.own_series(page, measure, systems.area(page))
    out = Counter(mine.loc[mine["value"].isna(), "reason"].dropna())
    where = {"measure": measure, "area": systems.area(page)}
    return [
        sentence(
            say(
                "context.chart.left_out",
                months=count(int(many), "month", Cell.of(SERIES.name, COUNT, reason=why, **where)),
                why=named(why),
            )
        )
        for why, many in sorted(out.items())
    ]


def licensed(page: View, charted: systems.Charted) -> Bound:
    """Return the verb of change that a chart allows for the latest month, with the reason."""
    licence = charted.chart.verb_licence
    none = licence.verb.value == "none"
    verb = say("context.chart.none") if none else licence.verb.value
    told = say(
        "context.chart.licence",
        month=named(systems.month(charted.latest["period"])),
        verb=verb,
        reason=named(licence.reason),
    )
    return tied(told, "finding", noted(page, "series", charted.measure.id))


@recorded
def multiples_caution(page: View, measure: str) -> Fragment:
    """Return how many boards have a signal now, beside how many false ones are to be expected."""
    of = {kind: page.finding(f"boards_{kind}", measure) for kind in _OF_BOARDS}
    if of["charted"] is None:
        return _absent(measure)
    figures = {kind: float(row["value"]) for kind, row in of.items() if row is not None}
    at = {kind: found(page, f"boards_{kind}", measure) for kind in _OF_BOARDS}
    labelled, signalled = (
        out_of(int(figures[kind]), int(figures["charted"]), "board", (at[kind], at["charted"]))
        for kind in ("labelled", "signalled")
    )
    return paragraphs(
        say(
            "context.boards.signals",
            labelled=capital(labelled),
            are=formats.are(int(figures["labelled"])),
            signalled=signalled,
            expected=bound(formats.number(figures["expected"], 1), at["expected"]),
        )
    )


_OF_BOARDS = ("charted", "labelled", "signalled", "expected")
"""What is counted of the boards whose control charts a page shows."""


def _absent(measure: str) -> Fragment:
    name, absent = measures()[measure].name, formats.Absent.NOT_LOADED
    return notice(say("context.chart.absent", name=name, absent=absent))


@recorded
def survey_caution(page: View) -> Fragment:
    """Return what a survey can and cannot be read for."""
    return paragraphs(say("context.survey.caution", name=page.name))


@recorded
def admissions_note(page: View) -> Fragment:
    """Return what the map of admissions is, and how it differs from where a trust is counted."""
    return paragraphs(say("context.admissions.note", name=page.name))


@recorded
def succession(page: View) -> Fragment:
    """Return what became of a board, or came of it, and how its series are carried over."""
    (board,) = page.assessment.records(ICBS, icb=page.code)
    after = page.assessment.records(SUCCESSIONS, predecessor=page.code)
    before = page.assessment.records(SUCCESSIONS, successor=page.code)
    steps = [step for step in (*after, *before) if step["predecessor"] != step["successor"]]
    if not steps:
        return paragraphs(say("context.succession.none", name=page.name, code=named(board["icb"])))
    names = page.once("names of boards", _names)
    told = [_step(step, names) for step in steps]
    return paragraphs(
        joined([
            say("context.succession.is", day=named(formats.day(steps[0]["date"]))),
            _closed(page, board),
            sentence(joined(told, by="; ")),
        ])
    )  # fmt: skip


def _names(page: View) -> dict[Any, str]:
    every = page.assessment.table(ICBS)
    return dict(zip(every["icb"], every["name"], strict=True))


def _closed(page: View, board: Mapping[Hashable, Any]) -> Bound:
    if formats.is_missing(board["valid_to"]):
        return Bound()
    day = named(formats.day(board["valid_to"]))
    return say("context.succession.closed", name=page.name, day=day)


def _step(step: dict[Any, Any], names: Mapping[Any, str]) -> Bound:
    return say(
        "context.succession.step",
        predecessor=_board(step["predecessor"], names),
        successor=_board(step["successor"], names),
        carried=_carried(step),
    )


def _board(code: str, names: Mapping[Any, str]) -> Bound:
    """Return a board's short name and code; of one of another quarter, its code alone."""
    return named(f"{formats.short_icb(names[code])} ({code})" if code in names else code)


def _carried(step: dict[Any, Any]) -> Bound:
    share = step["share"]
    if formats.is_missing(share):
        return say("context.succession.unknown")
    if float(str(share)) == 1:
        return say("context.succession.whole")
    key = {name: step[name] for name in SUCCESSIONS.key}
    printed = f"{formats.number(100 * float(str(share)), 1)}%"
    at = Cell.of(SUCCESSIONS.name, "share", **key)
    return say("context.succession.part", share=bound(printed, at))
