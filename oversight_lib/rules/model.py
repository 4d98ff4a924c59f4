"""The framework as typed, frozen data; it refuses nonsense.

One class a rule. Code dispatches on `scoring.kind` and never asks which year it is. A number that
is not known is an `Unknown`, which says where it is published; whoever needs it must ask through
`known`.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.base import (
    Better,
    Evidence,
    Number,
    Reference,
    Rule,
    Score,
    Share,
    Source,
    Statement,
    Unknown,
)
from oversight_lib.rules.segmenting import (
    Adjustment,
    Average,
    Cuts,
    Final,
    League,
    Scale,
    SegmentMeaning,
    Tolerance,
)


class Rank(Rule):
    """Spread evenly by rank from the best score to the lowest."""

    kind: Literal["rank"]
    best: float = 1.0
    lowest: float = 4.0


class Standard(Rule):
    """Those meeting the standard score 1; the rest spread from 2 to 4."""

    kind: Literal["standard"]
    threshold: Number
    meets: Literal["at_least", "above", "at_most", "below"]
    fixed: float = 1.0
    best: float = 2.0
    lowest: float = 4.0


class Floor(Rule):
    """Those failing the floor score 4; the rest spread from 1 to 3."""

    kind: Literal["floor"]
    threshold: Number
    passes: Literal["at_least", "above", "at_most", "below"]
    fixed: float = 4.0
    best: float = 1.0
    lowest: float = 3.0


class Band(Rule):
    """One step of a band table; the first that fits counts, the last fits all."""

    score: Score
    at_least: float | None = None
    above: float | None = None


class Bands(Rule):
    """A value's score is read from a table."""

    kind: Literal["bands"]
    bands: tuple[Band, ...]

    @model_validator(mode="after")
    def _descends(self) -> "Bands":
        edges = [band.at_least if band.above is None else band.above for band in self.bands]
        if not edges or edges[-1] is not None or None in edges[:-1]:
            raise ValueError("every band but the last has an edge, and the last has none")
        if edges[:-1] != sorted((edge for edge in edges if edge is not None), reverse=True):
            raise ValueError("the edges of bands must descend")
        return self


class Matrix(Rule):
    """A score read from two other metrics' scores."""

    kind: Literal["matrix"]
    rows: str
    columns: str
    scores: tuple[tuple[Score, ...], ...]

    @model_validator(mode="after")
    def _square(self) -> "Matrix":
        if {len(row) for row in self.scores} != {len(self.scores)}:
            raise ValueError("a score matrix is as wide as it is high")
        return self


class Category(Rule):
    """A named category's score; the category itself is not published, only its score."""

    kind: Literal["category"]
    scores: dict[str, Score]


Scoring = Annotated[
    Rank | Standard | Floor | Bands | Matrix | Category, Field(discriminator="kind")
]
Ranked = Rank | Standard | Floor


class SmallNumbers(Rule):
    """How a count scores when the organisation has no usable threshold: 0, 1, 2 … or more."""

    unit: str
    scores: tuple[Score, ...]


def _fraction(text: object) -> object:
    return float(Fraction(text)) if isinstance(text, str) else text


class Metric(Rule):
    """One scored metric."""

    id: str
    score_id: str
    name: str
    short: str
    domain: str
    sub_domain: str
    unit: str
    published_units: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    better: Better
    scoring: Scoring
    pool: str
    weight: Annotated[float, BeforeValidator(_fraction), Field(ge=0, le=1)]
    basis: str
    series: str
    evidence: Evidence
    reference: Reference
    small_numbers: SmallNumbers | None = None
    reproduces_at_least: Share | None = None
    rounded_before_averaging: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _has_a_direction(self) -> "Metric":
        if isinstance(self.scoring, Rank | Standard | Floor | Bands) and self.better == "none":
            raise ValueError(
                f'better is "none"; a metric scored by {self.scoring.kind} has a direction'
            )
        return self

    @model_validator(mode="after")
    def _ranges_upwards(self) -> "Metric":
        if self.range and not self.range[0] < self.range[1]:
            raise ValueError("a range is [lowest, highest]")
        return self


class TrustType(Rule):
    """A type of organisation, the kind it is of, and the names the publisher has used for it."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str = "trust"


class Pool(Rule):
    """Whom an organisation is ranked among."""

    id: str
    name: str
    trust_types: tuple[str, ...]
    together: bool


class Domain(Rule):
    """A group of metrics with a score and a segment of its own."""

    id: str
    name: str
    score_id: str
    segment_id: str


class PublishedItems(Rule):
    """Under which identifiers the publisher prints an organisation's results; empty if unknown."""

    average: str = ""
    unadjusted: str = ""
    override: str = ""
    adjusted: str = ""
    final: str = ""
    in_recovery: str = ""


class MetricList(Rule):
    """Whether the scored metrics of a kind of organisation are listed, or where they would be."""

    kind: str
    listed: bool | Unknown


