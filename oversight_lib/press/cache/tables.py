"""Digests of an edition's tables, of the whole of one or of the rows somebody asks for."""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path

from oversight_lib.press.cache import digests


class Tables:
    """The tables of a folder as CSV, and their digests by what a page says it read."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._rows: dict[tuple[str, tuple[str, ...]], Mapping[tuple[str, ...], str]] = {}
        self._answers: dict[str, str] = {}

    def answer(self, read: str) -> str:
        """Return the digest of what a page was given; `read` is as `method.reading` writes it."""
        if read not in self._answers:
            self._answers[read] = self._answer(read)
        return self._answers[read]

    def _answer(self, read: str) -> str:
        table, where = json.loads(read)
        if not where:
            return self._whole.get(table, digests.ABSENT)
        columns = tuple(sorted(where))
        return self._of_rows(table, columns, [where[column] for column in columns])

    @cached_property
    def everything(self) -> str:
        """The digest of every file in the folder."""
        return digests.folder(self._folder)

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        return {path.stem: digests.file(path) for path in self._folder.glob("*.csv")}

    def _of_rows(
        self, table: str, columns: tuple[str, ...], values: Sequence[Sequence[str]]
    ) -> str:
        """Return the digest of the rows with these values, each group of them in its order.

        Tables are sorted by their keys, so the order between groups follows from what is in them.
        """
        if (table, columns) not in self._rows:
            self._rows[table, columns] = self._grouped(table, columns)
        groups = self._rows[table, columns]
        # One value of most columns is asked for, so that few of the many groups are looked at.
        found = {group: groups[group] for group in product(*values) if group in groups}
        return digests.words(*(text for group in sorted(found) for text in (*group, found[group])))

    def _grouped(self, table: str, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], str]:
        if table not in self._whole:
            return {}  # nobody's rows, as in a table without any
        with (self._folder / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
            head, *rows = list(csv.reader(opened))
        places = [head.index(column) for column in columns]
        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in rows:
            groups[tuple(row[place] for place in places)].append(json.dumps(row))
        return {group: digests.words(*head, *lines) for group, lines in groups.items()}
