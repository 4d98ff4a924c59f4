"""Fingertips: the CSV download of an indicator's data, with its categories.

Columns as in the download of the Office for Health Improvement and Disparities; the column of sex
is also written Gender. The file says neither whether higher is better nor the unit: the user does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.breakdowns import categories
from oversight_lib.intake.breakdowns.cards import LICENCE, Indicator
from oversight_lib.intake.breakdowns.figures import figures
from oversight_lib.intake.breakdowns.scales import scale_of
from oversight_lib.intake.cells import Cells, unreadable

COLUMNS = (
    "Indicator ID", "Indicator Name", "Area Code", "Area Type", "Sex", "Age", "Category Type",
    "Category", "Time period", "Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count",
    "Denominator", "Value note", "Time period Sortable",
)  # fmt: skip
_NUMBERS: Mapping[str, str] = {
    "value": "Value", "low": "Lower CI 95.0 limit", "high": "Upper CI 95.0 limit",
    "count": "Count", "population": "Denominator",
}  # fmt: skip
_KEY: Mapping[str, str] = {
    "area": "Area Code", "period": "Time period", "grouping": "Category Type", "label": "Category",
}  # fmt: skip
EVERYBODY = "Persons"
PAGE = "https://fingertips.phe.org.uk/"
PUBLISHER = "Office for Health Improvement and Disparities"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a Fingertips file does not say, or says of several: the user's choice.

    `better` is higher or lower; `unit` is percent, `per 100,000` or any other; the rest picks one
    of several indicators, sexes or ages.
    """

    better: str = ""
    unit: str = ""
    indicator: str = ""
    sex: str = EVERYBODY
    age: str = ""


def is_fingertips(cells: Cells) -> bool:
    """Say whether a file has the columns of a Fingertips download."""
    return {"Indicator ID", "Category Type", "Area Code"} <= set(cells.table.columns)


def fingertips(cells: Cells, areas: Mapping[str, str], choice: Choice
               ) -> tuple[Indicator, pd.DataFrame]:  # fmt: skip
    """Return the indicator and its `frames.BREAKDOWN_FIGURES` for the areas we know."""
    table = cells.table.rename(columns={"Gender": "Sex"})
    problems = list(_missing_columns(table))
    if problems:
        raise unreadable(cells.file, problems)
    mine = _of_areas(_of_indicator(cells, table, choice), areas)
    problems = [*_said(choice), *_faults(mine)]
    if problems:
        raise unreadable(cells.file, problems)
    parts = [_grouped(cells, mine, choice), *_ages_and_sexes(mine, choice)]
    if problems := [problem for part in parts for problem in checks.repeats(part, _KEY)]:
        raise unreadable(cells.file, problems)
    rows = pd.concat(parts)
    if rows.empty:
        raise unreadable(cells.file, [Problem("", "no breakdown of an area we know", "one")])
    indicator = _indicator(mine, choice)
    return indicator, figures(rows.assign(indicator=indicator.indicator))


def _missing_columns(table: pd.DataFrame) -> Iterator[Problem]:
    for name in COLUMNS:
        if name not in table:
            yield Problem("row 1", f"there is no column {name}", "a Fingertips download, whole")


def _said(choice: Choice) -> Iterator[Problem]:
    what = "the file does not say {}"
    if choice.better not in ("higher", "lower"):
        yield Problem("", what.format("which way is better"), "--better higher, or lower")
    if not choice.unit:
        yield Problem("", what.format("the unit"), "--unit percent, or as “per 100,000”")


