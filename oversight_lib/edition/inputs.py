"""Every file an edition is made from, with its sum: figures, words, rules, templates, code."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from oversight_lib.intake import catalogue
from oversight_lib.periods import Quarter
from oversight_lib.press.edition_facts import DataFile

_OURS = ("oversight_lib", "notebooks", "book")


def inputs(home: Path, *, data: Path, words: Path, quarter: Quarter) -> tuple[DataFile, ...]:
    """Return the files of the checkout at `home`, of the data directory and of the commentary.

    Each is named by where it belongs (`data/…`, `commentary/…`) wherever it stands. Figures of
    later quarters are no part of an edition, nor is commentary on another.
    """
    later = {f"oversight/{held}" for held in catalogue.quarters(data) if held > quarter}
    figures = [
        (name, path)
        for name, path in _below(data)
        if not any(name.startswith(f"{folder}/") for folder in later)
    ]
    named = [
        *((f"data/{name}", path) for name, path in figures),
        *((f"commentary/{name}", path) for name, path in _below(words / str(quarter))),
        *((f"{part}/{name}", path) for part in _OURS for name, path in _below(home / part)
          if not path.is_relative_to(words)),
        ("_config.yml", home / "_config.yml"),
    ]  # fmt: skip
    return tuple(sorted(DataFile(name, _sum(path)) for name, path in named))


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder by their names; none that Python or an editor left there."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
        if path.is_file() and not hidden:
            yield name.as_posix(), path


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
