"""What a process opens: the files it reads and the folders it lists, but for what is installed."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from oversight_lib.press.cache.digests import PACKAGE

_ACCESS = os.O_RDONLY | os.O_WRONLY | os.O_RDWR
_MAKING = os.O_CREAT | getattr(os, "O_DIRECTORY", 0)  # the latter is part of an unnamed file's
_LISTINGS = ("os.listdir", "os.scandir")


class Watch:
    """Takes note of every file that Python opens to read, and every folder whose names it asks for.

    Left out: what is installed, our package, the system's own and this process's folder, which are
    known otherwise or are of this run alone; and the tables, of which the assessment tells more
    exactly what was read. What other programs open is not seen.
    """

    def __init__(self, tables: str) -> None:
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self._tables = tables
        home = Path.home()
        known = [sys.prefix, sys.base_prefix, PACKAGE, Path.cwd(), home / ".cache"]
        system = ["/dev", "/proc", "/sys", "/etc", "/usr", "/lib"]
        self._known = tuple(f"{place}{os.sep}" for place in [*known, *system])

    def begin(self) -> None:
        """Watch from now on, for as long as the process lives."""
        sys.addaudithook(self._see)

    def _see(self, event: str, told: Sequence[object]) -> None:
        if event == "open":
            path, mode, flags = told
            if isinstance(path, str | bytes | os.PathLike) and _reads(mode, flags):
                self._take(self.files, path)
        elif event in _LISTINGS and isinstance(told[0], str | bytes | os.PathLike):
            self._take(self.folders, told[0])

    def _take(self, found: set[str], given: str | bytes | os.PathLike[str]) -> None:
        # As text: a path of pathlib would ask the system, and so be seen here again.
        path = os.path.abspath(os.fsdecode(given))  # noqa: PTH100
        # An import lists the folders that modules are looked for in.
        imported = found is self.folders and path in sys.path
        if not (imported or path.endswith(".pyc") or self._is_known(path)):
            found.add(path)

    def modules(self) -> set[str]:
        """Return the sources of what was imported from elsewhere; compiled, they are not opened."""
        named = [getattr(module, "__file__", None) for module in [*sys.modules.values()]]
        return {path for path in named if path and not self._is_known(path)}

    def _is_known(self, path: str) -> bool:
        return f"{path}{os.sep}".startswith(self._known) or self._is_table(path)

    def _is_table(self, path: str) -> bool:
        inside = path.startswith(f"{self._tables}{os.sep}") and path.endswith(".parquet")
        return bool(self._tables) and (path == self._tables or inside)


def _reads(mode: object, flags: object) -> bool:
    """Say whether an opening reads what was there; one that makes a file does not."""
    if isinstance(mode, str):
        return "r" in mode
    return isinstance(flags, int) and flags & _ACCESS != os.O_WRONLY and not flags & _MAKING
