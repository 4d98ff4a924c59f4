"""The log of revisions: a published figure that differs from the one before has an entry."""

import datetime
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from oversight_lib.errors import CommentaryError, Problem

NAME = "revisions.toml"


class Entry(BaseModel):
    """One revision or correction of figures that were published.

    `replaces` is the digest of the published tables that it changes, so that an entry lets nothing
    pass but the change it was written for. `where` names rows by their key, all of them if it is
    empty; `figures` is how many figures change, exactly.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    quarter: str = Field(pattern=r"^\d{4}-\d{2}-q[1-4]$")
    replaces: str = Field(pattern=r"^[0-9a-f]{64}$")
    table: str
    columns: tuple[str, ...] = Field(min_length=1)
    where: Mapping[str, str] = Field(default_factory=dict)
    figures: int = Field(ge=1)
    kind: Literal["correction", "scheduled", "method"]
    what: str = Field(min_length=1)
    why: str = Field(min_length=1)
    size: str = Field(min_length=1)
    pages: str = Field(min_length=1)
    author: str = Field(min_length=1)
    date: datetime.date

    @property
    def covers(self) -> str:
        """What it covers, as the log names it."""
        rows = ", ".join(f"{name}={value}" for name, value in self.where.items())
        return f"{self.table}: {', '.join(self.columns)}" + (f" where {rows}" if rows else "")

    def matches(self, changed: pd.DataFrame) -> "pd.Series[bool]":
        """Return which changed figures are among those of the entry."""
        parts = {f"{name}={value}" for name, value in self.where.items()}
        rows = changed["where"].map(lambda where: parts <= set(where.split(", "))).astype(bool)
        return changed["table"].eq(self.table) & changed["column"].isin(self.columns) & rows


def read(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a log, in its order; none if there is no file.

    Raises `CommentaryError` with everything that is wrong in it.
    """
    if not path.exists():
        return ()
    try:
        written = tomllib.loads(path.read_text("utf-8")).get("entry", [])
    except tomllib.TOMLDecodeError as error:
        raise CommentaryError(f"{path} is not TOML", [str(error)]) from None
    found, faults = [], []
    for number, entry in enumerate(written, start=1):
        try:
            found.append(Entry.model_validate(entry))
        except ValidationError as error:
            faults += [
                Problem(f"entry {number}, {'.'.join(map(str, one['loc']))}", one["msg"])
                for one in error.errors()
            ]
    if faults:
        raise CommentaryError(f"{path} is no log of revisions", faults, "mend these entries")
    return tuple(found)


def unlogged(
    changed: pd.DataFrame, entries: Sequence[Entry], *, quarter: str, replaces: str
) -> Iterator[Problem]:
    """Yield what changed without an entry, by table and column, and entries that are not exact.

    `changed` as `figures.COLUMNS`; `replaces` is the digest of the tables that are published.
    """
    mine = [one for one in entries if (one.quarter, one.replaces) == (quarter, replaces)]
    covered = pd.Series(False, index=changed.index)
    for entry in mine:
        matched = entry.matches(changed)
        if int(matched.sum()) != entry.figures:
            yield Problem(
                f"{NAME}: {entry.covers}",
                f"{int(matched.sum()):,} figures change",
                f"{entry.figures:,}, as it says",
            )
        covered = covered | matched
    for (table, column), rows in changed[~covered].groupby(["table", "column"]):
        first = rows.iloc[0]
        yield Problem(
            f"{table}.{column}",
            f"{len(rows):,} published figures change without an entry, as {first['where']}: "
            f"{first['before'] or 'none'} to {first['after'] or 'none'}",
            f"an entry in {NAME} with replaces = {replaces}",
        )
