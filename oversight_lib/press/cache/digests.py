"""Digests of what pages are made from: files, folders, our code, and the packages installed."""

import hashlib
import os
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import oversight_lib

PACKAGE = Path(oversight_lib.__file__).parent
ABSENT = "absent"
OWN_RULES = "OVERSIGHT_RULES"  # as in oversight_lib.rules, which takes long to import
_PASSING = ("__pycache__", ".ipynb_checkpoints")


def of(*contents: bytes) -> str:
    """Return the SHA-256 of some bytes; where one ends and the next begins counts."""
    summed = hashlib.sha256()
    for content in contents:
        summed.update(len(content).to_bytes(8, "big"))
        summed.update(content)
    return summed.hexdigest()


def words(*texts: str) -> str:
    """Return the digest of some texts."""
    return of(*(text.encode() for text in texts))


def mapping(parts: Mapping[str, str]) -> str:
    """Return the digest of texts by name, in whatever order they are given."""
    return words(*(text for name in sorted(parts) for text in (name, parts[name])))


def file(path: Path) -> str:
    """Return the SHA-256 of a file, as `sha256sum` says it; a word if there is none."""
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ABSENT


def names(folder: Path) -> str:
    """Return the digest of the names in a folder; a word if there is none."""
    return words(*sorted(_names(folder))) if folder.is_dir() else ABSENT


def _names(folder: Path) -> Iterable[str]:
    return (path.name for path in folder.iterdir() if path.name not in _PASSING)


def folder(folder: Path, but: Collection[str] = ()) -> str:
    """Return the digest of every file in a folder, names and contents; not of those in `but`."""
    left_out = {*_PASSING, *but}
    found = {path.relative_to(folder).as_posix(): path for path in _files(folder, left_out)}
    return mapping({name: file(path) for name, path in found.items()})


def _files(folder: Path, left_out: Collection[str]) -> Iterable[Path]:
    for place, folders, found in os.walk(folder):
        folders[:] = [name for name in folders if name not in left_out]
        yield from (Path(place, name) for name in found if name not in left_out)


def code(*parts: str) -> str:
    """Return the digest of these modules and rooms of our package; of all of it without any."""
    places = [PACKAGE / part for part in parts] or [PACKAGE]
    return words(*(folder(place) if place.is_dir() else file(place) for place in places))


def own_rules() -> str:
    """Return the digest of the file of rules of one's own; a word if there is none."""
    own = os.environ.get(OWN_RULES)
    return file(Path(own)) if own else ABSENT


def versions() -> str:
    """Return the digest of Python and of every package installed.

    An installer records the checksum of each file it puts there, so that another build of the same
    version is another digest; what a person edits in there is not seen.
    """
    places = {Path(place).resolve() for place in sys.path}
    found = sorted(info for place in places if place.is_dir() for info in place.glob("*-info"))
    records = (f"{info.name} {file(info / 'RECORD')} {file(info / 'METADATA')}" for info in found)
    return words(sys.version, sys.platform, os.uname().machine if hasattr(os, "uname") else "",
                 *records)  # fmt: skip
