"""Folders the press makes and may therefore empty; it never empties one of anybody else's."""

import shutil
from pathlib import Path

from oversight_lib.errors import PageError, Problem

MARK = ".made-by-oversight"
"""The empty file that says a folder was made by the press."""
CACHE = "cache"
"""The folder, beside a book, of what is kept from one run to the next."""


def clear(folder: Path) -> None:
    """Remove a folder the press made, if it is there.

    Raises `PageError` for a folder without the press's mark: with `--out .` the name might be
    that of a folder somebody wrote by hand.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise PageError(
            "a folder stands where the edition would go",
            [Problem(str(folder), "was not made by the press, so it is not emptied")],
            "choose another --out, or move the folder away",
        )
    shutil.rmtree(folder, ignore_errors=not folder.exists())


def fresh(folder: Path) -> Path:
    """Return the folder, empty but for the mark; what the press left there before is gone."""
    clear(folder)
    return mark(folder)


def mark(folder: Path) -> Path:
    """Return the folder, made if need be, with the mark; what is in it stays."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    return folder
