"""What is sent between machines: tables by their bytes, and paths that mean the same on each.

Code, packages, the data of the checkout and rules of one's own are not sent: every worker has them,
and one whose are others is refused, by their digests.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.errors import PageError, Problem
from oversight_lib.press import manifest
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import Asked
from oversight_lib.press.checkout import HOME
from oversight_lib.press.crew import Site
from oversight_lib.press.page import Page

_HOME, _TABLES = "{home}", "{tables}"

Installed = Mapping[str, str]
"""The digests of what pages are made from beside what is sent, by what they are of."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What every worker is sent once: the site, its tables as a zip file, and its digests."""

    site: Site
    rehearsal: tuple[str, ...]
    tables: bytes
    installed: Installed
    digest: str

    @classmethod
    def of(cls, site: Site, pages: Sequence[Page], workers: int) -> "Parcel":
        """Return the parcel for the pages of a site, whose tables are there by now."""
        tables, rehearsal = _zipped(site.tables), site.rehearsal(pages, workers)
        digest = digests.of(tables, repr((site, rehearsal)).encode())
        return cls(site, rehearsal, tables, installed(), digest)

    def unpack(self, tables: Path) -> None:
        """Write the tables to a folder."""
        with zipfile.ZipFile(io.BytesIO(self.tables)) as packed:
            packed.extractall(tables)


_PACKAGES = digests.mapping({"python": manifest.python(), **manifest.packages()})


def installed() -> Installed:
    """Return the digests of what stands on this machine, as it stands there now."""
    return {
        "our code": digests.code(),
        "the data": digests.folder(HOME / "data"),
        "the packages": _PACKAGES,
        "the rules of one's own": digests.own_rules(),
    }


_LOADED = installed()
"""What this process runs: it may be older than what is on the disk by now."""


def refuse_others(theirs: Installed) -> None:
    """Raise `PageError` where what this worker has, or had when it began, is not this."""
    now, same = installed(), "the same on every machine, since before its workers were started"
    other = [name for name in theirs if not theirs[name] == now[name] == _LOADED[name]]
    if other:
        differing = [Problem(f"{HOME}: {name}", "differs", same) for name in other]
        raise PageError("a worker does not have what the run has", differing)


def leaving(asked: Asked, tables: Path) -> Asked | None:
    """Return what was asked for on a worker; None if some of it is of that machine alone."""
    moved = _moved(asked, {str(tables): _TABLES, str(HOME): _HOME})
    named = all(path.startswith((_HOME, _TABLES)) for path in (*moved.files, *moved.folders))
    return moved if named else None


def came_home(asked: Asked, tables: Path) -> Asked:
    """Return what was asked for on a worker as if it had been on this machine."""
    return _moved(asked, {_HOME: str(HOME), _TABLES: str(tables.resolve())})


def _zipped(folder: Path) -> bytes:
    """Return the files of a folder, packed; the same files are the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return buffer.getvalue()


def _moved(asked: Asked, places: Mapping[str, str]) -> Asked:
    """Return what was asked for with the beginnings of paths replaced."""

    def moved(path: str) -> str:
        for place, other in places.items():
            if path == place or path.startswith(f"{place}/"):
                return other + path.removeprefix(place)
        return path

    return Asked(asked.reads, *(tuple(map(moved, paths)) for paths in (asked.files, asked.folders)))
