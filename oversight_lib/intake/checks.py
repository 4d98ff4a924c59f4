"""What can be wrong with a column of published cells; every check says which rows."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake.cells import rows_in_words

_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?"
_RANGE = rf"({_NUMBER}) to ({_NUMBER})"


def faults(bad: "pd.Series[str]", what: str, expected: str) -> Iterator[Problem]:
    """Yield one problem for each text among the bad cells, with its rows; `{}` is the text."""
    for text, rows in bad.groupby(bad).groups.items():
        where = f"{rows_in_words(list(rows))}, column {bad.name}"
        yield Problem(where, what.format(f'"{text}"' if text else "a blank"), expected)


def unknown(
    cells: "pd.Series[str]", known: Iterable[str], what: str, expected: str
) -> Iterator[Problem]:
    """Yield a problem for every text that is not one of the known ones."""
    yield from faults(cells[~cells.isin(list(known))], f"{{}} is not {what}", expected)


def blanks(cells: "pd.Series[str]", expected: str) -> Iterator[Problem]:
    """Yield a problem if there are blank cells."""
    yield from faults(cells[cells == ""], "the cell is blank", expected)


def numbers(cells: "pd.Series[str]") -> "pd.Series[float]":
    """Return the cells as numbers; missing where one is blank or is not a finite number."""
    fits = cells.where(cells.str.fullmatch(_NUMBER))
    found: pd.Series[float] = fits.astype("float64")
    return found


def not_numbers(cells: "pd.Series[str]", *, required: bool = False) -> Iterator[Problem]:
    """Yield a problem for every cell that is not a number; blanks are missing, unless required."""
    bad = ~cells.str.fullmatch(_NUMBER) & ((cells != "") | required)
    yield from faults(cells[bad], "{} is not a number", "a number, as 12.5")


def outside(cells: "pd.Series[str]", low: float, high: float, expected: str) -> Iterator[Problem]:
    """Yield a problem for every number below `low` or above `high`."""
    found = numbers(cells)
    yield from faults(cells[(found < low) | (found > high)], "{} is out of range", expected)


def not_whole(cells: "pd.Series[str]", expected: str) -> Iterator[Problem]:
    """Yield a problem for every number with a fraction; `1.0` has none."""
    found = numbers(cells).dropna()
    yield from faults(cells[found.index[found % 1 != 0]], "{} is not whole", expected)


def ranges(cells: "pd.Series[str]") -> pd.DataFrame:
    """Return the columns `low` and `high` of cells as `1.2 to 1.89`; missing if it is no range."""
    return cells.str.extract(f"^{_RANGE}$").set_axis(["low", "high"], axis=1).astype("float64")


def not_ranges(cells: "pd.Series[str]", example: str) -> Iterator[Problem]:
    """Yield a problem for every cell that is not blank and not a range from low to high."""
    ends = ranges(cells)
    bad = (cells != "") & ~(ends["low"] <= ends["high"])
    yield from faults(cells[bad], "{} is not a range", f"a range, as {example}")


def repeats(table: pd.DataFrame, key: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for every row whose key stands in an earlier row.

    `key` maps the columns of the key to the published columns they come from.
    """
    names = list(key)
    rows = table.index.to_series()
    first = rows.groupby([table[name] for name in names], dropna=False).transform("first")
    again = table[table.duplicated(names)]
    for row, texts in zip(again.index, again[names].to_numpy().tolist(), strict=True):
        where = f"row {row}, column {list(key.values())[-1]}"
        yield Problem(where, f"{', '.join(texts)} is already in row {first[row]}", "each once")
