"""Numbers in sentences: the words of `formats`, with each figure bound to the right cell."""

import pytest

from oversight_lib.frames import SEGMENTS
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats, numbers
from tests.report.pages import page

PART, BASE = Cell.of("segments", "count", a=1), Cell.of("segments", "count", b=2)


def printed(words):
    return [(one.words, one.cell) for one in words.numerals]


@pytest.mark.parametrize(
    ("how_many", "words", "first"),
    [
        (0, "no trusts", "no"),
        (1, "1 trust", "1"),
        (2, "2 trusts", "2"),
        (1204, "1,204 trusts", "1,204"),
    ],
)
def test_counts_are_bound_with_their_grammar(how_many, words, first):
    told = numbers.count(how_many, "trust", PART)
    assert told == words
    assert printed(told) == [(first, str(PART))]


@pytest.mark.parametrize(
    ("part", "base", "words", "figures"),
    [
        (3, 61, "3 of 61 trusts", [("3", PART), ("61", BASE)]),
        (0, 61, "none of the 61 trusts", [("none", PART), ("61", BASE)]),
        (0, 2, "neither of the 2 trusts", [("neither", PART), ("2", BASE)]),
        (0, 1, "no trust", [("no", PART)]),
        (1, 1, "the only trust", []),
        (2, 2, "both trusts", [("both", BASE)]),
        (8, 8, "all 8 trusts", [("8", BASE)]),
        (0, 0, "no trusts", [("no", BASE)]),
    ],
)
def test_a_count_and_its_base_are_bound_each_to_its_own(part, base, words, figures):
    told = numbers.out_of(part, base, "trust", (PART, BASE))
    assert told == words == formats.out_of(part, base, "trust")
    assert printed(told) == [(figure, str(cell)) for figure, cell in figures]


def test_a_rank_and_among_how_many_are_bound():
    told = numbers.rank(8, 61, (PART, BASE))
    assert told == "8th of 61"
    assert printed(told) == [("8th", str(PART)), ("61", str(BASE))]
    assert numbers.rank(None, 61, (PART, BASE)) == "not published"


def test_both_ends_of_a_range_are_bound():
    told = numbers.ends(formats.between(1.2, 1.89), (PART, BASE))
    assert told.replace("\u00a0", " ") == "1.20 to 1.89"
    assert printed(told) == [("1.20", str(PART)), ("1.89", str(BASE))]
    assert printed(numbers.ends("not loaded", (PART, BASE))) == []


def test_cells_are_of_the_page_they_are_asked_for():
    assert str(numbers.cell(page("england"), SEGMENTS)) == "segments: : count"
    assert str(numbers.cell(page("region", "Y56"), SEGMENTS, scope="overall")) == (
        "segments: region=Y56, scope=overall: count"
    )
    assert str(numbers.found(page("trust", "RHM"), "average")) == (
        "findings: code=RHM, item=all, kind=average, page=trust: value"
    )
    assert numbers.noted(page("england"), "gap", "x") == "england/england/gap/x"


def test_regions_are_named_as_they_are_within_a_sentence():
    assert numbers.place(page("region", "Y60")) == "the Midlands"
    assert numbers.place(page("region", "Y56")) == "London"


def test_names_and_segments_count_nothing():
    assert numbers.segment(3).numerals == numbers.named("QT6").numerals == ()
