"""Cells: written and read back, looked up with counts and sums, and told from what they are not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight_lib.method.cells import Cell, Ledger, prints, spoken

LEDGER = Ledger({
    "segments": pd.DataFrame({
        "org": ["RTF", "RXG", "RAT"],
        "scope": "overall",
        "adjusted": pd.array([1, 3, None], dtype="Int64"),
        "override": pd.array([False, True, None], dtype="boolean"),
        "average": [1.745, 2.0, 2.5],
    }),
    "organisations": pd.DataFrame({"org": ["RTF", "RXG", "RAT"], "region": ["Y63", "Y63", "Y56"]}),
    "context": pd.DataFrame({"icb": ["QMF", "QMF", "QHG"], "result": ["met", "not met", "met"]}),
    "icbs": pd.DataFrame({"icb": ["QMF", "QHG"], "region": ["Y56", "Y61"]}),
    "deciles": pd.DataFrame({"decile": [1, 2, 3], "areas": [4, 5, 6]}),
})  # fmt: skip


def figure(text):
    return LEDGER.figure(Cell.parse(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("segments: org=RTF, scope=overall: average", 1.745),
        ("segments: org=RTF: org", "RTF"),
        ("segments: : count", 3),
        ("segments: adjusted=missing: count", 1),
        ("segments: override=Yes: count", 1),
        ("segments: region=Y63: count", 2),
        ("segments: region=Y63, adjusted=3: count", 1),
        ("segments: region=Y99: count", 0),
        ("context: region=Y56: count", 2),
        ("context: icb=QMF, result=not met: count", 1),
        ("deciles: decile=1|2: sum(areas)", 4 + 5),
        ("deciles: : distinct(decile)", 3),
        ("segments: scope=overall: distinct(region)", 2),
        ("segments: scope=overall: count(adjusted)", 2),
        ("segments: region=Y63: median(average)", (1.745 + 2.0) / 2),
        ("segments: region=Y63: median(weather)", None),
        ("segments: org=XXX: average", None),
        ("segments: scope=overall: average", None),
        ("segments: org=RTF: weather", None),
        ("segments: weather=wet: average", None),
        ("weather: org=RTF: rain", None),
        ("weather: : count", 0),
    ],
)
def test_what_stands_in_a_cell(text, value):
    assert figure(text) == value


def test_what_was_looked_up_once_is_the_same_again_and_a_column_is_that_of_each_row():
    ledger = Ledger({"orgs": pd.DataFrame({"org": ["RTF", "RXG"], "beds": [310, 420]})})
    asked = [Cell.of("orgs", "beds", org=org) for org in ("RTF", "RXG", "RTF", "RXG")]
    assert [ledger.figure(cell) for cell in asked] == [310, 420, 310, 420]


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(min_size=1), max_size=4)
)
def test_a_cell_is_read_as_it_was_written_whatever_is_in_its_key(key):
    cell = Cell("segments", tuple(sorted(key.items())), "average")
    assert Cell.parse(str(cell)) == cell


@pytest.mark.parametrize("text", ["", "segments", "segments: org=RTF", "a b: c: d", "x: y=1: a b"])
def test_what_names_no_cell_is_refused(text):
    with pytest.raises(ValueError, match="names no cell"):
        Cell.parse(text)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("24th", 24), ("1st", 1), ("1,204", 1204), ("+0.05", 0.05), ("−0.35", -0.35), ("55%", 55),
        ("no", 0), ("none", 0), ("Neither", 0), ("both", 2), ("2.10", 2.1),
        ("not published", None), ("segment 3", None), ("", None), ("24 of 61", None),
    ],
)  # fmt: skip
def test_the_number_that_words_are(words, number):
    assert spoken(words) == number


@pytest.mark.parametrize(
    ("words", "value", "does"),
    [
        ("1.75", 1.745, True), ("1.74", 1.745, True), ("1.73", 1.745, False), ("2", 1.745, True),
        ("55%", 0.55, True), ("55%", 55.2, True), ("55%", 0.56, False), ("55", 0.55, False),
        ("both", 2, True), ("both", 3, False), ("none", 0, True), ("+0.1", -0.1, False),
        ("24th", 24, True), ("24th", None, False), ("24th", float("nan"), False),
        ("not published", None, False),
    ],
)  # fmt: skip
def test_words_print_a_figure_if_it_rounds_to_them(words, value, does):
    assert prints(words, value) is does


def test_a_cell_made_of_its_parts_is_the_one_that_is_read():
    cell = Cell.of("segments", "average", scope="overall", org="RTF")
    assert cell == Cell.parse(str(cell))
    assert cell.key == (("org", "RTF"), ("scope", "overall"))
