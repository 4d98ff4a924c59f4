"""The rules from metric scores to segments, and what the back-test tolerates."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from oversight_lib.rules.base import Evidence, Number, Reference, Rule, Share, Unknown, known


class Scale(Rule):
    """The ends of the score scale."""

    best: float
    lowest: float


class Average(Rule):
    """What the mean of the metric scores is called, and how it is rounded when it is printed."""

    name: str
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


class ThresholdCuts(Rule):
    """Segments end at defined thresholds, one set for everybody in a pool.

    `boundary` says which averages are still in the better segment: those at or below the
    threshold, or only those below it. Domains have no segments under thresholds.
    """

    method: Literal["thresholds"]
    thresholds: tuple[Number, Number, Number]
    pool: str
    compares: Literal["printed average"] | Unknown
    boundary: Literal["at_or_below", "below"] | Unknown
    evidence: Evidence
    reference: Reference
    note: str = ""

    @model_validator(mode="after")
    def _ascends(self) -> "ThresholdCuts":
        numbers = [number for number in self.thresholds if not isinstance(number, Unknown)]
        if numbers != sorted(set(numbers)):
            raise ValueError("thresholds must ascend")
        return self


Cuts = Annotated[QuantileCuts | ThresholdCuts, Field(discriminator="method")]


class Estimate(Rule):
    """How a condition is estimated when its flag is not published."""

    sum_of: tuple[str, ...]
    below: float
    reproduces_at_least: Share


class Adjustment(Rule):
    """A condition under which a segment is not better than a stated one.

    Adjustments apply in the order they are listed, to the kinds of organisation they name.
    `flag` is the published result that says whether the condition holds.
    """

    id: str
    name: str
    when: str | Unknown
    not_better_than: int | Unknown
    kinds: tuple[str, ...] | Unknown = ("trust",)
    flag: Literal["override"] | Unknown = "override"
    estimate: Estimate | None = None
    evidence: Evidence
    reference: Reference
    note: str = ""

    @property
    def cap(self) -> int:
        """The best segment there can be under the condition; refused where it is not known."""
        return known(self.not_better_than, f"the segment that {self.name} caps at")


class Final(Rule):
    """The last step: a judgement that replaces the segment, or stands apart from it as a flag.

    Where `when` is unknown, final segments are left missing.
    """

    segment: int | None = None
    flag_apart: bool = False
    when: str | Unknown
    evidence: Evidence
    reference: Reference
    note: str = ""

    @property
    def apart(self) -> str:
        """What is said of the programme where no segment stands for it."""
        if isinstance(self.when, Unknown):
            return "How the improvement programme shows beside the segments is not known."
        return f"A flag apart from the segments says if {self.when}."

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "Final":
        if self.flag_apart and self.segment is not None:
            raise ValueError("a flag apart replaces no segment")
        return self


class League(Rule):
    """The order of the league table."""

    order: tuple[Literal["adjusted", "average"], ...] | Unknown
    ties: Literal["best"]
    within: Literal["trust_type"]
    evidence: Evidence
    reference: Reference


class SegmentMeaning(Rule):
    """What a segment stands for, in the publisher's sense."""

    number: int
    meaning: str
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
