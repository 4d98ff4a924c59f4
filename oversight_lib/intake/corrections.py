"""Declared corrections of published figures; each fails once the publisher mends the figure."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from oversight_lib.errors import CorrectionError, OversightError, Problem
from oversight_lib.intake import DATA
from oversight_lib.intake.limits import short_text
from oversight_lib.periods import Quarter


class Correction(BaseModel):
    """One published figure that is wrong: the figure `expect` becomes `value`, or is dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    quarter: str
    org: str
    item: str
    expect: float
    value: float | None = None
    drop: bool = False
    reason: str = Field(min_length=1)
    author: str = Field(min_length=1)
    date: date

    @field_validator("quarter")
    @classmethod
    def _is_a_quarter(cls, text: str) -> str:
        try:
            return str(Quarter.parse(text))
        except OversightError as error:
            raise ValueError(error.summary) from None

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Correction":
        if (self.value is None) != self.drop:
            raise ValueError("give either value, or drop = true")
        return self

    @property
    def where(self) -> str:
        """Which figure it is about, in words."""
        return f"correction of {self.org} {self.item} in {self.quarter}"


def read_corrections(data: Path = DATA) -> tuple[Correction, ...]:
    """Return the corrections declared in `corrections.toml`; none if there is no such file.

    Raises `CorrectionError` with every entry that is not one, or that is declared twice.
    """
    path = data / "corrections.toml"
    if not path.exists():
        return ()
    try:
        entries = tomllib.loads(short_text(path))
    except (OSError, ValueError, RecursionError) as error:
        raise CorrectionError(f"{path.name} is not TOML", [str(error)]) from None
    found, problems = _checked(entries.pop("correction", []))
    problems += [Problem(key, "is not known", "[[correction]] entries only") for key in entries]
    problems += _declared_twice(found)
    if problems:
        raise CorrectionError(
            f"{path.name} cannot be used", problems, "mend the entries; the file says how"
        )
    return found


def _checked(entries: Sequence[object]) -> tuple[tuple[Correction, ...], list[Problem]]:
    found: list[Correction] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(Correction.model_validate(entry))
        except ValidationError as error:
            problems += [_problem(number, fault["loc"], fault["msg"]) for fault in error.errors()]
    return tuple(found), problems


def _problem(number: int, loc: tuple[str | int, ...], message: str) -> Problem:
    field = f", {loc[0]}" if loc else ""
    return Problem(f"entry {number}{field}", message.removeprefix("Value error, "))


def _declared_twice(corrections: Sequence[Correction]) -> list[Problem]:
    seen: set[tuple[str, str, str]] = set()
    problems = []
    for correction in corrections:
        key = (correction.quarter, correction.org, correction.item)
        if key in seen:
            problems.append(Problem(correction.where, "declared twice", "once"))
        seen.add(key)
    return problems


def corrected(
    figures: pd.DataFrame, quarter: Quarter, corrections: Sequence[Correction]
) -> pd.DataFrame:
    """Return a quarter's figures (`frames.PUBLISHED` columns) with its corrections applied.

    Medians, quartiles and ranks stay as published. Raises `CorrectionError` with every correction
    of the quarter whose figure is not there or is not the one it expects.
    """
    due = [correction for correction in corrections if correction.quarter == str(quarter)]
    keyed = figures.set_index(["org", "item"])
    if problems := list(_stale(keyed["value"], due)):
        raise CorrectionError(
            f"{len(problems)} declared correction{'s' * (len(problems) > 1)} no longer fit",
            problems,
            "if the publisher has mended the figure, delete the entry from corrections.toml",
        )
    values = {(c.org, c.item): c.value for c in due if c.value is not None}
    dropped = [(c.org, c.item) for c in due if c.drop]
    mended = pd.Series(values, dtype="float64").reindex(keyed.index) if values else None
    value = keyed["value"] if mended is None else mended.fillna(keyed["value"])
    return keyed.assign(value=value).drop(index=dropped).reset_index()[list(figures.columns)]


def _stale(values: "pd.Series[float]", due: Sequence[Correction]) -> Iterator[Problem]:
    for correction in due:
        published = values.get((correction.org, correction.item))
        if published is None:
            yield Problem(correction.where, "there is no such figure", f"{correction.expect:g}")
        elif published != correction.expect:
            what = f"the published figure is {published:g}"
            yield Problem(correction.where, what, f"{correction.expect:g}")
