"""Physical health checks for people with severe mental illness, by board and quarter."""

import re
from collections.abc import Iterator

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.cells import Cells, unreadable
from oversight_lib.intake.series.places import ENGLAND, Places
from oversight_lib.intake.series.rows import series

_NUMERATOR, _DENOMINATOR = "All6PHC", "SMIRegister"


def health_checks(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES`: people with all six checks over the register, boards and England.

    The file is by sub-ICB location under the code of its time. A quarter in which a location's
    code is in no list of sub-ICB locations cannot be summed to boards: only England has it then.
    """
    table = cells.table[cells.table["Question"].isin([_NUMERATOR, _DENOMINATOR])]
    quarter = table["Period"].map(_quarter)
    problems = [
        *checks.faults(
            table["Period"][quarter == ""], "{} is not a quarter", "one, as SMI-Q4-2023-2024"
        ),
        *checks.not_numbers(table["Answer"]),
        *checks.repeats(
            table, {"Period": "Period", "CCG Code": "CCG Code", "Question": "Question"}
        ),
        *_nothing(table),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    counts = _wide(table.assign(period=quarter, answer=checks.numbers(table["Answer"])))
    board = counts["location"].map(places.board_of_location)
    england = _summed(counts.assign(area=ENGLAND))
    whole = ~counts["period"].isin(counts["period"][board.isna()])
    boards = _summed(counts.assign(area=board)[whole])
    rows = pd.concat([boards, england], ignore_index=True)
    named = rows.assign(area_kind=places.kinds(rows["area"]))
    return series(named, "smi-checks-quarterly", source=cells.file)


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    keyed = table.rename(columns={"CCG Code": "location"})
    wide = keyed.pivot(index=["period", "location"], columns="Question", values="answer")
    columns = {_NUMERATOR: "numerator", _DENOMINATOR: "denominator"}
    return wide.reindex(columns=list(columns)).rename(columns=columns).reset_index()


def _summed(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts by area and period; missing where any location's is."""
    groups = counts.groupby(["area", "period"], as_index=False)
    return groups[["numerator", "denominator"]].sum(skipna=False)


def _quarter(words: str) -> str:
    match = re.fullmatch(r"SMI-Q([1-4])-20(\d\d)-20(\d\d)", words)
    return f"20{match[2]}-{match[3]}-q{match[1]}" if match else ""


def _nothing(table: pd.DataFrame) -> Iterator[Problem]:
    for question in (_NUMERATOR, _DENOMINATOR):
        if question not in set(table["Question"]):
            yield Problem("column Question", f"there is no {question}", "both it and its base")
