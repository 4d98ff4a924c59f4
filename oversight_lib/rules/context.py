"""The contextual tests of integrated care boards as data, and the measures they look at."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from oversight_lib.errors import RulesError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.base import Better, Reference, Rule, Share

FILE = "context.toml"
Cadence = Literal["month", "quarter", "year", "financial-year"]


class Measure(Rule):
    """What a series measures: unit, direction, bounds, how periods are written, where published.

    `of` is what a percentage is of, where a sentence has to say so; `absent` says in words that it
    is not loaded; `stock` is a stock, as a waiting list is.
    """

    id: str
    name: str
    short: str
    unit: str
    of: str = ""
    better: Better
    cadence: Cadence
    bounds: tuple[float, float] | None = None
    target: float | None = None
    target_is: str = ""
    stock: bool = False
    publisher: str
    page: str
    absent: str = ""
    note: str = ""

    @property
    def missing(self) -> str:
        """Why nothing can be said without it, and where to get it."""
        return f"{self.absent or f'{self.id} is not loaded'}; it is published at {self.page}"


class WorstQuarter(Rule):
    """In the lowest quarter of boards in every period looked at; a tie with the quartile is in."""

    kind: Literal["worst_quarter"]
    measure: str
    periods: Literal["latest-months", "quarter", "latest"]
    how_many: Annotated[int, Field(ge=1)]
    probability: Share
    interpolation: Literal["linear"]

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it looks at."""
        return (self.measure,)


class Deficit(Rule):
    """A deficit above a bound; or one between zero and the bound, with a variance above another."""

    kind: Literal["deficit"]
    deficit: str
    variance: str
    above: float
    variance_above: float

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it looks at."""
        return (self.deficit, self.variance)


class ContextTest(Rule):
    """One contextual test."""

    id: str
    name: str
    asks: str
    condition: Annotated[WorstQuarter | Deficit, Field(discriminator="kind")]


class Context(Rule):
    """The contextual tests of one framework year, and the measures that can be loaded."""

    caveat: str
    reference: Reference
    measure: tuple[Measure, ...]
    test: tuple[ContextTest, ...]

    @model_validator(mode="after")
    def _names_what_it_has(self) -> "Context":
        ids = [*(m.id for m in self.measure), *(t.id for t in self.test)]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        used = {name for test in self.test for name in test.condition.measures}
        unknown = sorted(used - {measure.id for measure in self.measure})
        if twice or unknown:
            raise ValueError(f"defined twice: {twice}; no such measure: {unknown}")
        return self

    def find(self, measure: str) -> Measure:
        """Return the measure with this identifier."""
        return next(found for found in self.measure if found.id == measure)


@cache
def load_context(year: FrameworkYear) -> Context | None:
    """Return the contextual tests of a framework year; None if it has none."""
    file = files(__package__) / str(year) / FILE
    return parse_context(file.read_text("utf-8"), f"{year}/{FILE}") if file.is_file() else None


def parse_context(text: str, name: str = FILE) -> Context:
    """Return the contextual tests in a TOML text, or raise `RulesError` with every problem."""
    try:
        return Context.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"rules/{name} is not TOML", [str(error)]) from None
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}".lstrip(": ")
            for fault in error.errors()
        ]
        raise RulesError(f"problems in rules/{name}", problems) from None
