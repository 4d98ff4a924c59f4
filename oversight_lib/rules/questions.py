"""A year's bank of questions for a board, summary lines and checklists, each with its condition."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.base import Rule, Share, Source
from oversight_lib.rules.cited import Statement, faults, load
from oversight_lib.rules.consequences import Actor

FILE = "questions.toml"
PageKind = Literal["england", "region", "icb", "trust"]
Level = Literal["alert", "advise", "assure"]


class Always(Rule):
    """Holds on every page."""

    kind: Literal["always"]


class InQuarter(Rule):
    """Holds in these quarters of the framework year; 1 is April to June."""

    kind: Literal["in_quarter"]
    any_of: tuple[Annotated[int, Field(ge=1, le=4)], ...]


class SegmentIs(Rule):
    """The segment after the override is one of these; or the final or the unadjusted one is."""

    kind: Literal["segment_is"]
    which: Literal["unadjusted", "adjusted", "final"]
    any_of: tuple[Annotated[int, Field(ge=1, le=5)], ...]


class SegmentUnknown(Rule):
    """The segment is not known, or its flag not published."""

    kind: Literal["segment_unknown"]
    which: Literal["unadjusted", "adjusted", "final"]


class OverrideBites(Rule):
    """The override changes the segment (`changes` true), or applies and changes nothing."""

    kind: Literal["override_bites"]
    changes: bool


class NearCut(Rule):
    """The average lies within so many points of a cut point, or of the bracket it lies in."""

    kind: Literal["near_cut"]
    within: Annotated[float, Field(gt=0)]


class MetricsMissing(Rule):
    """At least so many metrics are not published that this share of the type is scored on."""

    kind: Literal["metrics_missing"]
    share: Share
    at_least: Annotated[int, Field(ge=1)]


class AllMetrics(Rule):
    """Every metric is published that at least this share of the type is scored on."""

    kind: Literal["all_metrics"]
    share: Share


class PeriodOlder(Rule):
    """The oldest reporting period behind the average ends more than so many months before."""

    kind: Literal["period_older"]
    months: Annotated[int, Field(ge=1)]


class StandardsMissed(Rule):
    """At least so many metrics with a national standard or floor do not meet it."""

    kind: Literal["standards_missed"]
    at_least: Annotated[int, Field(ge=1)]


class MetricScore(Rule):
    """A metric's score, as it is printed, is at least so much."""

    kind: Literal["metric_score"]
    metric: str
    at_least: Annotated[float, Field(ge=1, le=4)]


class DomainsApart(Rule):
    """The segments of a trust's domains differ by at least so many."""

    kind: Literal["domains_apart"]
    at_least: Annotated[int, Field(ge=1, le=3)]


class DomainIn(Rule):
    """At least one domain is in this segment."""

    kind: Literal["domain_in"]
    segment: Annotated[int, Field(ge=1, le=4)]


class IcbDisputed(Rule):
    """Sources dispute which ICB the trust is counted in."""

    kind: Literal["icb_disputed"]


Condition = Annotated[
    Always | InQuarter | SegmentIs | SegmentUnknown | OverrideBites | NearCut | MetricsMissing
    | AllMetrics | PeriodOlder | StandardsMissed | MetricScore | DomainsApart | DomainIn
    | IcbDisputed,
    Field(discriminator="kind"),
]  # fmt: skip


class Question(Statement):
    """A question: `says` is the question, `because` why a trust or an area is asked it.

    In `because_area`, `{of}` is how many of the page's trusts the condition holds for.
    """

    id: str
    theme: str
    pages: tuple[PageKind, ...]
    when: Condition
    because: str = ""
    because_area: str = ""


class Line(Rule):
    """A line of the alert, advise, assure summary."""

    id: str
    level: Level
    pages: tuple[PageKind, ...]
    when: Condition
    says: str = ""
    says_area: str = ""


class Item(Statement):
    """One thing of an actor's checklist."""

    actor: Actor
    list: str


class LevelName(Rule):
    """What a level of the summary is called, and what it means here."""

    id: Level
    name: str


class Bank(Rule):
    """One framework year's questions, in the order they are asked, with how many a page takes."""

    most: Annotated[int, Field(ge=1)]
    most_of_a_theme: Annotated[int, Field(ge=1)]
    source: tuple[Source, ...]
    level: tuple[LevelName, ...]
    question: tuple[Question, ...]
    line: tuple[Line, ...]
    item: tuple[Item, ...]

    @model_validator(mode="after")
    def _is_cited_and_says_why(self) -> "Bank":
        if problems := [*faults(self._named(), self.source), *self._silent(), *self._twice()]:
            raise ValueError("\n".join(problems))
        return self

    def _named(self) -> Iterable[tuple[str, Statement]]:
        yield from ((f"question {question.id}", question) for question in self.question)
        yield from ((f"item {item.says[:30]}", item) for item in self.item)

    def _silent(self) -> Iterable[str]:
        for question in self.question:
            yield from _silences(f"question {question.id}", question.pages, question.because,
                                 question.because_area)  # fmt: skip
        for line in self.line:
            yield from _silences(f"line {line.id}", line.pages, line.says, line.says_area)

    def _twice(self) -> Iterable[str]:
        ids = [*(q.id for q in self.question), *(line.id for line in self.line)]
        yield from (
            f"{name}: defined twice" for name in sorted({i for i in ids if ids.count(i) > 1})
        )

    def cited(self, statement: Statement) -> Source | None:
        """Return the source a statement rests on; None if it rests on our judgement."""
        return next((source for source in self.source if source.id == statement.source), None)


def _silences(name: str, pages: tuple[PageKind, ...], trust: str, area: str) -> Iterable[str]:
    if "trust" in pages and not trust:
        yield f"{name}: has no words for a trust's page"
    if set(pages) - {"trust"} and not area:
        yield f"{name}: has no words for an area's page"


@cache
def load_questions(year: FrameworkYear) -> Bank | None:
    """Return a framework year's bank; None if nobody has written one."""
    return load(year, FILE, Bank)
