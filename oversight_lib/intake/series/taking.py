"""Files of series taken into a data directory: all of them, or none if anything is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem, PublicationError
from oversight_lib.frames import SERIES
from oversight_lib.intake import DATA
from oversight_lib.intake.comparison import counted
from oversight_lib.intake.files import changes, write_all
from oversight_lib.intake.series import holdings
from oversight_lib.intake.series.exclusions import excluded, read_exclusions
from oversight_lib.intake.series.holdings import Source
from oversight_lib.intake.series.layouts import BY_ID
from oversight_lib.intake.series.places import read_places
from oversight_lib.intake.series.reader import SeriesFile, read_series
from oversight_lib.intake.store import csv_bytes

_KEY = list(SERIES.key)


@dataclass(frozen=True)
class SeriesReport:
    """What was taken in: for each table its rows, the latest period, and what is missing."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def take_in(paths: Sequence[Path], data: Path = DATA) -> SeriesReport:
    """Take files of series into a data directory, and say what they brought.

    A figure that stands in several files is the publisher's own rather than a derived table's, and
    of two files of one layout the one taken in last. Declared exclusions are applied. Taking a file
    in again changes nothing. If anything is wrong in any file, `PublicationError` names all of it
    and nothing is written.
    """
    contents, report = prepare(paths, data)
    write_all(changes(contents))
    return report


def prepare(paths: Sequence[Path], data: Path) -> tuple[dict[Path, bytes], SeriesReport]:
    """Return the files that `take_in` would write with their content, and what it would say."""
    brought = _read_all(paths, data)
    exclusions = read_exclusions(data)
    contents: dict[Path, bytes] = {}
    lines = []
    for name in sorted({_holding(file) for file in brought}):
        table, sources = holdings.read_holding(data, name)
        mine = [file for file in brought if _holding(file) == name]
        merged = excluded(_merged(table, sources, mine), exclusions)
        cards = _cards(merged, sources, mine)
        contents[holdings.table_path(data, name)] = csv_bytes(SERIES, merged)
        contents[holdings.card_path(data, name)] = holdings.card_bytes(cards)
        lines.append(_line(name, merged, len(cards)))
    return contents, SeriesReport(tuple(lines))


def _holding(file: SeriesFile) -> str:
    return file.layout.holding or str(file.table["measure"].iloc[0])


def _read_all(paths: Sequence[Path], data: Path) -> list[SeriesFile]:
    places = read_places(data)
    found: dict[str, list[SeriesFile]] = {}
    problems: list[Problem | str] = []
    for path in paths:
        try:
            files = read_series(path, places)
        except PublicationError as error:
            problems += error.problems
            continue
        found[files[0].sha256] = files
    files = [file for digest in sorted(found) for file in found[digest]]
    if problems := [*problems, *_twice(files)]:
        raise PublicationError(
            f"{len(problems)} problem{'s' * (len(problems) > 1)}; nothing was taken in",
            problems,
            "mend the file you filled; download a published one again and compare",
        )
    return files


def _twice(files: Iterable[SeriesFile]) -> list[Problem]:
    """Return the files of one layout that have figures for the same area and period."""
    keyed = [file.table[_KEY].assign(layout=file.layout.id, file=file.file) for file in files]
    if not keyed:
        return []
    rows = pd.concat(keyed, ignore_index=True)
    again = rows[rows.duplicated([*_KEY, "layout"])].drop_duplicates(["file", "period"])
    return [
        Problem(row["file"], f"another file has {row['measure']} for {row['period']} too", "one")
        for row in again.to_dict("records")
    ]


def _merged(
    stored: pd.DataFrame, sources: Sequence[Source], brought: Sequence[SeriesFile]
) -> pd.DataFrame:
    """Return stored and new figures, for each area and period those of the first in rank."""
    priority = {source.file: BY_ID[source.layout].priority for source in sources}
    old = stored.assign(priority=stored["source"].map(priority), late=0)
    new = [file.table.assign(priority=file.layout.priority, late=1) for file in brought]
    rows = pd.concat([old, *new], ignore_index=True)
    ranked = rows.sort_values([*_KEY, "priority", "late"], kind="stable")
    return SERIES.arrange(ranked.drop_duplicates(_KEY, keep="last"))


def _cards(
    merged: pd.DataFrame, stored: Sequence[Source], brought: Sequence[SeriesFile]
) -> list[Source]:
    """Return the sources of the rows that are left."""
    new = {file.file: _source(file) for file in brought}
    known = {source.file: source for source in stored} | new
    counts = merged.groupby("source").size()
    spans = merged.groupby("source")["period"].agg(["min", "max"])
    return [
        replace(known[str(file)], rows=int(counts[file]), period=_span(spans.loc[file]))
        for file in counts.index
    ]


def _span(ends: "pd.Series[str]") -> str:
    first, last = str(ends["min"]), str(ends["max"])
    return first if first == last else f"{first} to {last}"


def _source(file: SeriesFile) -> Source:
    return Source(
        publisher=file.publisher,
        title=file.title,
        file=file.file,
        period="",
        page=file.page,
        layout=file.layout.id,
        derived=file.layout.derived,
        sha256=file.sha256,
        rows=len(file.table),
    )


def _line(name: str, table: pd.DataFrame, files: int) -> str:
    missing = int(table["value"].isna().sum())
    latest = str(table["period"].max())
    rows, areas = counted(len(table), "row"), counted(table["area"].nunique(), "area")
    without = f"{missing:,} without a figure; from {counted(files, 'file')}"
    return f"{name}: {rows} of {areas} to {latest}, {without}"
