"""Publications of the oversight framework: what they bring, and what taking them in would write."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem, PublicationError
from oversight_lib.frames import REVISIONS
from oversight_lib.intake.cards import Card, card_bytes, card_of
from oversight_lib.intake.catalogue import FRAMES, Holding, holdings, read_source, read_table
from oversight_lib.intake.comparison import Arrival, arrival
from oversight_lib.intake.organisations import organisations
from oversight_lib.intake.reader import PublishedTable, read_publication
from oversight_lib.intake.revisions import logged, revisions, revisions_path
from oversight_lib.intake.store import csv_bytes
from oversight_lib.periods import Quarter


def prepare(
    paths: Sequence[Path], data: Path, quarter: Quarter | None
) -> tuple[dict[Path, bytes], tuple[Arrival, ...], pd.DataFrame]:
    """Return the files to write with their content, every table brought, and `frames.REVISIONS`.

    Each quarter, trust type and kind becomes one table with its source card, and replaces the
    one there was as a whole; where figures differ from it they are logged as revisions. If anything
    is wrong in any file, `PublicationError` names all of it.
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
    arrivals = tuple(
        arrival(holding, brought, stored, revised[holding], ours) for holding in brought
    )
    log = pd.concat([REVISIONS.empty(), *revised.values()], ignore_index=True)
    return _contents(brought, log, data), arrivals, log


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
            if holding in found and found[holding].sha256 != table.sha256:
                problems.append(_twice(holding, found[holding].file, table.file))
            found[holding] = table
    if problems:
        raise PublicationError("publications cannot be read", problems)
    return dict(sorted(found.items()))


def _twice(holding: Holding, first: str, second: str) -> Problem:
    what = f"holds {holding.quarter.label}, {holding.trust_type}, {holding.kind}; so does {first}"
    return Problem(second, what, "each quarter once: take in the later publication alone")


def _revisions(
    holding: Holding, published: PublishedTable, stored: tuple[pd.DataFrame, Card] | None
) -> pd.DataFrame:
    if stored is None:
        return REVISIONS.empty()
    table, card = stored
    return revisions(holding, table, published.table, card.sha256, published.sha256)


def _contents(
    brought: Mapping[Holding, PublishedTable], revised: pd.DataFrame, data: Path
) -> dict[Path, bytes]:
    contents: dict[Path, bytes] = {}
    for holding, published in brought.items():
        contents[holding.table_path(data)] = csv_bytes(FRAMES[holding.kind], published.table)
        contents[holding.card_path(data)] = card_bytes(card_of(published))
    if len(revised):
        # A figure that goes back and forth between the same two files is logged once each way.
        log = pd.concat([logged(data), revised]).drop_duplicates(list(REVISIONS.key))
        contents[revisions_path(data)] = csv_bytes(REVISIONS, log)
    return contents
