"""The annex in Excel: the tables on a sheet each, as the Analysis Function asks."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from oversight_lib.frames import FRAMES, ORGANISATIONS, Frame, Kind
from oversight_lib.press.downloads import words
from oversight_lib.press.downloads.front import Front
from oversight_lib.press.downloads.guard import guarded
from oversight_lib.press.downloads.tagging import tag_titles
from oversight_lib.press.edition_facts import EditionFacts


@contextmanager
def _unmoved() -> Iterator[None]:
    """Let gptables pass with what it leaves open and what pandas will one day do otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.simplefilter("ignore", pd.errors.Pandas4Warning)
        yield


with _unmoved():
    import gptables as gpt

_NOTES = {
    "scale": "Scores, averages, segments and places all run from 1, which is best.",
    "rank": "Places are within the trust type: by segment after the override first, then by "
    "average. Ties share a place.",
    "missing": "A figure that is missing is never shown as zero, and counts neither for nor "
    "against a trust.",
}
_NOTED = {"average": "scale", "score": "scale", "rank": "rank", "value": "missing"}
_FORMATS = {Kind.NUMBER: "#,##0.00", Kind.INTEGER: "#,##0"}
_ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]+)(?:/[^\s()\[\]$]*)?")
_LONGEST = 32_767
"""Letters that a cell of a workbook can hold."""
_NARROWEST, _WIDEST = 12, 45
"""Letters across a column: the least that a heading folds well in, and the most."""


def write_workbook(
    tables: Mapping[str, pd.DataFrame], front: Front, path: Path, edition: EditionFacts
) -> Path:
    """Write the tables, by the names of their frames, as a workbook; return its path.

    The same tables give the same bytes, dated like the edition.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    names = tables[ORGANISATIONS.name].set_index("org")["name"]
    frames = [FRAMES[name] for name in FRAMES if name in tables and name not in words.LEFT_OUT]
    sheets = {
        words.title(frame): _sheet(frame, tables[frame.name], names, edition)
        for frame in frames
        if len(tables[frame.name])
    } | {"Columns": _columns(frames)}
    with _unmoved():
        workbook = gpt.produce_workbook(
            path.as_posix(),
            sheets,
            auto_width=False,
            cover=_cover(front, sorted(words.LEFT_OUT & tables.keys())),
            contentsheet_location="cover",
            contentsheet_options={"title": "Contents", "instructions": "One table a sheet."},
            notes_table=pd.DataFrame({"ref": list(_NOTES), "Note text": list(_NOTES.values())}),
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
        )
        for name, sheet in sheets.items():
            _widen(workbook.get_worksheet_by_name(name), sheet.table)
        workbook.get_worksheet_by_name("Notes").set_column(1, 1, 2 * _WIDEST)
        _furnish(workbook, front, edition)
        workbook.close()
    tag_titles(path)
    return path


def _cover(front: Front, elsewhere: Sequence[str]) -> gpt.Cover:
    return gpt.Cover(
        title=front.title,
        intro=list(front.intro),
        about=[
            *front.about,
            *(f"Among the CSV files only: {words.heading(name)}." for name in elsewhere),
            *(f"{mark} means {means}." for mark, means in words.SHORTHAND.items()),
        ],
        contact=list(front.contact),
    )


def _sheet(
    frame: Frame, table: pd.DataFrame, names: "pd.Series[str]", edition: EditionFacts
) -> gpt.GPTable:
    """Return one frame as a sheet: title, what it is, whose figures, and the table."""
    shown = readable(frame, table, names)
    marks = [mark for mark in words.SHORTHAND if shown.isin([mark]).any(axis=None)]
    at = {name: place for place, name in enumerate(_order(frame, names))}
    return gpt.GPTable(
        table=shown,
        table_name=frame.name,
        title=f"{frame.description}, {edition.quarter.label}",
        instructions="This worksheet contains one table. "
        "The worksheet Columns says what each column holds; notes are on the worksheet Notes.",
        source="Source: NHS England, NHS Oversight Framework data files; scores and segments "
        "computed again by oversight.",
        legend=[f"{mark} means {words.SHORTHAND[mark]}." for mark in marks],
        table_notes={at[name]: f"$${note}$$" for name, note in _NOTED.items() if name in at},
        index_columns={2: 0},
        additional_formatting=_number_formats(frame, at),
    )


def readable(frame: Frame, table: pd.DataFrame, names: "pd.Series[str]") -> pd.DataFrame:
    """Return a frame's table under a reader's headings, names beside codes, no cell empty."""
    columns = {column.name: column for column in frame.columns}
    shown: dict[str, pd.Series[Any]] = {}
    for name in _order(frame, names):
        column = columns.get(name)
        if column is None:
            called = table["org"].map(names).astype(object).map(safe, na_action="ignore")
            shown["Organisation name"] = called.where(called.notna(), "[x]")
            continue
        cells = table[name].astype(object)
        if column.kind is Kind.FLAG:
            cells = cells.map({True: "Yes", False: "No"})
        elif column.kind is Kind.TEXT:
            cells = cells.map(worded, na_action="ignore")
        missing = table[name].isna()
        shown[words.heading(name)] = cells.where(~missing, words.absent(frame, column, table))
    return pd.DataFrame(shown)


def worded(text: str) -> str:
    """Return a text made safe; an address alone becomes a link with words of its own."""
    address = _ADDRESS.fullmatch(text)
    return f"[Page on {address['host']}]({text})" if address else safe(text)


def safe(text: str) -> str:
    """Return a text that neither a spreadsheet calculates nor gptables takes for markup."""
    plain = text.replace("$$", "$ $").replace("](", "] (").strip()
    spoken = plain if any(letter.isascii() and letter.isalnum() for letter in plain) else ""
    shown = guarded(spoken or f"text without letters: {plain}")
    # Of a longer text the library would leave the whole cell out, and say nothing.
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _order(frame: Frame, names: "pd.Series[str]") -> list[str]:
    """Return the columns in order, with `org_name` after `org` where the frame has no names."""
    if "org" not in frame.names or "name" in frame.names or names.empty:
        return frame.names
    at = frame.names.index("org") + 1
    return [*frame.names[:at], "org_name", *frame.names[at:]]


def _number_formats(frame: Frame, at: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return how numbers are written: as many decimals in all of a column; nothing is rounded."""
    return [
        {
            "column": {
                "columns": [at[c.name] for c in frame.columns if c.kind is kind],
                "format": {"num_format": shape},
            }
        }
        for kind, shape in _FORMATS.items()
        if any(column.kind is kind for column in frame.columns)
    ]


