"""Counts of people cannot be seen by any door, and their arithmetic keeps the guard."""

import copy
import io
import json
import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.io.formats.excel import ExcelFormatter

from oversight_lib.method.disclosure import (
    Count,
    CountDtype,
    DisclosureError,
    Policy,
    Symbol,
    counts,
)
from oversight_lib.method.disclosure.guarded import unguarded

# NHS Digital, "Disclosure control methodology for HES and ECDS": 1 to 7 hidden, others to 5.
HES = Policy("HES", threshold=7, rounding_base=5)
SECRET = 1234567


def frame() -> pd.DataFrame:
    return pd.DataFrame({"area": ["A", "B"], "deaths": counts([SECRET, 3], HES)})


DOORS = {
    "repr": repr,
    "str": str,
    "to_string": lambda f: f.to_string(),
    "html": lambda f: f.to_html(),
    "rich html": lambda f: f._repr_html_(),
    "csv": lambda f: f.to_csv(io.StringIO()),
    "json": lambda f: f.to_json(),
    "json lines": lambda f: f.to_json(orient="records", lines=True),
    "json by text": lambda f: f.to_json(default_handler=str),
    "series json": lambda f: f["deaths"].to_json(),
    "latex": lambda f: f.to_latex(),
    "markdown": lambda f: f.to_markdown(),
    "parquet": lambda f: f.to_parquet(io.BytesIO()),
    "arrow": pa.Table.from_pandas,
    "feather": lambda f: f.to_feather(io.BytesIO()),
    "pickle": pickle.dumps,
    "numpy": lambda f: f.to_numpy(),
    "values": lambda f: f.values,  # noqa: PD011
    "array": lambda f: np.asarray(f["deaths"]),
    "dict": lambda f: f.to_dict("records"),
    "list": lambda f: f["deaths"].tolist(),
    "iteration": lambda f: list(f["deaths"]),
    "tuples": lambda f: list(f.itertuples()),
    "float": lambda f: f["deaths"].astype(float),
    "text": lambda f: f["deaths"].astype(str),
    "object": lambda f: f["deaths"].astype(object),
    "row": lambda f: repr(f.iloc[0]),
    "row json": lambda f: f.iloc[0].to_json(),
    "series": lambda f: repr(f["deaths"]),
    "array repr": lambda f: repr(f["deaths"].array),
    "cell": lambda f: str(f.loc[0, "deaths"]),
    "cell format": lambda f: f"{f.loc[0, 'deaths']}",
    "cell float": lambda f: float(f.loc[0, "deaths"]),
    "cell int": lambda f: int(f.loc[0, "deaths"]),
    "cell json": lambda f: json.dumps(f.loc[0, "deaths"]),
    "cell pickle": lambda f: pickle.dumps(f.loc[0, "deaths"]),
    "cell compared": lambda f: f.loc[0, "deaths"] == SECRET,
    "compared": lambda f: f["deaths"] == SECRET,
    "less": lambda f: f["deaths"] < SECRET,
    "sorted": lambda f: f.sort_values("deaths"),
    "ranked": lambda f: f["deaths"].rank(),
    "counted": lambda f: f["deaths"].value_counts(),
    "unique": lambda f: f["deaths"].unique(),
    "mean": lambda f: f["deaths"].mean(),
    "max": lambda f: f["deaths"].max(),
    "grouped mean": lambda f: f.groupby("area")["deaths"].mean(),
    "described": lambda f: f.describe(include="all"),
    "divided": lambda f: f["deaths"] / f["deaths"],
    "multiplied": lambda f: f["deaths"] * 1,
    "added to a number": lambda f: f["deaths"] + 1,
    "grouped by": lambda f: repr(f.groupby("deaths")["area"].count()),
    "styled": lambda f: f.style.to_html(),
    "mapped": lambda f: f["deaths"].map(lambda cell: cell),
    "applied": lambda f: f["deaths"].apply(lambda cell: f"{cell}"),
    "excel": lambda f: list(ExcelFormatter(f).get_formatted_cells()),
    "stacked": lambda f: repr(f.set_index("area").stack()),  # noqa: PD013
    "transposed": lambda f: repr(f.T),
    "melted": lambda f: repr(f.melt("area")),
    "as index": lambda f: repr(f.set_index("deaths")),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_shows_a_count(door):
    seen = ""
    with pytest.raises((DisclosureError, TypeError, ValueError)) as refusal:
        seen = DOORS[door](frame())
    assert str(SECRET) not in str(seen)
    assert str(SECRET) not in str(refusal.value)


def test_the_refusal_says_what_to_do():
    with pytest.raises(DisclosureError, match=r"use disclosure\.publish"):
        repr(frame())


def test_sums_differences_selections_and_groups_keep_the_policy():
    column = frame()["deaths"]
    for derived in (column + column, column - column, column[[True, False]], column.iloc[::-1],
                    column.copy(), copy.deepcopy(column), pd.concat([column, column]),
                    frame().groupby("area")["deaths"].sum(), frame().merge(frame(), on="area")
                    ["deaths_x"]):  # fmt: skip
        assert derived.dtype == CountDtype(HES)
    assert isinstance(column.sum(), Count)
    assert isinstance(sum([column.iloc[0], column.iloc[1]]), Count)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3)), min_size=1, max_size=30))
