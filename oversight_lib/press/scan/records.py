"""JSON, notebooks, CSV and Parquet as pieces: one a record, its keys and headings with it."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet  # type: ignore[import-untyped]

from oversight_lib.press.scan import markup
from oversight_lib.press.scan.pieces import Piece

_MARKUP = re.compile(r"<[a-zA-Z!?/][^>]*>")


def json_file(path: Path) -> Iterator[Piece]:
    """Yield the pieces of a JSON file or notebook, its metadata too."""
    yield from of_json(json.loads(path.read_text(encoding="utf-8")), "", "")


def of_json(value: Any, where: str, under: str) -> Iterator[Piece]:
    """Yield each object's and list's own values as one piece, then the pieces of what is inside.

    Columns of one table side by side are joined row by row. Text that is markup is read as such.
    """
    inner: list[tuple[str, Any]]
    if isinstance(value, Mapping):
        inner = [(str(key), item) for key, item in value.items()]
    elif isinstance(value, list):
        inner = [("", item) for item in value]
    else:
        inner = [("", value)]
    flat = [(key, item) for key, item in inner if not isinstance(item, Mapping | list)]
    words = " ".join(f"{key} {_text(item)}" for key, item in flat)
    if words.strip():
        yield from _of_text(words, where or "the file", under)
    yield from _columns(value, where, under)
    # What an object says in words is what its lists are about.
    named = " ".join([under, *(str(item) for key, item in flat if isinstance(item, str))])
    for key, item in inner:
        if isinstance(item, Mapping | list):
            yield Piece(key, where or "a key", under)
            yield from of_json(item, f"{where}/{key}".strip("/") or "a list", f"{named} {key}")


def _columns(value: Any, where: str, under: str) -> Iterator[Piece]:
    if not isinstance(value, Mapping):
        return
    lists = {key: item for key, item in value.items() if _is_column(item)}
    for size in {len(item) for item in lists.values()}:
        mine = {key: item for key, item in lists.items() if len(item) == size}
        if len(mine) > 1:
            for row in zip(*mine.values(), strict=True):
                words = " ".join(
                    f"{key} {_text(item)}" for key, item in zip(mine, row, strict=True)
                )
                yield Piece(words, f"a row of {where or 'the file'}", under)


def _is_column(item: object) -> bool:
    """Return whether something is a column of figures or words, and not of more things."""
    return isinstance(item, list) and bool(item) and not any(
        isinstance(cell, Mapping | list) for cell in item
    )  # fmt: skip


def _of_text(words: str, where: str, under: str) -> Iterator[Piece]:
    # A table is read row by row: taken whole, any of its numbers would stand beside any label.
    if "<tr" not in words:
        yield Piece(_MARKUP.sub(" ", words), where, under)
    if _MARKUP.search(words):
        for piece in markup.of_html(words):
            yield Piece(piece.text, f"{where}: {piece.where}", f"{under} {piece.under}")


def _text(item: object) -> str:
    return item if isinstance(item, str) else json.dumps(item, default=str)


def csv_file(path: Path) -> Iterator[Piece]:
    """Yield a piece a row, under the headings of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        yield Piece(" ".join(header), "row 1")
        for number, row in enumerate(rows, 2):
            yield Piece(" ".join(row), f"row {number}", " ".join(header))


def parquet(path: Path) -> Iterator[Piece]:
    """Yield a piece a row, and one for the metadata of the file and of each column."""
    file = pyarrow.parquet.ParquetFile(path)
    schema = file.schema_arrow
    about = [schema.metadata, *(field.metadata for field in schema)]
    for found in about:
        for key, value in (found or {}).items():
            yield Piece(f"{_decoded(key)} {_decoded(value)}", "metadata")
    header = " ".join(schema.names)
    for number, row in enumerate(file.read().to_pylist(), 1):
        words = " ".join(str(value) for value in row.values() if value is not None)
        yield Piece(words, f"row {number}", header)


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", errors="replace")
