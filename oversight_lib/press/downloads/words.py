"""Tables of frames in a reader's words: names, headings, units, and why a cell is empty."""

import re

import pandas as pd

from oversight_lib.frames import OVERALL, Column, Frame, Kind

LEFT_OUT = frozenset(["leave_out", "series", "commentary", "commentary_figures"])
"""Tables that are among the CSV files only: too long for a workbook, or people's words.

Words have their place on the pages; a workbook without them is the same after every remark.
"""

SHORTHAND = {
    "[x]": "not available: not published, not loaded or not known",
    "[z]": "not applicable: there can be no such figure",
}
"""What stands in a cell without a figure, as the Analysis Function asks, and what it means."""

_SCORE = "score from 1 (best) to 4 (lowest)"
_PLACE = "place; 1 is best"
_UNITS = (
    (r"rank(_.*)?", _PLACE),
    (r"(average|score|.*_score|cut|at_hand|low|high|median_score)", _SCORE),
    (r"(average|score)_(low|high|before|after|needed|if_.*|equal_domains)", _SCORE),
    (r"(un)?adjusted(_.*)?|final|segment(_.*)?|boundary|before|after|target", "segment, 1 to 4"),
    (r"weight", "share of a metric, 0 to 1"),
    (r"p[1-4]|same_under_weights", "probability, 0 to 1"),
    (r"(compared|equal|within|allowed|pool_size|trusts.*|metrics_.*|draws|quarters)", "count"),
    (r"(change|contribution|difference|tolerance|spread|above_.*|below_.*)", "points of score"),
    (r"(value|median|lower_quartile|upper_quartile|value_.*)", "as in the column Unit"),
    (r"(published|computed)", "as what was compared: score, segment or place"),
)
_OF_OTHER = {
    ("movement", "low"): "points of score",
    ("movement", "high"): "points of score",
}
_SCORED = frozenset(
    [
        "observations",
        "scores",
        "segments",
        "cuts",
        "checks",
        "backtest",
        "ranges",
        "drivers",
        "movement",
        "flows",
        "firmness",
        "leave_out",
        "sensitivity",
        "distance",
    ]
)
"""The frames whose columns have these units; a column of the same name elsewhere has its own."""

_NOT_APPLICABLE = frozenset(
    [
        ("organisations", "valid_from"),
        ("organisations", "valid_to"),
        ("checks", "note"),
        ("cuts", "lacking"),
        ("ranges", "note"),
        ("firmness", "note"),
        ("movement", "why"),
    ]
)
_OF_THE_WHOLE = frozenset(["override", "override_basis", "adjusted", "final"])
"""Columns of segments that a domain cannot have."""

_ACRONYMS = {"icb": "ICB", "icbs": "ICBs", "ods": "ODS", "ons": "ONS", "org": "Organisation code"}
_LONGEST = 31
"""Letters that the name of a worksheet may have."""


def title(frame: Frame) -> str:
    """Return the name of a frame as a worksheet bears it, no longer than one may be."""
    return heading(frame.name)[: _LONGEST - 1]


def heading(name: str) -> str:
    """Return the heading of a column."""
    words = [_ACRONYMS.get(word, word) for word in name.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def unit(frame: Frame, column: Column) -> str:
    """Return the unit of a column of numbers; empty for others, or if its description says it."""
    if column.kind in (Kind.TEXT, Kind.FLAG) or frame.name not in _SCORED:
        return ""
    found = (words for pattern, words in _UNITS if re.fullmatch(pattern, column.name))
    return _OF_OTHER.get((frame.name, column.name)) or next(found, "")


def absent(frame: Frame, column: Column, table: pd.DataFrame) -> "pd.Series[str]":
    """Return, per row of the table, the shorthand for a cell of this column that holds nothing."""
    if frame.name == "segments" and column.name in _OF_THE_WHOLE:
        return table["scope"].eq(OVERALL).map({True: "[x]", False: "[z]"})
    applies = (frame.name, column.name) not in _NOT_APPLICABLE
    return pd.Series("[x]" if applies else "[z]", index=table.index, dtype="str")
