"""Which quarter each row of a published file is about; never a guess."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from oversight_lib.errors import Problem, UnknownNameError
from oversight_lib.intake.cells import rows_in_words
from oversight_lib.intake.items import result_items
from oversight_lib.intake.layouts import Kind, Layout
from oversight_lib.periods import Quarter, ReportingPeriod
from oversight_lib.rules import load_framework, years


@dataclass(frozen=True)
class Dating:
    """The quarter of each row, as text and missing where it cannot be told, and what is wrong."""

    quarters: "pd.Series[str]"
    problems: tuple[Problem, ...] = ()


def date_rows(table: pd.DataFrame, layout: Layout, given: Quarter | None) -> Dating:
    """Return the quarter of each row.

    A `Quarter` column says it for each row. Without one, all rows are of the one quarter that the
    reporting dates of the results name (their blanks and the dates of metrics say nothing), or of
    the quarter given. A quarter given that differs from one the file names is a problem.
    """
    says = next((name for name in layout.quarter_in if name in table), None)
    if says == "Quarter":
        return _per_row(table["Quarter"], given)
    texts = _telling(table, layout)[says] if says else pd.Series(dtype="str")
    return _for_all(table.index, texts, given)


def named_quarter(text: str) -> str | None:
    """Return the quarter a text names as `2025-26-q1`, or nothing if it names none.

    Months name a quarter only if they are exactly its three.
    """
    try:
        return str(Quarter.parse(text))
    except UnknownNameError:
        period = ReportingPeriod.parse(text)
    if period.first is None or period.last is None or period.first.plus(2) != period.last:
        return None
    number, rest = divmod(period.first.month - 4, 3)
    if rest:
        return None
    start = period.first.year - (period.first.month < 4)
    return str(Quarter.parse(f"Q{number % 4 + 1} {start}/{(start + 1) % 100:02d}"))


def _telling(table: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Return the rows whose reporting date is the quarter: all of a league table, results else."""
    if layout.kind is Kind.LEAGUE:
        return table
    results = {item for year in years() for item in result_items(load_framework(year))}
    return table[table["Metric_ID"].isin(results)]


def _per_row(texts: "pd.Series[str]", given: Quarter | None) -> Dating:
    found = texts.map({text: named_quarter(text) for text in texts.unique()}).astype("str")
    problems = [*_not_quarters(texts[found.isna()]), *_without_rules(found.dropna())]
    return Dating(_with_rules(found), (*problems, *_against(found.dropna(), given, "Quarter")))


def _for_all(rows: pd.Index, texts: "pd.Series[str]", given: Quarter | None) -> Dating:
    found = texts.map({text: named_quarter(text) for text in texts.unique()}).astype("str").dropna()
    problems = [*_disagreeing(found), *_against(found, given, "Reporting_date")]
    quarter = str(given) if given else next(iter(found), None)
    if quarter is None:
        expected = "a reporting date of a result, as Q1 2025/26; or say --quarter 2025-26-q1"
        problems.append(Problem("column Reporting_date", "no row names the quarter", expected))
    quarters = pd.Series(quarter, index=rows, dtype="str")
    return Dating(_with_rules(quarters), (*problems, *_without_rules(quarters.dropna())))


def _not_quarters(texts: "pd.Series[str]") -> Iterator[Problem]:
    for text, where in _places(texts, "Quarter"):
        yield Problem(where, f'"{text}" is not a quarter', "a quarter, as Q1 2025/26")


def _without_rules(found: "pd.Series[str]") -> Iterator[Problem]:
    known = {str(year) for year in years()}
    for quarter, where in _places(found, "Quarter"):
        if str(Quarter.parse(quarter).year) not in known:
            what = f"there are no rules for {Quarter.parse(quarter).label}"
            yield Problem(where, what, f"a quarter of {', '.join(sorted(known))}")


def _with_rules(found: "pd.Series[str]") -> "pd.Series[str]":
    return found.where(found.str[:7].isin([str(year) for year in years()]))


def _disagreeing(found: "pd.Series[str]") -> Iterator[Problem]:
    if len(found.unique()) > 1:
        for quarter, where in _places(found, "Reporting_date"):
            what = f"a result is of {Quarter.parse(quarter).label}"
            yield Problem(where, what, "one quarter in a file without a column Quarter")


def _against(found: "pd.Series[str]", given: Quarter | None, column: str) -> Iterator[Problem]:
    for quarter, where in _places(found[found != str(given)] if given else found[:0], column):
        what = f"the file says {Quarter.parse(quarter).label}"
        yield Problem(where, what, f"{given.label if given else ''}, as --quarter says")


def _places(texts: "pd.Series[str]", column: str) -> Iterator[tuple[str, str]]:
    """Yield each text once, in order, with the rows it stands in."""
    for text, rows in texts.groupby(texts).groups.items():
        yield str(text), f"{rows_in_words(list(rows))}, column {column}"
