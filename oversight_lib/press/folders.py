"""Folders the press makes and may therefore empty; it never empties one of anybody else's."""

import shutil
from collections.abc import Collection
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
    _refuse_others(folder)
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


def set_aside(folder: Path, place: Path) -> None:
    """Move a folder the press made, if it is there, to a place from which all else is cleared.

    Raises `PageError` as `clear` does.
    """
    _refuse_others(folder)
    if folder.exists():
        clear(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(place)


def make_alike(folder: Path, to: Path, but: Collection[str] = ()) -> None:
    """Make a folder hold the files of another, and no others than the mark and those in `but`.

    Only what differs is written: every file there is compared byte for byte, so that it does not
    matter what it was. `but` are names in the folder itself.
    """
    wanted = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    for path in [path for path in to.rglob("*") if path.is_symlink() or not path.is_dir()]:
        name = path.relative_to(to)
        spared = name.parts[0] in {*but, MARK}
        if path.is_symlink() or not (spared or name in wanted):
            path.unlink()
    for name in sorted(wanted):
        if not _same(folder / name, to / name):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, to / name)


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return one.read_bytes() == other.read_bytes()


def _refuse_others(folder: Path) -> None:
    """Raise `PageError` for a folder that is not empty and not made by the press."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise PageError(
            "a folder stands where the edition would go",
            [Problem(str(folder), "was not made by the press, so it is not emptied")],
            "choose another --out, or move the folder away",
        )
