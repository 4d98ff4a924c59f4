"""What every rule is made of: its evidence, its source, and numbers that may not be known."""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from oversight_lib.errors import RulesError

Better = Literal["higher", "lower", "none"]
Evidence = Literal["manual", "data", "inferred", "secondary", "unconfirmed", "unknown"]
"""Stated by the publisher; proved by recomputing its figures; consistent with them; said by
others only; contradictory; or not known at all."""

Share = Annotated[float, Field(ge=0, le=1)]
Score = Annotated[float, Field(ge=1, le=4)]


class Rule(BaseModel):
    """A frozen piece of the rule set; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Unknown(Rule):
    """A number that is not known, and the page that publishes it."""

    unknown: str

    def __str__(self) -> str:
        return f"not known here; published in {self.unknown}"


Number = float | Unknown
Known = TypeVar("Known")


def known(number: Known | Unknown, what: str) -> Known:
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
    url: str = ""
    published: str = ""


class Reference(Rule):
    """Where in a source a rule stands."""

    source: str
    section: str


class Statement(Rule):
    """A rule said in words, or the evidence of one that is said by its numbers."""

    id: str
    says: str = ""
    evidence: Evidence
    reference: Reference | None = None
