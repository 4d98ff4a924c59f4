"""Executed pages, each beside everything it was made from: what a next run need not execute."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from oversight_lib.press.cache import digests
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.cache.tables import Tables
from oversight_lib.press.pages import Page

NEW = "it was not made before, or what was kept of it is not whole"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asked for while it ran: of tables, of files by path, of folders for names."""

    reads: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Asked":
        """Return what a kernel told of itself."""
        return cls(tuple(told["reads"]), tuple(told["files"]), tuple(told["folders"]))


@dataclass(frozen=True, slots=True)
class Executed:
    """An executed page without its ending: its notebook as text, and how it came about.

    `asked` is None where nobody watched what it asked for: with an ordinary kernel.
    """

    notebook: str
    seconds: float
    stderr: str = ""
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The page that was kept; or None, and why it has to be made."""

    executed: Executed | None
    why: str = ""


@dataclass
class Pages:
    """The executed pages of earlier runs, for a run with these tables.

    `common` are digests, by what they are of, of what every page is made from: code, packages,
    rules. `unwatched` are those of what a page might have read besides where nobody watched.
    """

    entries: Entries
    tables: Tables
    common: Mapping[str, str]
    unwatched: Mapping[str, str]
    _began: int = field(default_factory=time.time_ns)
    _files: dict[str, str] = field(default_factory=dict)

    def found(self, page: Page) -> Found:
        """Return the page if it was kept and is still made from the same, or why it is not."""
        entry = self.entries.get(page.slug)
        if entry is None:
            return Found(None, NEW)
        parts, asked = entry.pop("parts"), _asked(entry.pop("asked"))
        if changed := _changed(parts, self._parts(page, asked)):
            return Found(None, f"changed: {', '.join(changed)}")
        return Found(Executed(**entry, asked=asked))

    def keep(self, page: Page, executed: Executed) -> None:
        """Keep a page; not if a file it read was written to since the run began."""
        asked = executed.asked
        if asked and any(self._written(path) for path in asked.files):
            self.entries.drop(page.slug)
            return
        entry = {**asdict(executed), "parts": self._parts(page, asked)}
        self.entries.put(page.slug, entry)

    def seconds(self, page: Page) -> float | None:
        """Return how long a page took when it was made last, whatever it was made from."""
        entry = self.entries.get(page.slug)
        return float(entry["seconds"]) if entry else None

    def _parts(self, page: Page, asked: Asked | None) -> dict[str, str]:
        """Return the digest of everything a page is made from, by what it is of."""
        own = {
            "its template": self._file(str(page.template)),
            "its parameters": digests.words(json.dumps(dict(page.parameters), sort_keys=True)),
            "its title": digests.words(page.title),
        }
        if asked is None:
            return {**own, **self.common, **self.unwatched, "tables": self.tables.everything}
        return {
            **own,
            **self.common,
            **{_named(read): self.tables.answer(read) for read in asked.reads},
            **{f"the file {path}": self._file(path) for path in asked.files},
            **{f"the names in {path}": digests.names(Path(path)) for path in asked.folders},
        }

    def _file(self, path: str) -> str:
        if path not in self._files:
            self._files[path] = digests.file(Path(path))
        return self._files[path]

    def _written(self, path: str) -> bool:
        """Say whether a file may have changed while the run went on; a clock set back is seen."""
        try:
            return Path(path).stat().st_ctime_ns >= self._began
        except OSError:
            return True


def _asked(told: Mapping[str, Any] | None) -> Asked | None:
    return None if told is None else Asked.of(told)


def _named(read: str) -> str:
    table, where = json.loads(read)
    of = ", ".join(f"{column} {'/'.join(values)}" for column, values in where.items())
    return f"the table {table}" + (f" ({of})" if of else "")


def _changed(were: Mapping[str, str], are: Mapping[str, str]) -> list[str]:
    """Return what is not as it was, by name; what came or went is not either."""
    return sorted(name for name in were.keys() | are.keys() if were.get(name) != are.get(name))
