"""A published file as cells of text, each with the row it stands in; row 1 is the header."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem, PublicationError, visible
from oversight_lib.intake import limits

_NOT_CSV = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}


_WIDTHLESS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees: of control, and those that turn the direction of writing."""


@dataclass(frozen=True)
class Cells:
    """The cells of one file: `table` is text throughout, indexed by row number.

    `header_problems` are columns that appear twice: which one is meant cannot be told, so nothing
    can be read. `row_problems` are rows longer or shorter than the header, which `table` lacks, and
    cells that hold what cannot be seen.
    """

    file: str
    sha256: str
    table: pd.DataFrame
    header_problems: tuple[Problem, ...]
    row_problems: tuple[Problem, ...]


def read_cells(path: Path, *, fallback: str | None = None) -> Cells:
    """Return the cells of a CSV file, white space plain; raise if it is no complete CSV file.

    UTF-8 with or without a byte order mark, any line ending; what is not UTF-8 is read in the
    encoding `fallback`, if there is one. Rows without any text are passed over.
    """
    content = _content(path)
    rows = _rows(path, _text(path, content, fallback))
    return cells_of(path.name, sha256(content).hexdigest(), rows)


def cells_of(
    file: str, digest: str, rows: Sequence[Sequence[str]], *, header_row: int = 1
) -> Cells:
    """Return the cells of rows of text, the first of which is the header in row `header_row`."""
    header = [plain(name) for name in rows[0]]
    numbered = enumerate(rows[1:], header_row + 1)
    filled = {number: list(row) for number, row in numbered if any(map(plain, row))}
    fitting = {number: row for number, row in filled.items() if len(row) == len(header)}
    table = pd.DataFrame.from_dict(fitting, orient="index", columns=header, dtype="str")
    plainly = table.apply(_plain_column)
    row_problems = [*_length_problems(header, filled, len(rows)), *_hidden_problems(plainly)]
    return Cells(
        visible(file), digest, plainly, tuple(_header_problems(header)), tuple(row_problems)
    )


def plain(text: str) -> str:
    """Return the text with every run of white space, hard spaces included, as one space.

    What has no width at all, as a byte order mark, is left out.
    """
    return " ".join(_WIDTHLESS.sub("", text).split())


def unreadable(file: str, problems: Iterable[Problem]) -> PublicationError:
    """Return the error that says what is wrong with a file, its name before every place."""
    placed = [
        Problem(f"{file}, {found.where}".rstrip(", "), found.what, found.expected)
        for found in sorted(problems, key=_first_row)
    ]
    return PublicationError(f"{file} cannot be read", placed)


def rows_in_words(rows: Sequence[int]) -> str:
    """Return row numbers in words, at most five of them: `rows 2, 3 and 7`."""
    shown = [str(row) for row in rows[:5]]
    more = len(rows) - len(shown)
    last = f"{more} more" if more else shown.pop()
    words = f"{', '.join(shown)} and {last}" if shown else last
    return f"row{'s' * (len(rows) > 1)} {words}"


def _first_row(problem: Problem) -> int:
    row = re.match(r"rows? (\d+)", problem.where)
    return int(row[1]) if row else 0


def _plain_column(column: "pd.Series[str]") -> "pd.Series[str]":
    return column.map({text: plain(text) for text in column.unique()}).astype("str")


def _hidden_problems(table: pd.DataFrame) -> Iterator[Problem]:
    """Yield a problem for each text with characters that nobody sees and that change what is seen.

    Control characters, and those that turn the direction of writing.
    """
    for place, name in enumerate([*table.columns]):
        column = table.iloc[:, place]
        texts = [text for text in column.unique() if HIDDEN.search(text)]
        for text in texts:
            where = f"{rows_in_words(list(column.index[column == text]))}, column {name}"
            yield Problem(where, f'"{text}" has a character that cannot be seen', "plain text")
    for name in table.columns:
        if HIDDEN.search(name):
            yield Problem("row 1", f'"{name}" has a character that cannot be seen', "plain text")


def _content(path: Path) -> bytes:
    try:
        if problems := list(limits.too_large(path)):
            raise unreadable(path.name, problems)
        content = path.read_bytes()
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise unreadable(path.name, [Problem("", what, "a file that can be opened")]) from None
    if problems := list(limits.too_many(content)):
        raise unreadable(path.name, problems)
    csv_file = "the CSV file itself, as published"
    for start, what in _NOT_CSV.items():
        if content.startswith(start):
            raise unreadable(path.name, [Problem("", f"this is {what}", csv_file)])
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise unreadable(path.name, [Problem("", "the file is empty", csv_file)])
    return content


def _text(path: Path, content: bytes, fallback: str | None) -> str:
    try:
        text = _decoded(content, fallback)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        what = f"byte {content[error.start]:#04x} is not UTF-8"
        problem = Problem(f"row {row}", what, "UTF-8: save the file as “CSV UTF-8”")
        raise unreadable(path.name, [problem]) from None
    if re.match(r"\s*<(!doctype|html|\?xml|head|body)", text, re.IGNORECASE):
        problem = Problem("", "this is a web page, perhaps an error page", "the CSV file itself")
        raise unreadable(path.name, [problem])
    if not text.endswith(("\n", "\r")):
        last = f"row {text.count(chr(10)) + 1}"
        problem = Problem(last, "the last line has no end: the file is cut off", "the whole file")
        raise unreadable(path.name, [problem])
    return text


def _decoded(content: bytes, fallback: str | None) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if fallback is None:
            raise
        return content.decode(fallback)


def _rows(path: Path, text: str) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        problem = Problem(f"row {len(rows) + 1}", f"not a row of a CSV file ({error})", "a row")
        raise unreadable(path.name, [problem]) from None
    return rows


def _header_problems(header: Sequence[str]) -> Iterator[Problem]:
    for name, times in Counter(name.casefold() for name in header if name).items():
        if times > 1:
            column = next(shown for shown in header if shown.casefold() == name)
            yield Problem(f"row 1, column {column}", f"the column appears {times} times", "once")


def _length_problems(
    header: Sequence[str], rows: Mapping[int, Sequence[str]], last: int
) -> Iterator[Problem]:
    if not rows:
        yield Problem("row 2", "there are no rows below the header", "one row a figure")
    for number, row in rows.items():
        if header and len(row) != len(header):
            cut_off = ": the file is cut off" if number == last and len(row) < len(header) else ""
            column = header[min(len(row), len(header) - 1)]
            yield Problem(
                f"row {number}, column {column}",
                f"the row has {len(row)} cells{cut_off}",
                f"{len(header)}, as in the header",
            )
