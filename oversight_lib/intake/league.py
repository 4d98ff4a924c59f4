"""The publisher's league tables: one row a trust, with ranges written as `1.2 to 1.89`."""

from collections.abc import Iterator

import pandas as pd

from oversight_lib import frames
from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.layouts import LEAGUE
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework

_DEFICIT = {"yes": True, "no": False}


def problems(table: pd.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with a league table.

    `table` holds the published cells and the column `quarter`, missing where it cannot be told.
    """
    for name in LEAGUE.numbers:
        yield from checks.not_numbers(table[name], required=True)
    yield from checks.outside(table["Rank"], 1, float("inf"), "a rank, 1 or more")
    for name in ("Segment", "Rank"):
        yield from checks.not_whole(table[name], "a whole number, as 2 or 2.0")
    yield from checks.not_ranges(table["Likely_range_of_average_score"], "1.2 to 1.89")
    yield from checks.not_ranges(table["Likely_range_of_rank"], "1 to 11")
    yield from _deficits(table["Trust_in_financial_deficit"])
    key = {"quarter": "Quarter", "Trust_code": "Trust_code"}
    yield from checks.repeats(table.dropna(subset=["quarter"]), key)
    for quarter, rows in table.groupby("quarter"):
        yield from _of_quarter(rows, Quarter.parse(str(quarter)))


def _deficits(cells: "pd.Series[str]") -> Iterator[Problem]:
    bad = cells[~cells.str.casefold().isin(_DEFICIT)]
    yield from checks.faults(bad, "{} is not a flag", "Yes or No")


def _of_quarter(rows: pd.DataFrame, quarter: Quarter) -> Iterator[Problem]:
    framework = load_framework(quarter.year)
    best, lowest = framework.scale.best, framework.scale.lowest
    segments = framework.segments
    score = f"an average score from {best:g} to {lowest:g}"
    yield from checks.outside(rows["Average_score"], best, lowest, score)
    yield from checks.outside(rows["Segment"], 1, segments, f"a segment from 1 to {segments}")
    yield from _range_outside(rows["Likely_range_of_average_score"], best, lowest, score)
    ranks = rows["Likely_range_of_rank"]
    yield from _range_outside(ranks, 1, float("inf"), "ranks of 1 or more")
    yield from _range_not_whole(ranks)


def _range_outside(
    cells: "pd.Series[str]", low: float, high: float, expected: str
) -> Iterator[Problem]:
    ends = checks.ranges(cells)
    bad = (ends["low"] < low) | (ends["high"] > high)
    yield from checks.faults(cells[bad], "{} is out of range", expected)


def _range_not_whole(cells: "pd.Series[str]") -> Iterator[Problem]:
    ends = checks.ranges(cells)
    bad = ((ends % 1).fillna(0) != 0).any(axis=1)
    yield from checks.faults(cells[bad], "{} is not whole", "ranks, as 1 to 11")


def tidy(table: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.LEAGUE` from the cells of one quarter and trust type."""
    scores = checks.ranges(table["Likely_range_of_average_score"])
    ranks = checks.ranges(table["Likely_range_of_rank"])
    league = pd.DataFrame(
        {
            "org": table["Trust_code"],
            "average": checks.numbers(table["Average_score"]),
            "average_low": scores["low"],
            "average_high": scores["high"],
            "segment": checks.numbers(table["Segment"]),
            "in_deficit": table["Trust_in_financial_deficit"].str.casefold().map(_DEFICIT),
            "rank": checks.numbers(table["Rank"]),
            "rank_low": ranks["low"],
            "rank_high": ranks["high"],
        }
    )
    return frames.LEAGUE.arrange(league)
