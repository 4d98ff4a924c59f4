"""What somebody asked for while they made something, and what the answers are now."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oversight_lib.press.cache import digests
from oversight_lib.press.cache.tables import Tables


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: of tables, of files by path, of folders for the names in them."""

    reads: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Asked":
        """Return what a process told of itself."""
        return cls(tuple(told["reads"]), tuple(told["files"]), tuple(told["folders"]))


@dataclass
class Answers:
    """The answers of this run: digests of tables, files and names, each looked up once."""

    tables: Tables
    _began: int = field(default_factory=time.time_ns)
    _files: dict[str, str] = field(default_factory=dict)

    def to(self, asked: Asked) -> dict[str, str]:
        """Return the digest of every answer, by what was asked."""
        return {
            **{_named(read): self.tables.answer(read) for read in asked.reads},
            **{f"the file {path}": self.file(path) for path in asked.files},
            **{f"the names in {path}": digests.names(Path(path)) for path in asked.folders},
        }

    def file(self, path: str) -> str:
        """Return the digest of a file."""
        if path not in self._files:
            self._files[path] = digests.file(Path(path))
        return self._files[path]

    def hold(self, asked: Asked) -> bool:
        """Say whether no file that was asked for was written to since the run began."""
        return not any(self._written(path) for path in asked.files)

    def _written(self, path: str) -> bool:
        # Not when its content was changed, which a program may set, but when the system saw it.
        try:
            return Path(path).stat().st_ctime_ns >= self._began
        except OSError:
            return True


def changed(were: Mapping[str, str], are: Mapping[str, str]) -> str:
    """Return what is not as it was, in words; what came or went is not either. Empty if nothing."""
    names = sorted(name for name in were.keys() | are.keys() if were.get(name) != are.get(name))
    return f"changed: {', '.join(names)}" if names else ""


def _named(read: str) -> str:
    table, where = json.loads(read)
    of = ", ".join(f"{column} {'/'.join(values)}" for column, values in where.items())
    return f"the table {table}" + (f" ({of})" if of else "")
