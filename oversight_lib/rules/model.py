"""The framework as typed, frozen data; it refuses nonsense.

One class a rule. Code dispatches on `scoring.kind` and never asks which year it is. A number that
is not known is an `Unknown`, which says where it is published; whoever needs it must ask through
`known`.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from oversight_lib.errors import RulesError
from oversight_lib.periods import FrameworkYear

Better = Literal["higher", "lower", "none"]
Evidence = Literal["manual", "data", "inferred", "unconfirmed"]
Share = Annotated[float, Field(ge=0, le=1)]
Score = Annotated[float, Field(ge=1, le=4)]


class Rule(BaseModel):
    """A frozen piece of the rule set; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Unknown(Rule):
    """A number that is not known, and the page that publishes it."""

    unknown: str


Number = float | Unknown


def known(number: Number, what: str) -> float:
    """Return the number, or refuse and say where it is published."""
    if isinstance(number, Unknown):
        raise RulesError(
            f"{what} is not known", do_this=f"fill it in; published in {number.unknown}"
        )
    return number


class Source(Rule):
    """A text or file that a rule rests on."""

    id: str
    title: str
    publisher: str
    url: str
    published: str = ""


class Reference(Rule):
    """Where in a source a rule stands."""

    source: str
    section: str


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
    """A kind of trust, and the names the publisher has used for it."""

    id: str
    name: str
    names: tuple[str, ...]


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
    """Under which identifiers the publisher prints an organisation's results."""

    average: str
    unadjusted: str
    override: str
    adjusted: str
    final: str
    in_recovery: str


class UnknownFact(Rule):
    """Something the rule set does not know and does not guess."""

    what: str
    where: str


class Scale(Rule):
    """The ends of the score scale."""

    best: float
    lowest: float


class Average(Rule):
    """How an average is rounded when it is printed."""

    decimals: int
    rounding: Literal["half_up"]
    evidence: Evidence
    reference: Reference
    note: str = ""


class QuantileCuts(Rule):
    """Segments end at quantiles of the averages of a pool."""

    method: Literal["quantile"]
    probabilities: tuple[Share, Share, Share]
    interpolation: Literal["linear"]
    pool: str
    compares: Literal["printed average"]
    boundary: Literal["at_or_below"]
    evidence: Evidence
    reference: Reference
    note: str = ""


class Estimate(Rule):
    """How a condition is estimated when its flag is not published."""

    sum_of: tuple[str, ...]
    below: float
    reproduces_at_least: Share


class Adjustment(Rule):
    """A condition under which a segment is not better than a stated one."""

    id: str
    name: str
    when: str
    not_better_than: int
    estimate: Estimate
    evidence: Evidence
    reference: Reference
    note: str = ""


class Final(Rule):
    """The last step: a judgement that replaces the segment."""

    segment: int
    when: str
    evidence: Evidence
    reference: Reference
    note: str = ""


class League(Rule):
    """The order of the league table."""

    order: tuple[Literal["adjusted", "average"], ...]
    ties: Literal["best"]
    within: Literal["trust_type"]
    evidence: Evidence
    reference: Reference


class CutsAtHand(Rule):
    """When cuts computed from an incomplete pool are compared, and how many trusts may differ."""

    coverage: Share
    misplaced: int


class RangesTolerance(Rule):
    """How far an end of a likely range may lie from the published one, and for what share."""

    average: float
    rank: int
    share: Share


class Tolerance(Rule):
    """What the back-test tolerates."""

    average: float
    cuts_at_hand: CutsAtHand
    ranges: RangesTolerance


class Framework(Rule):
    """One framework year, complete."""

    year: str
    title: str
    kinds: tuple[str, ...]
    scale: Scale
    published: PublishedItems
    trust_type: tuple[TrustType, ...]
    pool: tuple[Pool, ...]
    domain: tuple[Domain, ...]
    source: tuple[Source, ...]
    unknown: tuple[UnknownFact, ...]
    metric: tuple[Metric, ...]
    average: Average
    cuts: QuantileCuts
    adjustment: tuple[Adjustment, ...]
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

    def find(self, metric: str) -> Metric:
        """Return the metric with this identifier."""
        return next(found for found in self.metric if found.id == metric)

    def pool_of(self, metric: Metric) -> Pool:
        """Return whom the metric's organisations are ranked among."""
        return next(pool for pool in self.pool if pool.id == metric.pool)


def _repeats(framework: Framework) -> Iterable[str]:
    for kind in ("metric", "domain", "pool", "trust_type", "source"):
        ids = [item.id for item in getattr(framework, kind)]
        yield from (
            f"{kind} {twice}: defined twice"
            for twice in sorted({i for i in ids if ids.count(i) > 1})
        )


def _dangling(framework: Framework) -> Iterable[str]:
    """Yield one line for every name a rule uses that the rule set does not define."""
    ids = {kind: {item.id for item in getattr(framework, kind)} for kind in _KINDS}
    for kind, name, user in _uses(framework):
        if name not in ids[kind]:
            yield f'{user}: no {kind} "{name}"; known: {", ".join(sorted(ids[kind]))}'


_KINDS = ("metric", "domain", "pool", "trust_type", "source")


def _uses(framework: Framework) -> Iterable[tuple[str, str, str]]:
    """Yield (kind, name, user) for every name one rule uses of another."""
    for metric in framework.metric:
        user = f"metric {metric.id}"
        yield "domain", metric.domain, user
        yield "pool", metric.pool, user
        yield "source", metric.reference.source, user
        if isinstance(metric.scoring, Matrix):
            yield from (
                ("metric", used, user) for used in (metric.scoring.rows, metric.scoring.columns)
            )
    for pool in framework.pool:
        yield from (("trust_type", used, f"pool {pool.id}") for used in pool.trust_types)
    for adjustment in framework.adjustment:
        yield "source", adjustment.reference.source, f"adjustment {adjustment.id}"
        yield from (
            ("metric", used, f"adjustment {adjustment.id}") for used in adjustment.estimate.sum_of
        )
    yield "pool", framework.cuts.pool, "cuts"
    for part in ("average", "cuts", "final", "league"):
        yield "source", getattr(framework, part).reference.source, part
