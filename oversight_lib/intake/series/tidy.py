"""A CSV file that a user fills: a measure, area and period a row, with its source.

Columns: measure, area, period, numerator, denominator, value, publisher, title, page. `measure` is
one of `oversight_lib/rules/*/context.toml`. `area` is ENG, or the ODS or ONS code of a region or
board. `period` is a month 2025-04, a quarter 2025-26-q1, a year 2025 or a financial year 2024-25,
as the measure has it. Give numerator and denominator, or value, or all three if they agree. A row
without any of them says that the figure is not published. The last three columns say who published
the figures, as what, and on which page.
"""

import re
from collections.abc import Iterator
from typing import cast

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.cells import Cells, unreadable
from oversight_lib.intake.series.places import Places
from oversight_lib.intake.series.rows import NOT_PUBLISHED, series
from oversight_lib.rules import measures
from oversight_lib.rules.context import Cadence

FORMS: dict[Cadence, tuple[str, str]] = {
    "month": (r"20\d\d-(?:0[1-9]|1[0-2])", "a month, as 2025-04"),
    "quarter": (r"20\d\d-\d\d-q[1-4]", "a quarter, as 2025-26-q1"),
    "year": (r"20\d\d", "a year, as 2025"),
    "financial-year": (r"20\d\d-\d\d", "a financial year, as 2024-25"),
}
_NUMBERS = ("numerator", "denominator", "value")
_AGREE = 0.051
"""A percentage printed with one decimal may differ this much from its counts."""


def tidy(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` from a filled file, or refuse it with every problem in it."""
    table = cells.table
    area = table["area"].map(places.area_of)
    problems = [
        *checks.unknown(table["measure"], measures(), "a measure", f"one of {_known()}"),
        *checks.faults(table["area"][area.isna()], "{} is not an area", "ENG, a region or a board"),
        *(p for name in _NUMBERS for p in _not_numbers(table[name])),
        *(p for name in ("publisher", "title", "page") for p in checks.blanks(table[name], "one")),
        *checks.repeats(table, {name: name for name in ("measure", "area", "period")}),
    ]
    for measure, rows in table.groupby("measure"):
        if str(measure) in measures():
            problems += _of_measure(rows, str(measure))
    problems += _closed(table, area, places)
    if problems:
        raise unreadable(cells.file, problems)
    return pd.concat([_rows(cells, table, area, places, str(m)) for m in _in(table)])


def _in(table: pd.DataFrame) -> list[str]:
    return sorted(table["measure"].unique())


def _known() -> str:
    return ", ".join(sorted(measures()))


def _not_numbers(cells: "pd.Series[str]") -> Iterator[Problem]:
    yield from checks.not_numbers(cells)
    if cells.name != "value":
        yield from checks.outside(cells, 0, float("inf"), "a count, 0 or more")


def _of_measure(rows: pd.DataFrame, name: str) -> Iterator[Problem]:
    measure = measures()[name]
    form, expected = FORMS[measure.cadence]
    fits = rows["period"].str.fullmatch(form)
    if measure.cadence != "month":
        fits &= rows["period"].map(_follows)
    yield from checks.faults(rows["period"][~fits], "{} is not a period of " + name, expected)
    if measure.bounds:
        low, high = measure.bounds
        between = f"from {low:g} to {high:g} for {name}"
        yield from checks.outside(rows["value"], low, high, between)
        yield from _more_than_base(rows)
    else:
        yield from _counts_without_use(rows, name)
    yield from _disagreeing(rows)


def _follows(period: str) -> bool:
    """Say whether the second of two years, where a period names two, follows the first."""
    years = re.match(r"20(\d\d)-(\d\d)(?:-q|$)", period)
    return not years or (int(years[1]) + 1) % 100 == int(years[2])


def _more_than_base(rows: pd.DataFrame) -> Iterator[Problem]:
    more = checks.numbers(rows["numerator"]) > checks.numbers(rows["denominator"])
    what = "{} is more than its denominator"
    yield from checks.faults(rows["numerator"][more], what, "a part of the denominator")
    one = (rows["numerator"] == "") != (rows["denominator"] == "")
    lone = rows["numerator"][one & (rows["value"] == "")]
    yield from checks.faults(lone, "{} stands alone", "numerator and denominator, or a value")


def _counts_without_use(rows: pd.DataFrame, name: str) -> Iterator[Problem]:
    without = rows["value"][(rows["value"] == "") & (rows["numerator"] != "")]
    yield from checks.faults(without, "{} value beside counts", f"the value itself for {name}")


def _disagreeing(rows: pd.DataFrame) -> Iterator[Problem]:
    base = checks.numbers(rows["denominator"])
    share = 100 * checks.numbers(rows["numerator"]) / base.where(base > 0)
    apart = (share - checks.numbers(rows["value"])).abs() > _AGREE
    what = "{} is not numerator over denominator in percent"
    yield from checks.faults(rows["value"][apart], what, "the share the counts make, or none")


def _closed(table: pd.DataFrame, area: "pd.Series[str]", places: Places) -> Iterator[Problem]:
    ends = area.map(places.boards.set_index("icb")["valid_to"])
    monthly = table["period"].str.fullmatch(FORMS["month"][0])
    late = monthly & ends.notna() & (table["period"] > ends.str[:7])
    expected = "a board that was open: see data/organisations/successions.csv"
    yield from checks.faults(table["area"][late], "{} was closed in that month", expected)


def _rows(
    cells: Cells, table: pd.DataFrame, area: "pd.Series[str]", places: Places, name: str
) -> pd.DataFrame:
    mine = table[table["measure"] == name]
    figures = pd.DataFrame({column: checks.numbers(mine[column]) for column in _NUMBERS})
    base = cast("pd.Series[float]", figures["denominator"])
    made = 100 * figures["numerator"] / base.where(base > 0)
    value = figures["value"].fillna(made)
    codes = area[mine.index]
    rows = figures.assign(
        value=value,
        area=codes,
        period=mine["period"],
        area_kind=places.kinds(codes),
        reason=pd.Series(None, mine.index, dtype="object").mask(value.isna(), NOT_PUBLISHED),
    )
    return series(rows, name, source=cells.file)
