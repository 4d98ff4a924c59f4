"""What a published table brings, compared with the last quarter of its type and with our lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from oversight_lib.intake.cards import Card, card_of
from oversight_lib.intake.catalogue import Holding
from oversight_lib.intake.reader import PublishedTable
from oversight_lib.periods import Quarter

Stored = Mapping[Holding, tuple[pd.DataFrame, Card]]
"""The tables a data directory holds, each with its source card."""

Status = Literal["new", "restated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Renamed:
    """Something that has another name or place than before."""

    what: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.what}: “{self.new}”, not “{self.old}”"


@dataclass(frozen=True)
class Arrival:
    """One published table taken in, and how it compares.

    `since` is the last quarter before it of that type and kind, and what is new, missing or
    renamed is so against it; without one nothing is. `unlike_ours` are trusts whose published name
    or region is not the one in `data/organisations`, which counts. `revised` is how many cells
    differ from what was published before for the same quarter.
    """

    holding: Holding
    file: str
    status: Status
    rows_read: int
    rows_kept: int
    trusts: int
    items: int
    revised: int
    since: Quarter | None
    new: tuple[str, ...]
    missing: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    unlike_ours: tuple[Renamed, ...]

    def __str__(self) -> str:
        return "\n".join([self._title(), *(f"  {line}" for line in self._lines())])

    def _title(self) -> str:
        holding = self.holding
        return f"{holding.quarter.label}, {holding.trust_type}, {holding.kind}: {self.status}"

    def _lines(self) -> Iterator[str]:
        yield f"from {self.file}: {self.rows_read:,} rows read, {self.rows_kept:,} kept"
        metrics = f", {counted(self.items, 'identifier')}" if self.items else ""
        yield counted(self.trusts, "trust") + metrics
        if self.revised:
            cells = counted(self.revised, "cell")
            yield f"{cells} differ from what was published before; logged in revisions.csv"
        if self.since:
            yield f"since {self.since.label}: {self._differences()}"
            yield from (f"renamed: {renamed}" for renamed in self.renamed)
        yield from (f"not as in our list: {renamed}" for renamed in self.unlike_ours)

    def _differences(self) -> str:
        said = {"new": self.new, "missing": self.missing}
        parts = [f"{word} {', '.join(names)}" for word, names in said.items() if names]
        return "; ".join(parts) or "nothing new, nothing missing"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless there is one."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def arrival(
    holding: Holding,
    brought: Mapping[Holding, PublishedTable],
    stored: Stored,
    revised: pd.DataFrame,
    ours: pd.DataFrame,
) -> Arrival:
    """Return how one of the tables brought compares with those stored and brought.

    `revised` is `frames.REVISIONS` of this table, `ours` `frames.ORGANISATIONS`.
    """
    published = brought[holding]
    contents = {found: _contents(*kept) for found, kept in stored.items()}
    contents |= {found: _contents(new.table, card_of(new)) for found, new in brought.items()}
    since = max((found for found in contents if _precedes(found, holding)), default=None)
    here = contents[holding]
    before = contents[since] if since else here
    return Arrival(
        holding=holding,
        file=published.file,
        status=_status(holding in stored, len(revised)),
        rows_read=published.rows_read,
        rows_kept=len(published.table),
        trusts=len(here.trusts),
        items=len(here.names),
        revised=len(revised),
        since=since.quarter if since else None,
        new=tuple(sorted(here.codes - before.codes)),
        missing=tuple(sorted(before.codes - here.codes)),
        renamed=tuple(_renamed(before, here)),
        unlike_ours=tuple(_unlike_ours(published, ours)),
    )


@dataclass(frozen=True)
class _Contents:
    trusts: frozenset[str]
    names: Mapping[str, str]
    sub_domains: Mapping[str, str]

    @property
    def codes(self) -> frozenset[str]:
        return self.trusts | self.names.keys()


def _contents(table: pd.DataFrame, card: Card) -> _Contents:
    return _Contents(frozenset(table["org"]), card.names, card.sub_domains)


def _precedes(one: Holding, other: Holding) -> bool:
    same = (one.trust_type, one.kind) == (other.trust_type, other.kind)
    return same and one.quarter < other.quarter


def _status(was_there: bool, revised: int) -> Status:
    if not was_there:
        return "new"
    return "restated" if revised else "unchanged"


def _renamed(before: _Contents, here: _Contents) -> Iterator[Renamed]:
    for what, old, new in (
        ("", before.names, here.names),
        (", sub-domain", before.sub_domains, here.sub_domains),
    ):
        for item in sorted(old.keys() & new.keys()):
            if old[item] != new[item]:
                yield Renamed(f"{item}{what}", old[item], new[item])


def _unlike_ours(published: PublishedTable, ours: pd.DataFrame) -> Iterator[Renamed]:
    """Yield trusts published under another name or region; a region may be cut short (“East”)."""
    names = dict(zip(ours["org"], ours["name"], strict=True))
    regions = dict(zip(ours["org"], ours["region_name"], strict=True))
    for org, name in published.trusts.items():
        if name != names[org]:
            yield Renamed(f"{org}, name", names[org], name)
    for org, region in published.regions.items():
        if not regions[org].startswith(region):
            yield Renamed(f"{org}, region", regions[org], region)