def _columns(frames: Sequence[Frame]) -> gpt.GPTable:
    """Return the sheet that says what each column of each sheet holds."""
    rows = [
        {
            "Worksheet": words.title(frame),
            "Column": words.heading(column.name),
            "Name in the data files": column.name,
            "What it holds": safe(column.description),
            "Unit": words.unit(frame, column) or "[z]",
        }
        for frame in frames
        for column in frame.columns
    ]
    return gpt.GPTable(
        table=pd.DataFrame(rows),
        table_name="columns",
        title="What each column holds",
        instructions="This worksheet contains one table.",
        legend=[f"[z] means {words.SHORTHAND['[z]']}, or the description says the unit."],
        index_columns={2: 0},
    )


def _widen(sheet: Any, table: pd.DataFrame) -> None:
    """Make every column as wide as its longest text, within limits; longer ones fold."""
    for place, name in enumerate(table):
        longest = table[name].map(lambda cell: len(str(cell))).max()
        sheet.set_column(place, place, min(max(1.2 * longest, _NARROWEST), _WIDEST))


def _furnish(workbook: gpt.GPWorkbook, front: Front, edition: EditionFacts) -> None:
    """Fill in what the document says of itself."""
    workbook.set_properties(
        {
            "title": front.title,
            "subject": f"NHS Oversight Framework, {edition.quarter.label}",
            "author": "oversight",
            "category": "Statistics; not official statistics",
            "keywords": "NHS Oversight Framework, segments, scores, trusts",
            "comments": f"Code {edition.commit}; rules of {edition.rules}",
            "created": datetime.fromtimestamp(edition.epoch, tz=UTC).replace(tzinfo=None),
        }
    )
