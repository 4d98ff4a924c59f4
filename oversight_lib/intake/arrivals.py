"""Published files taken into a data directory: all of them, or none if anything is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from oversight_lib.errors import Problem, PublicationError
from oversight_lib.frames import REVISIONS
from oversight_lib.intake import DATA
from oversight_lib.intake.cards import Card, card_bytes, card_of
from oversight_lib.intake.catalogue import FRAMES, Holding, holdings, read_source, read_table
from oversight_lib.intake.files import write_all
from oversight_lib.intake.organisations import organisations
from oversight_lib.intake.reader import PublishedTable, read_publication
from oversight_lib.intake.revisions import logged, revisions, revisions_path
from oversight_lib.intake.store import csv_bytes
from oversight_lib.periods import Quarter

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
        yield f"{self.trusts} trusts" + (f", {self.items} identifiers" if self.items else "")
        if self.revised:
            yield f"{self.revised:,} cells differ from what was published before; they are logged"
        if self.since:
            yield f"since {self.since.label}: {self._differences()}"
            yield from (f"renamed: {renamed}" for renamed in self.renamed)
        yield from (f"not as in our list: {renamed}" for renamed in self.unlike_ours)

    def _differences(self) -> str:
        said = {"new": self.new, "missing": self.missing}
        parts = [f"{word} {', '.join(names)}" for word, names in said.items() if names]
        return "; ".join(parts) or "nothing new, nothing missing"


@dataclass(frozen=True)
class IntakeReport:
    """What an intake did: every table it took in, and `frames.REVISIONS` it logged."""

    arrivals: tuple[Arrival, ...]
    revisions: pd.DataFrame

    def __str__(self) -> str:
        return "\n".join(map(str, self.arrivals))


def intake(
    paths: Sequence[Path], data: Path = DATA, *, quarter: Quarter | None = None
) -> IntakeReport:
    """Take published files into a data directory, and say what they brought.

    Each quarter, trust type and kind becomes one table with its source card, and replaces the
    one there was as a whole; where figures differ from it they are logged as revisions. Reading a
    file again changes nothing. If anything is wrong in any file, `PublicationError` names all of it
    and nothing is written. `quarter` is for files that do not say theirs.
    """
    ours = organisations(data)
    brought = _read_all(paths, ours, quarter)
    stored = {
        found: (read_table(data, found), read_source(data, found)) for found in holdings(data)
    }
    revised = {
        holding: _revisions(holding, published, stored.get(holding))
        for holding, published in brought.items()
    }
    report = IntakeReport(
        tuple(_arrival(holding, brought, stored, revised[holding], ours) for holding in brought),
        pd.concat([REVISIONS.empty(), *revised.values()], ignore_index=True),
    )
    write_all(_changes(brought, report.revisions, data))
    return report


def _read_all(
    paths: Sequence[Path], trusts: pd.DataFrame, quarter: Quarter | None
) -> dict[Holding, PublishedTable]:
    found: dict[Holding, PublishedTable] = {}
    problems: list[Problem | str] = []
    for path in paths:
        try:
            tables = read_publication(path, trusts, quarter)
        except PublicationError as error:
            problems += error.problems
            continue
        for table in tables:
            holding = Holding(table.quarter, table.trust_type, table.kind)
            if holding in found and not _same(found[holding], table):
                problems.append(_twice(holding, found[holding].file, table.file))
            found[holding] = table
    if problems:
        raise _refusal(paths, problems)
    return dict(sorted(found.items()))


def _same(one: PublishedTable, other: PublishedTable) -> bool:
    return one.sha256 == other.sha256


def _twice(holding: Holding, first: str, second: str) -> Problem:
    what = f"holds {holding.quarter.label}, {holding.trust_type}, {holding.kind}; so does {first}"
    return Problem(second, what, "each quarter once: take in the later publication alone")


def _refusal(paths: Sequence[Path], problems: Sequence[Problem | str]) -> PublicationError:
    count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
    files = ", ".join(path.name for path in paths)
    return PublicationError(
        f"{count} in {files}; nothing was taken in",
        problems,
        "download the file again and compare; if it is as published, ask the publisher to mend it",
    )


def _revisions(
    holding: Holding, published: PublishedTable, stored: tuple[pd.DataFrame, Card] | None
) -> pd.DataFrame:
    if stored is None:
        return REVISIONS.empty()
    table, card = stored
    return revisions(holding, table, published.table, card.sha256, published.sha256)


def _changes(
    brought: Mapping[Holding, PublishedTable], revised: pd.DataFrame, data: Path
) -> dict[Path, bytes]:
    """Return the files whose content the intake changes."""
    contents: dict[Path, bytes] = {}
    for holding, published in brought.items():
        contents[holding.table_path(data)] = csv_bytes(FRAMES[holding.kind], published.table)
        contents[holding.card_path(data)] = card_bytes(card_of(published))
    if len(revised):
        # A figure that goes back and forth between the same two files is logged once each way.
        log = pd.concat([logged(data), revised]).drop_duplicates(list(REVISIONS.key))
        contents[revisions_path(data)] = csv_bytes(REVISIONS, log)
    return {
        path: content
        for path, content in contents.items()
        if not path.exists() or path.read_bytes() != content
    }


def _arrival(
    holding: Holding,
    brought: Mapping[Holding, PublishedTable],
    stored: Mapping[Holding, tuple[pd.DataFrame, Card]],
    revised: pd.DataFrame,
    ours: pd.DataFrame,
) -> Arrival:
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
