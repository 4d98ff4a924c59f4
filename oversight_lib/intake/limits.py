"""How large a file may be that is read: told from its bytes, before anything is made of them."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from oversight_lib.errors import Problem

BYTES = 64_000_000
ROWS = 400_000
CELLS = 5_000_000
WORDS = 1_000_000
"""The largest file known has 5 MB, 34 thousand rows, 0.5 million cells; words are typed by hand."""

EXPANDED = 400_000_000
"""Bytes of a workbook when it is unpacked."""


def too_large(path: Path) -> Iterator[Problem]:
    """Yield a problem if a file has more bytes than any published one; it is not opened."""
    size = path.stat().st_size if path.is_file() else 0
    if size > BYTES:
        yield Problem("", f"the file has {size:,} bytes", f"at most {BYTES:,} bytes")


def too_many(content: bytes) -> Iterator[Problem]:
    """Yield a problem if a text has more rows or cells than any published file."""
    rows = max(content.count(b"\n"), content.count(b"\r"))
    cells = rows + content.count(b",")
    if rows > ROWS:
        yield Problem("", f"the file has {rows:,} rows", f"at most {ROWS:,} rows")
    elif cells > CELLS:
        yield Problem("", f"the file has {cells:,} cells", f"at most {CELLS:,} cells")


def too_large_unpacked(path: Path) -> Iterator[Problem]:
    """Yield a problem if a workbook says that it is far larger unpacked than it is packed."""
    try:
        with ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (OSError, BadZipFile):
        return
    if size > EXPANDED:
        expected = f"at most {EXPANDED:,} bytes"
        yield Problem("", f"the workbook has {size:,} bytes when it is unpacked", expected)


def short_text(path: Path) -> str:
    """Return a text that a person typed; `ValueError` if it is no UTF-8 or too long to be one."""
    if (size := path.stat().st_size) > WORDS:
        raise ValueError(f"the file has {size:,} bytes; expected at most {WORDS:,}")
    return path.read_text("utf-8")
