"""For every scored metric: whether a public breakdown by groups of people exists, and where."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import model_validator

from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.base import Rule

Answer = Literal["published", "part", "not established", "not applicable"]
DIMENSIONS = ("deprivation", "ethnicity", "age", "sex")
_FILE = "inequality/coverage-{}.toml"


class Series(Rule):
    """One official series: its page, what of it is broken down, and on what evidence.

    'published': the measure itself, or one its publisher makes of the same people and events;
    'part': only something beside it; 'not established': this could not be told from what was
    read; 'not applicable': the measure is not about people.
    """

    id: str
    metrics: tuple[str, ...]
    publisher: str
    title: str
    page: str
    deprivation: Answer
    ethnicity: Answer
    age: Answer
    sex: Answer
    evidence: str
    evidence_page: str = ""

    @model_validator(mode="after")
    def _rests_on_something(self) -> "Series":
        answers = {getattr(self, name) for name in DIMENSIONS}
        if answers & {"published", "part"} and not self.evidence_page:
            raise ValueError(f"series {self.id}: published, but no page of evidence")
        return self


class Coverage(Rule):
    """The series of one framework year."""

    series: tuple[Series, ...]

    def of(self, metric: str) -> Series:
        """Return the series of a metric."""
        return next(series for series in self.series if metric in series.metrics)


@cache
def load_coverage(year: FrameworkYear) -> Coverage | None:
    """Return what is known for a framework year's metrics; None if nothing is written down."""
    file = files("oversight_lib.rules") / _FILE.format(year)
    if not file.is_file():
        return None
    return Coverage.model_validate(tomllib.loads(file.read_text("utf-8")))
