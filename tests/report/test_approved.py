"""Twenty pages say what somebody read aloud and approved, and every number in them is bound."""

import re

import pytest

from oversight_lib.method.cells import APART, Cell, Ledger, prints
from oversight_lib.report import narrative, tables
from oversight_lib.report.recorded import numerals
from tests.report.approved import FOLDER, PAGES, reading, sections
from tests.report.pages import page

LOOSE = re.compile(
    r"Q[1-4]\u00a020\d\d/\d\d|20\d\d/\d\d|(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December) 20\d\d"
)


def said(name):
    """Every paragraph of a page, in order."""
    view = page(*PAGES[name])
    for _, calls in sections(view.kind):
        for call, args in calls:
            yield from getattr(narrative, call)(view, *args).paragraphs


def test_the_sample_is_what_it_has_to_be():
    kinds = [kind for kind, *_ in PAGES.values()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "england": 2, "region": 4, "icb": 6, "trust": 8,
    }  # fmt: skip
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_was_approved(name):
    approved = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert reading(name) == approved, "read it aloud; if it is right, run make approve"


@pytest.mark.parametrize("name", PAGES)
def test_every_number_of_a_page_is_computed_again_from_the_cell_it_is_bound_to(name):
    ledger, counted = Ledger(page(*PAGES[name]).assessment.tables), 0
    for words in said(name):
        for one in getattr(words, "numerals", ()):
            cell = Cell.parse(one.cell)
            counted += 1
            assert cell.table in APART or prints(one.words, ledger.figure(cell)), one
    assert counted > 8


@pytest.mark.parametrize("name", PAGES)
def test_no_number_of_a_page_is_bound_to_nothing(name):
    for words in said(name):
        text = list(str(words))
        for mark in getattr(words, "marks", ()):
            if mark.kind != "finding":
                text[mark.start : mark.end] = " " * (mark.end - mark.start)
        loose = LOOSE.sub(" ", "".join(text))
        assert not re.findall(r"\d", loose), loose


@pytest.mark.parametrize("name", ["england-q3", "region-midlands", "trust-three-tied"])
def test_the_last_table_leads_every_figure_of_a_page_to_its_cell(name):
    paragraphs = list(said(name))
    view = page(*PAGES[name])
    table = tables.figures(view)
    printed = set(zip(table.columns[0].texts, table.columns[1].texts, strict=True))
    for words in paragraphs:
        for one in getattr(words, "numerals", ()):
            assert one in numerals(view)
            assert any(one.words == shown for shown, _ in printed)
    assert "figures behind the words" in table.caption.lower()


def test_a_page_that_said_nothing_has_no_figures_behind_its_words():
    view = page("trust", "RHM", "2025-26-q1")
    view.kept.pop("said", None)
    assert repr(tables.figures(view)) == ""
