"""Declared months that are published but must not be shown as performance, each with its reason."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from oversight_lib.errors import CorrectionError
from oversight_lib.intake import DATA
from oversight_lib.intake.limits import short_text
from oversight_lib.intake.series.rows import withheld


class Exclusion(BaseModel):
    """Periods of one measure, from `first` to `last`, for some areas; `*` is every area."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str
    areas: tuple[str, ...]
    first: str
    last: str
    reason: str
    evidence: str
    author: str
    date: date

    def covers(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Return which rows of a series it is about."""
        inside = rows["period"].between(self.first, self.last) & rows["measure"].eq(self.measure)
        return inside & (rows["area"].isin(self.areas) | ("*" in self.areas))


def read_exclusions(data: Path = DATA) -> tuple[Exclusion, ...]:
    """Return the exclusions a data directory declares, or the bundled ones."""
    own = data / "series" / "exclusions.toml"
    path = own if own.exists() else DATA / "series" / "exclusions.toml"
    try:
        entries = tomllib.loads(short_text(path)).get("exclusion", [])
        return tuple(Exclusion.model_validate(entry) for entry in entries)
    except (OSError, ValueError, RecursionError) as error:
        raise CorrectionError(f"{path} cannot be read", [str(error)]) from None


def excluded(rows: pd.DataFrame, exclusions: Sequence[Exclusion]) -> pd.DataFrame:
    """Return the series with the figures of every exclusion taken out, and its reason."""
    for exclusion in exclusions:
        rows = withheld(rows, exclusion.covers(rows), exclusion.reason)
    return rows
