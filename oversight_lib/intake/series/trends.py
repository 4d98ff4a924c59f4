"""Yearly measures of boards, which the file expresses as the share that failed."""

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.cells import Cells, unreadable
from oversight_lib.intake.series.places import Places
from oversight_lib.intake.series.rows import series

FAILING = {
    "Proportion of A&E attendances with greater than 4 hours wait "
    "(Type 1 Departments - Major A&E)": "ae-type-1-4-hour-yearly",
    "Proportion of incomplete pathways greater than 18 weeks from referral": "rtt-18-week-yearly",
    "Proportion of suspected cancer or referral to first definitive treatment that are longer "
    "than 62 days wait": "cancer-62-day-yearly",
}


def trends(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` of the share within the wait: 100 minus the share over it.

    Years have different bases by measure, which the file does not state.
    """
    table = cells.table[cells.table["metric"].isin(list(FAILING))]
    area = table["org"].map(places.board_of)
    problems = [
        *checks.faults(table["org"][area.isna()], "{} is not a board", "the ODS code of a board"),
        *checks.faults(
            table["year"][~table["year"].str.fullmatch(r"20\d\d")], "{} is not a year", "as 2023"
        ),
        *checks.not_numbers(table["value"], required=True),
        *checks.outside(table["value"], 0, 100, "a percentage from 0 to 100"),
        *checks.repeats(table, {"year": "year", "org": "org", "metric": "metric"}),
    ]
    if table.empty:
        what = "none of the measures we use"
        problems.append(Problem("column metric", what, "; ".join(FAILING)))
    if problems:
        raise unreadable(cells.file, problems)
    rows = pd.DataFrame({"area": area, "period": table["year"]}).assign(
        value=100 - checks.numbers(table["value"]), area_kind="icb"
    )
    kinds = table["metric"].map(FAILING)
    named = [series(of, str(name), source=cells.file) for name, of in rows.groupby(kinds)]
    return pd.concat(named, ignore_index=True)
