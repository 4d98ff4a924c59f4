"""What follows from a segment, who does what, and what changes next: a year's cited statements."""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import model_validator

from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.base import Rule, Source
from oversight_lib.rules.cited import Statement, faults, load

FILE = "consequences.toml"
Actor = Literal["provider", "icb", "region", "national"]


class Aspect(Rule):
    """One thing that can follow from a segment, as support or capital."""

    id: str
    name: str


class Consequence(Statement):
    """What follows from a segment in one aspect."""

    segment: int
    aspect: str


class Context(Statement):
    """Something that holds for every trust, whatever its segment."""

    id: str
    name: str


class Role(Statement):
    """Something one actor does under the framework."""

    actor: Actor


class Change(Statement):
    """Something the next framework year does differently."""

    name: str


class ActorName(Rule):
    """How an actor is called on a page."""

    id: Actor
    name: str


class Consequences(Rule):
    """One framework year's statements, complete: every segment has every aspect."""

    segments: tuple[int, ...]
    aspect: tuple[Aspect, ...]
    actor: tuple[ActorName, ...]
    source: tuple[Source, ...]
    consequence: tuple[Consequence, ...]
    context: tuple[Context, ...]
    role: tuple[Role, ...]
    change: tuple[Change, ...]

    @model_validator(mode="after")
    def _is_complete_and_cited(self) -> "Consequences":
        if problems := [*self._gaps(), *faults(self._named(), self.source)]:
            raise ValueError("\n".join(problems))
        return self

    def _named(self) -> Iterable[tuple[str, Statement]]:
        yield from ((f"segment {c.segment}, {c.aspect}", c) for c in self.consequence)
        yield from ((f"context {c.id}", c) for c in self.context)
        yield from ((f"role of {r.actor}", r) for r in self.role)
        yield from ((f"change {c.name}", c) for c in self.change)

    def _gaps(self) -> Iterable[str]:
        wanted = {(segment, aspect.id) for segment in self.segments for aspect in self.aspect}
        given = [(c.segment, c.aspect) for c in self.consequence]
        yield from (f"segment {s}, {a}: not said" for s, a in sorted(wanted - set(given)))
        yield from (f"segment {s}, {a}: no such cell" for s, a in sorted(set(given) - wanted))
        twice = sorted({cell for cell in given if given.count(cell) > 1})
        yield from (f"segment {s}, {a}: said twice" for s, a in twice)
        unnamed = sorted({r.actor for r in self.role} - {a.id for a in self.actor})
        yield from (f"role of {actor}: the actor has no name" for actor in unnamed)

    def of(self, segment: int) -> tuple[Consequence, ...]:
        """Return what follows from a segment, in the order of the aspects."""
        return tuple(
            next(c for c in self.consequence if (c.segment, c.aspect) == (segment, aspect.id))
            for aspect in self.aspect
        )

    def cited(self, statement: Statement) -> Source | None:
        """Return the source a statement rests on; None for our judgement and the unknown."""
        return next((source for source in self.source if source.id == statement.source), None)


@cache
def load_consequences(year: FrameworkYear) -> Consequences | None:
    """Return a framework year's statements; None if nobody has written them."""
    return load(year, FILE, Consequences)
