"""A folder of entries by name, each with its own checksum, checked whenever one is read."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oversight_lib.press.cache import digests

_SUM = 64


@dataclass(frozen=True, slots=True)
class Entries:
    """What was kept in a folder, by name; a name may have slashes."""

    folder: Path

    def get(self, name: str) -> dict[str, Any] | None:
        """Return what was kept under a name; None if nothing was, or not the bytes that were."""
        try:
            content = self._path(name).read_bytes()
        except OSError:
            return None
        told, kept = content[:_SUM], content[_SUM:]
        if told.decode(errors="replace") != digests.of(name.encode(), kept):
            return None
        found: dict[str, Any] = json.loads(kept)
        return found

    def put(self, name: str, entry: dict[str, Any]) -> None:
        """Keep something under a name, whole or not at all; a full disk keeps nothing."""
        kept = json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()
        told = digests.of(name.encode(), kept).encode()
        path = self._path(name)
        try:
            write_whole(path, told + kept)
        except OSError:
            path.unlink(missing_ok=True)

    def drop(self, name: str) -> None:
        """Keep nothing under a name any more."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.entry"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, however the writing ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as half:
            half.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
