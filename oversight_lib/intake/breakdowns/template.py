"""The tidy table a user fills with local data: a row an area, period and group of people.

Columns: indicator, name, unit, better, policy, period, area, dimension, grouping, label, group,
count, population, value, low, high, publisher, title, page. `better` is higher or lower. `policy`
is one of `rules/disclosure/policies.toml`. `area` is ENG, or the code of a region or board.
`dimension` is deprivation, ethnicity, age or sex. `group` is the deprivation group, 1 the most
deprived, and empty for other dimensions. Give count and population, or value with low and high and
population. A row with none of them says why in `value`: [c], [x], [z], [low] or [u].
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.breakdowns.cards import LICENCE, Indicator
from oversight_lib.intake.breakdowns.figures import figures
from oversight_lib.intake.breakdowns.scales import scale_of
from oversight_lib.intake.cells import Cells, unreadable
from oversight_lib.rules.disclosure import policies

DESCRIBED = ("name", "unit", "better", "policy", "publisher", "title", "page")
COLUMNS = ("indicator", *DESCRIBED[:4], "period", "area", "dimension", "grouping", "label", "group",
           "count", "population", "value", "low", "high", *DESCRIBED[4:])  # fmt: skip
DIMENSIONS = ("deprivation", "ethnicity", "age", "sex")
SYMBOLS = ("[c]", "[x]", "[z]", "[low]", "[u]")
_KEY = ("indicator", "period", "area", "dimension", "grouping", "label")
_NUMBERS = ("count", "population", "value", "low", "high")


def is_template(cells: Cells) -> bool:
    """Say whether a file is the tidy table, filled."""
    return {"indicator", "dimension", "policy"} <= set(cells.table.columns)


def template(cells: Cells, areas: Mapping[str, str]) -> list[tuple[Indicator, pd.DataFrame]]:
    """Return each indicator with its `frames.BREAKDOWN_FIGURES`, or refuse with every problem."""
    table = cells.table
    problems = [
        Problem("row 1", f"there is no column {name}", f"the columns {', '.join(COLUMNS)}")
        for name in COLUMNS
        if name not in table
    ]
    if not problems:
        problems = [*_of_cells(table, areas), *_of_rows(table), *_of_indicators(table)]
    if problems:
        raise unreadable(cells.file, problems)
    return [(_indicator(rows), _figures(rows, areas)) for _, rows in table.groupby("indicator")]


def _of_cells(table: pd.DataFrame, areas: Mapping[str, str]) -> Iterator[Problem]:
    known = f"one of {', '.join(sorted(policies()))}"
    yield from checks.unknown(table["better"], ("higher", "lower"), "a way", "higher or lower")
    yield from checks.unknown(table["policy"], policies(), "a disclosure policy", known)
    yield from checks.unknown(table["dimension"], DIMENSIONS, "a dimension", ", ".join(DIMENSIONS))
    yield from checks.unknown(table["area"], areas, "an area", "ENG, or a code of ours or the ONS")
    for name in ("indicator", "period", "grouping", "label", *DESCRIBED):
        yield from checks.blanks(table[name], "something")
    for name in _NUMBERS:
        numbers = table[name].where(~table[name].isin(SYMBOLS) | (name != "value"), "")
        yield from checks.not_numbers(numbers)
    for name in ("count", "population"):
        yield from checks.outside(table[name], 0, float("inf"), "a number of people")
        yield from checks.not_whole(table[name], "whole people")
    yield from checks.repeats(table, {name: name for name in _KEY})


def _of_rows(table: pd.DataFrame) -> Iterator[Problem]:
    deprivation = table["dimension"] == "deprivation"
    stated = table["label"].str.casefold() != "not stated"
    numbered = table["group"].str.fullmatch(r"[1-9]\d?")
    bad = table["group"][deprivation & stated & ~numbered]
    yield from checks.faults(bad, "{} is not a deprivation group", "1 for the most deprived")
    bad = table["group"][~(deprivation & stated) & (table["group"] != "")]
    yield from checks.faults(bad, "{} is a group of what has no order", "nothing")
    count, people = checks.numbers(table["count"]), checks.numbers(table["population"])
    more = table["count"][(count > people) & (table["unit"] == "percent")]
    yield from checks.faults(more, "{} is more than the population", "a part of it")
    told = table["count"].ne("") | table["value"].ne("")
    yield from checks.faults(
        table["value"][~told], "{} says nothing", f"a count, a value or one of {', '.join(SYMBOLS)}"
    )


def _of_indicators(table: pd.DataFrame) -> Iterator[Problem]:
    yield from checks.faults(
        table["indicator"][~table["indicator"].str.fullmatch(r"[a-z0-9][a-z0-9-]*")],
        "{} is no identifier", "small letters, digits and hyphens, as local-smoking",
    )  # fmt: skip
    for name in DESCRIBED:
        differs = table.groupby("indicator")[name].transform("nunique") > 1
        what = f"one indicator has several of {name}: {{}}"
        yield from checks.faults(table[name][differs], what, "the same in all its rows")


def _indicator(rows: pd.DataFrame) -> Indicator:
    first = rows.iloc[0]
    scale = scale_of(first["unit"])
    return Indicator(
        **{name: str(first[name]) for name in ("indicator", *DESCRIBED)},
        short=str(first["name"])[:60],
        per=scale.per,
        lowest=scale.lowest,
        highest=scale.highest,
        symmetric=scale.symmetric,
        licence=LICENCE,
        note="Local data, taken in from the tidy table.",
    )


def _figures(rows: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    silent = rows["value"].isin(SYMBOLS)
    numbers = {
        name: checks.numbers(rows[name].where(~silent | (name != "value"), "")) for name in _NUMBERS
    }
    per = scale_of(rows["unit"].iloc[0]).per
    people = numbers["population"]
    made = per * numbers["count"] / people.where(people > 0)
    group = rows["group"].where(rows["group"] != "", None).astype("Int64")
    return figures(
        rows.assign(
            **numbers | {"value": numbers["value"].fillna(made)}, group=group,
            area=rows["area"].map(areas), order=rows["period"],
            symbol=rows["value"].where(silent, None), summed=False,
        )
    )  # fmt: skip
