"""A file on its way: the part that has come, its record, and the move into its place."""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """What was fetched, from where; `etag` and `modified` tell the server which one we have."""

    address: str
    sha256: str
    size: int
    etag: str = ""
    modified: str = ""

    def headers(self, address: str) -> dict[str, str]:
        """Return what to ask with, so that only a file that has changed is sent."""
        if address != self.address:
            return {}
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


def record_path(path: Path) -> Path:
    """Where the record of a fetched file stands."""
    return path.with_name(f"{path.name}.fetched.json")


def kept_record(path: Path) -> Record | None:
    """Return the record of a file that is in its place and is still the file it tells of."""
    record = _read(record_path(path))
    if record is None or not path.is_file() or _digest(path) != record.sha256:
        return None
    return record


class Part:
    """The part of a file that has come so far, beside the place where the whole will be."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self.path = target.with_name(f".{target.name}.part")
        self._about = target.with_name(f".{target.name}.part.json")

    @classmethod
    def beside(cls, target: Path) -> "Part":
        """Return the part for a place."""
        return cls(target)

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self.path.stat().st_size if self.path.exists() else 0

    def headers(self, address: str) -> dict[str, str]:
        """Return what to ask with for the rest; nothing if it cannot be told to be the same file.

        A weak ETag says that two files mean the same, not that their bytes fit together.
        """
        about = _read(self._about)
        known = about and about.address == address
        strong = about.etag if about and not about.etag.startswith("W/") else ""
        validator = (strong or about.modified) if about and known else ""
        if not self.size or not validator:
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": validator}

    def is_of(self, etag: str) -> bool:
        """Say whether what has come is of the version a server names, if both are named."""
        about = _read(self._about)
        return about is None or not about.etag or not etag or about.etag == etag

    def begin(self, address: str, etag: str, modified: str, start: int) -> None:
        """Make the part ready for what comes next: behind `start`, or anew."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._about.write_text(json.dumps(asdict(Record(address, "", 0, etag, modified))), "utf-8")
        if not start:
            self.path.write_bytes(b"")

    def append(self, piece: bytes) -> None:
        """Write a piece behind the others."""
        with self.path.open("ab") as file:
            file.write(piece)

    def discard(self) -> None:
        """Forget what has come."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)

    def digest(self) -> str:
        """Return the SHA-256 of what has come."""
        return _digest(self.path)

    def put_in_place(self, record: Record) -> None:
        """Move the whole file to its place and write its record.

        The old record goes first: a file must never stand beside the record of another.
        """
        kept = record_path(self._target)
        kept.unlink(missing_ok=True)
        os.replace(self.path, self._target)  # noqa: PTH105 - says that it replaces
        kept.write_text(json.dumps(asdict(record), indent=1) + "\n", "utf-8")
        self._about.unlink(missing_ok=True)


def _read(path: Path) -> Record | None:
    try:
        return Record(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
