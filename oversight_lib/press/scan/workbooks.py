"""Excel workbooks as pieces: one a row of a sheet, comments and properties too."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from oversight_lib.press.scan.pieces import Piece

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHARED = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def workbook(path: Path) -> Iterator[Piece]:
    """Yield a piece a row, under the first filled row of its sheet; and the other parts' text."""
    try:
        with ZipFile(path) as parts:
            shared = _shared(parts)
            for name in sorted(parts.namelist()):
                if not name.endswith(".xml"):
                    continue
                tree = ElementTree.fromstring(parts.read(name))
                if _SHEET.fullmatch(name):
                    yield from _rows(tree, name, shared)
                elif name == _SHARED:
                    yield from (Piece(text, name) for text in shared)
                else:
                    yield Piece(" ".join(text for text in tree.itertext()), name)
    except (BadZipFile, ElementTree.ParseError, KeyError, IndexError) as error:
        raise ValueError(f"not a workbook: {error}") from None


def _shared(parts: ZipFile) -> list[str]:
    if _SHARED not in parts.namelist():
        return []
    tree = ElementTree.fromstring(parts.read(_SHARED))
    return ["".join(item.itertext()) for item in tree.iter(f"{_MAIN}si")]


def _rows(tree: ElementTree.Element, name: str, shared: list[str]) -> Iterator[Piece]:
    header = ""
    for row in tree.iter(f"{_MAIN}row"):
        words = " ".join(_cell(cell, shared) for cell in row.iter(f"{_MAIN}c")).strip()
        if words:
            yield Piece(words, f"{name}, row {row.get('r', '?')}", header)
            header = header or words


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.find(f"{_MAIN}v")
    if cell.get("t") == "s" and value is not None and value.text:
        return shared[int(value.text)]
    return " ".join(cell.itertext())
