"""The data dictionary: every table and column of an edition, generated from the frames."""

from collections.abc import Sequence
from html import escape

from oversight_lib.frames import Column, Frame, Kind
from oversight_lib.press.downloads import words
from oversight_lib.press.downloads.markup import table

PAGE = "data-dictionary"
_KINDS = {Kind.TEXT: "text", Kind.NUMBER: "number", Kind.INTEGER: "whole number",
          Kind.FLAG: "True or False"}  # fmt: skip


def dictionary(frames: Sequence[Frame]) -> str:
    """Return the page that says what every column of every table holds."""
    parts = [
        "# Data dictionary\n",
        "What each table of this edition holds, column by column. The tables themselves are on "
        "the page [Downloads](downloads.md). A cell is empty where there is no figure, and never "
        "0 instead; in the workbook a shorthand says why.\n",
        *(_section(frame) for frame in frames),
    ]
    return "\n".join(parts)


def _section(frame: Frame) -> str:
    key = ", ".join(f"`{name}`" for name in frame.key)
    rows = [_row(frame, column) for column in frame.columns]
    headings = ("Column", "What it holds", "Kind", "Unit", "May be empty", "Limits")
    columns = table(f"Columns of {frame.name}", headings, rows)
    return (
        f"## {words.title(frame)}\n\n{escape(frame.description)}. File: `{frame.name}`. "
        f"One row for each: {key}.\n\n{columns}"
    )


def _row(frame: Frame, column: Column) -> tuple[str, ...]:
    return (
        column.name,
        column.description,
        _KINDS[column.kind],
        words.unit(frame, column) or "see what it holds" if _numeric(column) else "not applicable",
        "No" if column.required else "Yes",
        _limits(column),
    )


def _numeric(column: Column) -> bool:
    return column.kind in (Kind.NUMBER, Kind.INTEGER)


def _limits(column: Column) -> str:
    if column.low is None and column.high is None:
        return "none"
    low = "" if column.low is None else f"at least {column.low:g}"
    high = "" if column.high is None else f"at most {column.high:g}"
    return " and ".join(limit for limit in (low, high) if limit)
