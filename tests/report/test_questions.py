"""Questions are chosen by the figures, few enough to ask, each with its reason and its source."""

import re

import pytest

from oversight_lib.report import narrative, tables
from oversight_lib.report.questions import asked, bank, said
from oversight_lib.report.tables import Table
from tests.report.pages import QUARTERS, opened, page

SUBJECTS = [("region", "Y56"), ("icb", "QMF"), ("trust", "RXG"), ("trust", "RAT")]


def ids(view):
    return [one.question.id for one in asked(view)]


def everybody():
    for quarter in QUARTERS:
        for org in opened(quarter).organisations["org"]:
            yield page("trust", org, quarter)


def test_an_overridden_trust_in_the_recovery_programme_is_asked_about_both(southampton):
    assert ids(southampton)[:2] == ["leaving-recovery", "cost-of-the-override"]
    reasons = [one.because for one in asked(southampton)]
    assert reasons[0] == "the final segment is 5, the recovery programme"
    assert reasons[1] == "the override makes segment 2 by score into 3"


def test_a_final_segment_that_is_not_published_is_asked_for():
    assert ids(page("trust", "G6V2S", "2025-26-q3"))[0] == "is-it-final"


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize(("kind", "code"), SUBJECTS)
def test_questions_are_few_spread_over_themes_and_in_the_order_of_the_bank(kind, code, quarter):
    view = page(kind, code, quarter)
    of, chosen = bank(view), asked(view)
    assert 0 < len(chosen) <= of.most == 7
    themes = [one.question.theme for one in chosen]
    assert max(map(themes.count, themes)) <= of.most_of_a_theme
    order = [question.id for question in of.question]
    assert sorted(ids(view), key=order.index) == ids(view)
    assert {"inequalities", "winter"} <= set(themes)


def test_a_board_is_asked_about_contracts_and_a_trust_is_not(southampton):
    assert "outcome-contracts" in ids(page("icb", "QMF"))
    assert "outcome-contracts" not in ids(southampton)


def test_every_sentence_of_every_trust_is_filled_in():
    lines = set()
    for view in list(everybody())[::7]:
        lines |= {one.because for one in asked(view)} | {line.words for line in said(view)}
    assert len(lines) > 30
    unfilled = r"[{}]|not published (?!for this trust|this quarter)[a-z]|  |\bnan\b"
    assert not [line for line in lines if re.search(unfilled, line)]
    assert not [line for line in lines if re.search(r"\b1 metrics|[02-9] metric\b", line)]


def test_the_summary_has_alerts_first_and_evidence_on_every_line(southampton):
    lines = said(southampton)
    levels = [line.level for line in lines]
    assert levels == sorted(levels, key=["alert", "advise", "assure"].index)
    assert set(levels) == {"alert", "advise", "assure"}
    assert all("org=RHM" in line.evidence for line in lines)
    assert lines[0].words == "In segment 5, the recovery programme."


def test_tables_say_why_and_where(southampton):
    html = tables.questions(southampton)._repr_html_()
    assert "The override makes segment 2 by score into 3." in html
    assert 'href="https://www.england.nhs.uk/' in html
    assert "Our judgement." in html
    assert (
        "segments: org=RHM, scope=overall: final = 5" in tables.summary(southampton)._repr_html_()
    )


@pytest.mark.parametrize(("kind", "code"), SUBJECTS)
def test_checklists_are_those_of_the_pages_kind(kind, code):
    view = page(kind, code, "2025-26-q1" if code != "RAT" else "2025-26-q3")
    texts = list(tables.checklist(view).columns[0].texts)
    of = {"trust": "provider"}.get(kind, kind)
    assert texts == [item.says for item in bank(view).item if item.actor == of]


def test_where_nothing_is_loaded_nothing_is_asked_and_the_page_says_so():
    empty = page("icb", "QHG", "2025-26-q3")
    assert asked(empty) == []
    assert "none for" in repr(tables.questions(empty))
    assert "none for" in repr(tables.summary(empty))
    assert "No question is asked" in repr(narrative.questions(empty))


def test_the_paragraph_counts_the_questions(southampton):
    assert repr(narrative.questions(southampton)).startswith("The 7 questions below come from")
    assert isinstance(tables.questions(southampton), Table)


def test_how_many_are_asked_is_a_figure_of_the_page_itself():
    pages = [page("icb", "QMF"), page("icb", "QOX"), page("trust", "RAT"), page("region", "Y56")]
    told = [narrative.questions(one).paragraphs[0].numerals for one in pages]
    cells = {numeral.cell for numerals in told for numeral in numerals}
    assert len(cells) == len(pages)
