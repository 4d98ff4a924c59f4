"""Plain text, and the texts inside PNG images, as pieces."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from oversight_lib.press.scan.pieces import Piece

_PNG = b"\x89PNG\r\n\x1a\n"


def text(path: Path) -> Iterator[Piece]:
    """Yield a piece a line, under the last heading above it."""
    heading = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            heading = line.lstrip("# ")
        yield Piece(line, f"line {number}", heading)


def png(path: Path) -> Iterator[Piece]:
    """Yield the text chunks of an image. What is drawn in it cannot be read."""
    content = path.read_bytes()
    if not content.startswith(_PNG):
        raise ValueError("not a PNG image")
    at = len(_PNG)
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        chunk = content[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt"):
            yield Piece(chunk.replace(b"\0", b" ").decode("utf-8", "replace"), kind.decode())
        if kind == b"zTXt":
            name, _, packed = chunk.partition(b"\0")
            words = zlib.decompress(packed[1:]).decode("latin-1")
            yield Piece(f"{name.decode('latin-1')} {words}", "zTXt")
        at += 12 + size