class Candidate(Rule):
    """A published target that may become a metric's standard; no source says that it is one."""

    area: str
    target: str
    later: str = ""
    level: str
    evidence: Evidence
    reference: Reference


class UnknownFact(Rule):
    """Something the rule set does not know and does not guess."""

    what: str
    where: str


class Framework(Rule):
    """One framework year, complete."""

    year: str
    title: str
    kinds: tuple[str, ...]
    scale: Scale
    published: PublishedItems = PublishedItems()
    trust_type: tuple[TrustType, ...]
    pool: tuple[Pool, ...]
    domain: tuple[Domain, ...] = ()
    source: tuple[Source, ...]
    unknown: tuple[UnknownFact, ...]
    statement: tuple[Statement, ...]
    metric: tuple[Metric, ...] = ()
    metric_list: tuple[MetricList, ...]
    candidate: tuple[Candidate, ...] = ()
    segment: tuple[SegmentMeaning, ...]
    average: Average
    cuts: Cuts
    adjustment: tuple[Adjustment, ...] = ()
    final: Final
    league: League
    tolerance: Tolerance

    @model_validator(mode="after")
    def _names_what_it_has(self) -> "Framework":
        FrameworkYear.parse(self.year)
        problems = [*_repeats(self), *_dangling(self)]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def __repr__(self) -> str:
        return f"Framework({self.year})"

    @property
    def segments(self) -> int:
        """How many segments an average can lie in; the cuts are one fewer."""
        return len(self.segment)

    def kind_of(self, trust_type: str) -> str:
        """Return the kind of organisation a type is of."""
        return next(found.kind for found in self.trust_type if found.id == trust_type)

    def find(self, metric: str) -> Metric:
        """Return the metric with this identifier."""
        return next(found for found in self.metric if found.id == metric)

    def pool_of(self, metric: Metric) -> Pool:
        """Return whom the metric's organisations are ranked among."""
        return next(pool for pool in self.pool if pool.id == metric.pool)


_KINDS = ("metric", "domain", "pool", "trust_type", "source", "kinds")


def _repeats(framework: Framework) -> Iterable[str]:
    for kind in ("metric", "domain", "pool", "trust_type", "source", "adjustment", "statement"):
        ids = [item.id for item in getattr(framework, kind)]
        yield from (
            f"{kind} {twice}: defined twice"
            for twice in sorted({i for i in ids if ids.count(i) > 1})
        )


def _dangling(framework: Framework) -> Iterable[str]:
    """Yield one line for every name a rule uses that the rule set does not define."""
    ids = {kind: {item.id for item in getattr(framework, kind)} for kind in _KINDS[:-1]}
    ids["kinds"] = set(framework.kinds)
    for kind, name, user in _uses(framework):
        if name not in ids[kind]:
            yield f'{user}: no {kind} "{name}"; known: {", ".join(sorted(ids[kind]))}'


def _uses(framework: Framework) -> Iterable[tuple[str, str, str]]:
    """Yield (kind, name, user) for every name one rule uses of another."""
    yield "pool", framework.cuts.pool, "cuts"
    for metric in framework.metric:
        yield from _uses_of_metric(metric)
    for adjustment in framework.adjustment:
        yield from _uses_of_adjustment(adjustment)
    for pool in framework.pool:
        yield from (("trust_type", used, f"pool {pool.id}") for used in pool.trust_types)
    yield from (("kinds", found.kind, f"trust_type {found.id}") for found in framework.trust_type)
    yield from (("kinds", found.kind, "metric_list") for found in framework.metric_list)
    yield from _sources(framework)


def _sources(framework: Framework) -> Iterable[tuple[str, str, str]]:
    for part in ("average", "cuts", "final", "league"):
        yield "source", getattr(framework, part).reference.source, part
    cited = [(part, item.reference) for part in ("candidate", "segment", "statement")
             for item in getattr(framework, part)]  # fmt: skip
    yield from (("source", found.source, part) for part, found in cited if found)


def _uses_of_metric(metric: Metric) -> Iterable[tuple[str, str, str]]:
    user = f"metric {metric.id}"
    yield "domain", metric.domain, user
    yield "pool", metric.pool, user
    yield "source", metric.reference.source, user
    if isinstance(metric.scoring, Matrix):
        yield from (
            ("metric", used, user) for used in (metric.scoring.rows, metric.scoring.columns)
        )


def _uses_of_adjustment(adjustment: Adjustment) -> Iterable[tuple[str, str, str]]:
    user = f"adjustment {adjustment.id}"
    yield "source", adjustment.reference.source, user
    if not isinstance(adjustment.kinds, Unknown):
        yield from (("kinds", used, user) for used in adjustment.kinds)
    if adjustment.estimate:
        yield from (("metric", used, user) for used in adjustment.estimate.sum_of)
