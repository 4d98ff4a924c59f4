"""A file that an edition hands out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_FORMS = {
    ".csv": "CSV", ".parquet": "Parquet", ".xlsx": "Excel", ".json": "JSON", ".pdf": "PDF"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handout:
    """One file: its kind on the page of downloads, its title, its path there, its size and sum."""

    kind: str
    title: str
    path: str
    bytes: int
    sha256: str

    @property
    def form(self) -> str:
        """What kind of file it is, in a word."""
        return _FORMS.get(Path(self.path).suffix, Path(self.path).suffix.lstrip(".").upper())


def handout(kind: str, title: str, path: Path, folder: Path) -> Handout:
    """Return the file at a path as a handout of a folder."""
    content = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    return Handout(kind, title, name, len(content), hashlib.sha256(content).hexdigest())


class Write(Protocol):
    """Writes handouts to a folder. It may be sent to another machine, with what it holds."""

    def __call__(self, *, to: Path) -> list[Handout]:
        """Write them, and return them in order."""


Have = Callable[[Write, Path], list[Handout]]
"""Has handouts written, here or elsewhere, and put into a folder."""


def here(write: Write, to: Path) -> list[Handout]:
    """Have handouts written by this process."""
    return write(to=to)