def _of_indicator(cells: Cells, table: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    there = sorted(table["Indicator ID"].unique())
    wanted = choice.indicator or (there[0] if len(there) == 1 else "")
    if not wanted or wanted not in there:
        problem = Problem("", f"the file has the indicators {', '.join(there)}", "--indicator ID")
        raise unreadable(cells.file, [problem])
    return table[table["Indicator ID"] == wanted]


def _of_areas(table: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of areas we know, with their dimension, deprivation group and symbol."""
    known = table[table["Area Code"].isin(list(areas))]
    kinds = known["Category Type"].map(categories.dimension)
    pairs = zip(known["Category Type"], known["Category"], strict=True)
    groups = pd.Series([categories.group(*pair) for pair in pairs], known.index, dtype="Int64")
    symbols = known["Value note"].map(categories.symbol).where(known["Value"] == "", None)
    return known.assign(
        area=known["Area Code"].map(areas), dimension=kinds, symbol=symbols,
        group=groups.where(kinds == "deprivation"),
    )  # fmt: skip


def _faults(rows: pd.DataFrame) -> Iterator[Problem]:
    for name in _NUMBERS.values():
        yield from checks.not_numbers(rows[name])
    strange = rows["Indicator ID"][~rows["Indicator ID"].str.fullmatch(r"[0-9]{1,9}")]
    yield from checks.faults(strange, "{} is not the number of an indicator", "a number, as 90366")
    for name in ("Count", "Denominator"):
        yield from checks.outside(rows[name], 0, float("inf"), "a number of people")
    yield from categories.unplaced(rows)


def _grouped(cells: Cells, rows: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the breakdowns by deprivation and by ethnicity, of one sex and one age."""
    grouped = rows[rows["dimension"].isin(["deprivation", "ethnicity"])]
    mine = grouped[grouped["Sex"] == choice.sex]
    ages = sorted(mine["Age"].unique())
    if choice.age:
        mine = mine[mine["Age"] == choice.age]
    if (len(grouped) and mine.empty) or (len(ages) > 1 and not choice.age):
        sexes = ", ".join(sorted(grouped["Sex"].unique()))
        what = f"the breakdowns are of {sexes}; of ages {', '.join(ages) or 'none of that sex'}"
        raise unreadable(cells.file, [Problem("", what, "--sex and --age that are there")])
    return _rows(mine, mine["dimension"], mine["Category Type"], mine["Category"])


def _ages_and_sexes(rows: pd.DataFrame, choice: Choice) -> Iterator[pd.DataFrame]:
    """Yield the breakdowns of whole areas: by sex at one age, by age of everybody."""
    whole = rows[rows["dimension"] == ""]
    ages = [choice.age] if choice.age else sorted(whole["Age"].unique())[:1]
    sexes = whole[whole["Sex"].isin(["Male", "Female"]) & whole["Age"].isin(ages)]
    by_age = whole[whole["Sex"] == EVERYBODY]
    if len(sexes):
        yield _rows(sexes, "sex", "Sex, " + sexes["Age"], sexes["Sex"])
    if len(set(by_age["Age"])) > 1:
        yield _rows(by_age, "age", "Age", by_age["Age"])


def _rows(rows: pd.DataFrame, dimension: "str | pd.Series[str]",
          grouping: "str | pd.Series[str]", label: "pd.Series[str]") -> pd.DataFrame:  # fmt: skip
    numbers = {ours: checks.numbers(rows[theirs]) for ours, theirs in _NUMBERS.items()}
    kept = rows[["area", "group", "symbol"]].assign(
        **numbers, period=rows["Time period"], order=rows["Time period Sortable"],
        dimension=dimension, grouping=grouping, label=label,
    )  # fmt: skip
    return kept.assign(summed=False)


def _indicator(rows: pd.DataFrame, choice: Choice) -> Indicator:
    number, name = rows[["Indicator ID", "Indicator Name"]].iloc[0]
    scale = scale_of(choice.unit)
    return Indicator(
        indicator=f"fingertips-{number}",
        name=f"{name} (Fingertips {number})",
        short=str(name)[:60],
        unit=choice.unit,
        better=choice.better,
        per=scale.per,
        lowest=scale.lowest,
        highest=scale.highest,
        symmetric=scale.symmetric,
        policy="already-protected",
        publisher=PUBLISHER,
        title=f"Fingertips, indicator {number}: {name}",
        page=PAGE,
        licence=LICENCE,
        note=f"{choice.sex}{f', {choice.age}' if choice.age else ''}. Which way is better and the "
        "unit were given by whoever took the file in.",
    )
