"""Which questions of the bank a board is asked, why, and what the figures let one say at once."""

from collections import Counter
from dataclasses import dataclass

from oversight_lib.report import formats
from oversight_lib.report.conditions import found
from oversight_lib.report.views import View
from oversight_lib.rules.questions import Bank, Level, Line, Question, load_questions


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with why it is asked of this page, and the figures that made it be asked."""

    question: Question
    because: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the summary with the figures behind it."""

    level: Level
    words: str
    evidence: str


def bank(page: View) -> Bank | None:
    """Return the questions of the page's framework year; None if nobody has written any."""
    return load_questions(page.quarter.year)


def asked(page: View) -> list[Asked]:
    """Return the questions a page asks, in the order of the bank, as many as the bank allows.

    No theme has more than its share. A page none of whose trusts is loaded asks nothing.
    """
    of = bank(page)
    chosen: list[Asked] = []
    themes: Counter[str] = Counter()
    for question in of.question if of else ():
        if of is None or len(chosen) == of.most or themes[question.theme] == of.most_of_a_theme:
            continue
        if one := _asked(page, question):
            chosen.append(one)
            themes[question.theme] += 1
    return chosen


def said(page: View) -> list[Said]:
    """Return the lines of the page's summary: alert, advise, assure, each in the bank's order."""
    of = bank(page)
    if of is None:
        return []
    lines = [said for line in of.line if (said := _said(page, line))]
    order = [level.id for level in of.level]
    return sorted(lines, key=lambda line: order.index(line.level))


def _asked(page: View, question: Question) -> Asked | None:
    there = found(page, question.when) if page.kind in question.pages else None
    if there is None:
        return None
    because = question.because if page.kind == "trust" else question.because_area
    return Asked(question, because.format(**there.facts), there.evidence)


def _said(page: View, line: Line) -> Said | None:
    there = found(page, line.when) if page.kind in line.pages else None
    if there is None:
        return None
    words = line.says if page.kind == "trust" else line.says_area
    return Said(line.level, formats.sentence(words.format(**there.facts)), there.evidence)
