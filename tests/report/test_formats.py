import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.report import formats

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (2.005, "2.01"),  # halves round up, though 2.005 in binary is a hair below
        (2.135, "2.14"),
        (2.134999, "2.13"),
        (1, "1.00"),
        (-0.5, f"{MINUS}0.50"),
        (-0.001, "0.00"),  # no minus before nothing
        (12345.678, "12,345.68"),
        (None, "not published"),
        (float("nan"), "not published"),
        (pd.NA, "not published"),
    ],
)
def test_an_average_has_two_decimals_and_halves_round_up(figure, printed):
    assert formats.average(figure) == printed


@settings(derandomize=True, deadline=None)
@given(st.integers(100, 400))
def test_a_figure_that_has_two_decimals_is_printed_as_it_is(hundredths):
    assert formats.average(hundredths / 100) == f"{hundredths // 100}.{hundredths % 100:02d}"


def test_a_percentage_has_one_decimal_and_needs_a_base():
    assert formats.percentage(1, 3) == "33.3%"
    assert formats.percentage(0, 7) == "0.0%"
    assert formats.percentage(0, 0) == "not applicable"


def test_values_keep_the_decimal_in_which_a_standard_is_missed():
    assert formats.value(79.96, "percent") == "79.96"
    assert formats.value(3, "count") == "3"
    assert formats.value(None, "count") == "not published"


def test_the_three_ways_of_being_absent_are_three_different_words():
    assert len({str(word) for word in formats.Absent}) == 3
    assert formats.whole(None, formats.Absent.NOT_LOADED) == "not loaded"
    assert formats.yes_no(None) == "not published"
    assert formats.text(None) == "not published"
    assert formats.unit(None) == "not applicable"


def test_flags_and_units_and_weights():
    assert (formats.yes_no(True), formats.yes_no(False)) == ("Yes", "No")
    assert (formats.unit("percent"), formats.unit("days")) == ("%", "days")
    assert [formats.weight(w) for w in (0, 1, 1 / 3, None)] == ["none", "1", "1/3", "not published"]


def test_text_has_plain_spaces():
    assert formats.text("an\xa0odd  name ") == "an odd name"


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th"), (11, "11th"), (12, "12th"),
        (13, "13th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (101, "101st"), (111, "111th"),
        (113, "113th"), (1002, "1,002nd"), (None, "not published"),
    ],
)  # fmt: skip
def test_ordinals(place, printed):
    assert formats.ordinal(place) == printed


def test_a_rank_is_never_alone():
    assert formats.rank(24, 61) == "24th of 61"
    assert formats.rank(24, None) == "not published"
    assert formats.rank(pd.NA, 61) == "not published"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no trusts"), (1, "1 trust"), (2, "2 trusts"), (1234, "1,234 trusts")]
)
def test_counts_agree_with_their_noun(number, words):
    assert formats.count(number, "trust") == words


@pytest.mark.parametrize(
    ("part", "base", "words"),
    [
        (0, 0, "no trusts"),
        (0, 1, "no trust"),
        (1, 1, "the only trust"),
        (0, 2, "neither of the 2 trusts"),
        (1, 2, "1 of 2 trusts"),
        (2, 2, "both trusts"),
        (0, 5, "none of the 5 trusts"),
        (3, 5, "3 of 5 trusts"),
        (5, 5, "all 5 trusts"),
    ],
)
def test_a_part_is_told_with_its_base(part, base, words):
    assert formats.out_of(part, base, "trust") == words


def test_irregular_plurals():
    assert formats.count(2, "cut of it", "cuts of it") == "2 cuts of it"
    assert formats.out_of(2, 2, "cut of it", "cuts of it") == "both cuts of it"


def test_verbs_agree():
    assert [formats.are(n) for n in (0, 1, 2, 7)] == ["is", "is", "are", "are"]


def test_lists():
    assert formats.listed([]) == ""
    assert formats.listed(["one"]) == "one"
    assert formats.listed(["one", "two"]) == "one and two"
    assert formats.listed(["1", "2", "3"], "or") == "1, 2 or 3"


def test_sentences_begin_and_end():
    assert formats.sentence("ranked 1st of 3") == "Ranked 1st of 3."
    assert formats.sentence("Why?") == "Why?"


def test_an_icb_goes_by_its_place():
    assert formats.short_icb("NHS Dorset Integrated Care Board") == "Dorset"
