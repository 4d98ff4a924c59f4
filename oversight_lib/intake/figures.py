"""The publisher's data files: one row a trust and identifier, with its value and quartiles."""

from collections.abc import Iterator

import pandas as pd

from oversight_lib import frames
from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.items import Item, items
from oversight_lib.intake.layouts import FIGURES
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework

_COLUMNS = {
    "Trust_code": "org",
    "Metric_ID": "item",
    "Reporting_date": "period",
    "Units": "unit",
    "Value": "value",
    "Median_value": "median",
    "Lower_quartile": "lower_quartile",
    "Upper_quartile": "upper_quartile",
    "Rank": "rank",
}
_UNITS = {"%": "percent", "mins": "minutes"}


def problems(table: pd.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with the figures of a data file.

    `table` holds the published cells and the column `quarter`, missing where it cannot be told.
    """
    for name in FIGURES.numbers:
        yield from checks.not_numbers(table[name])
    yield from checks.blanks(table["Units"], "a unit, as % or score")
    yield from checks.outside(table["Rank"], 1, float("inf"), "a rank, 1 or more")
    yield from checks.not_whole(table["Rank"], "a rank, as 12 or 12.0")
    key = {"quarter": "Quarter", "Trust_code": "Trust_code", "Metric_ID": "Metric_ID"}
    yield from checks.repeats(table.dropna(subset=["quarter"]), key)
    for quarter, rows in table.groupby("quarter"):
        yield from _of_quarter(rows, Quarter.parse(str(quarter)))


def _of_quarter(rows: pd.DataFrame, quarter: Quarter) -> Iterator[Problem]:
    known = items(load_framework(quarter.year))
    what = f"an identifier the rules of {quarter.year.label} know"
    metrics = f"rules/{quarter.year}/metrics.toml"
    expected = f"one of the {len(known)} that are; a new metric is first added to {metrics}"
    yield from checks.unknown(rows["Metric_ID"], known, what, expected)
    for item, figures in rows.groupby("Metric_ID"):
        if str(item) in known:
            yield from _of_item(figures["Value"], known[str(item)])
            yield from _of_unit(figures["Units"], known[str(item)])


def _of_item(values: "pd.Series[str]", item: Item) -> Iterator[Problem]:
    yield from checks.outside(values, item.low, item.high, item.expected)
    if item.whole:
        yield from checks.not_whole(values, item.expected)


def _of_unit(units: "pd.Series[str]", item: Item) -> Iterator[Problem]:
    """Yield a problem for figures in a unit that is not the metric's: 90 minutes is not 90%."""
    if item.units:
        other = (units != "") & ~units.replace(_UNITS).str.casefold().isin(item.units)
        expected = f"{' or '.join(item.units)} for {item.id}; a new name goes into metrics.toml"
        yield from checks.faults(units[other], "{} is another unit", expected)


def tidy(table: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.PUBLISHED` from the cells of one quarter and trust type.

    A row without a value is left out: a missing figure is an absent row. Units are in our words.
    """
    named = table[list(_COLUMNS)].rename(columns=_COLUMNS)
    cells = named[named["value"] != ""]
    numbers = [_COLUMNS[name] for name in FIGURES.numbers]
    values = {name: checks.numbers(cells[name]) for name in numbers}
    words = {"unit": cells["unit"].replace(_UNITS), "period": cells["period"].replace("", None)}
    return frames.PUBLISHED.arrange(cells.assign(**values, **words))


def words(table: pd.DataFrame, column: str) -> dict[str, str]:
    """Return each identifier's words in a column, sorted by identifier; of several the first."""
    pairs = table[["Metric_ID", column]].sort_values(["Metric_ID", column])
    return dict(pairs.drop_duplicates("Metric_ID").itertuples(index=False, name=None))