def test_sums_by_group_are_right(rows):
    values, groups = zip(*rows, strict=True)
    table = pd.DataFrame({"group": groups, "n": counts(values, HES), "plain": values})
    guarded = table.groupby("group")["n"].sum()
    number, symbol = unguarded(guarded.array)
    assert number.tolist() == table.groupby("group")["plain"].sum().tolist()
    assert set(symbol) == {""}
    total, _ = unguarded(table["n"].sum().column)
    assert total.tolist() == [sum(values)]


@pytest.mark.parametrize("symbol", list(Symbol))
def test_a_symbol_goes_through_every_sum_and_is_never_zero_or_missing(symbol):
    # A known defect: ehrQL turns suppressed counts into 0.
    column = pd.Series(counts([None, 4], HES, symbols=[symbol, None]))
    other = pd.Series(counts([10, 10], HES))
    number, mark = unguarded((column + other).array)
    assert mark.tolist() == [symbol.value, ""]
    assert np.isnan(number[0])
    assert number[1] == 14
    assert not column.isna().any()
    filled = column.fillna(column.iloc[1])
    assert unguarded(filled.array)[1].tolist() == [symbol.value, ""]
    assert unguarded(column.sum().column)[1].tolist() == [symbol.value]


def test_the_stronger_symbol_wins():
    first = counts([None, None], HES, symbols=["[x]", "[z]"])
    second = counts([None, None], HES, symbols=["[c]", "[low]"])
    assert unguarded(first + second)[1].tolist() == ["[c]", "[low]"]


def test_a_place_that_is_not_there_is_not_available():
    column = pd.Series(counts([1, 2], HES)).reindex([1, 5])
    assert unguarded(column.array)[1].tolist() == ["", "[x]"]
    assert unguarded(counts([None], HES))[1].tolist() == ["[x]"]


def test_a_value_with_a_symbol_is_forgotten():
    number, mark = unguarded(counts([3], HES, symbols=["[c]"]))
    assert np.isnan(number[0])
    assert mark.tolist() == ["[c]"]


def test_two_policies_make_the_stricter():
    ons = Policy("births", threshold=2, rounding_base=1, possible_values=9)
    both = (counts([1], HES) + counts([1], ons)).policy
    assert (both.threshold, both.rounding_base, both.possible_values) == (7, 5, 9)
    shown = Policy("published", threshold=0, protected=True)
    assert (counts([1], shown) + counts([1], HES)).policy == HES


@pytest.mark.parametrize("values", [[-1], [1.5], ["*"]])
def test_what_is_no_count_is_refused(values):
    with pytest.raises(ValueError, match=r"count of people|parse"):
        counts(values, HES)


def test_a_policy_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        Policy("odd", threshold=-1)


def test_cells_put_together_are_a_column_again_and_nothing_else_is():
    column = frame()["deaths"]
    again = pd.Series([column.iloc[0], column.iloc[1]], dtype=CountDtype(HES))
    assert unguarded(again.array)[0].tolist() == [SECRET, 3]
    with pytest.raises(DisclosureError, match="is made by"):
        pd.Series([SECRET, 3], dtype=CountDtype(HES))


def test_one_cell_less_another_is_a_cell_and_shows_nothing():
    column = frame()["deaths"]
    less = column.iloc[0] - column.iloc[1]
    assert unguarded(less.column)[0].tolist() == [SECRET - 3]
    with pytest.raises(DisclosureError):
        str(less)


def test_a_column_adds_to_a_series_of_counts_from_either_side():
    column = frame()["deaths"]
    both = column.array + column
    assert isinstance(both, pd.Series)
    assert unguarded(both.array)[0].tolist() == [2 * SECRET, 2 * 3]


def test_how_large_a_column_is_says_nothing_of_what_is_in_it():
    few = pd.Series(counts([1, 2], HES))
    assert few.memory_usage(index=False) == frame()["deaths"].memory_usage(index=False) > 0
