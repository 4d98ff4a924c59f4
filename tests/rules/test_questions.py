"""The bank of questions is cited, covers what boards ask about, and has words for each page."""

import re
from pathlib import Path

import pytest

import oversight_lib.rules
from oversight_lib.errors import RulesError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.cited import parse
from oversight_lib.rules.questions import Bank, load_questions

TEXT = (Path(oversight_lib.rules.__file__).parent / "2025-26/questions.toml").read_text("utf-8")


@pytest.fixture
def bank():
    return load_questions(FrameworkYear(2025))


def spoilt(before, after):
    assert before in TEXT
    return TEXT.replace(before, after, 1)


def test_the_bank_covers_what_a_board_asks_about(bank):
    themes = {question.theme for question in bank.question}
    assert themes >= {
        "position", "certainty", "drivers", "finance", "recovery", "peers", "data", "inequalities",
        "winter", "contracts", "capability", "next year",
    }  # fmt: skip


@pytest.mark.parametrize(
    "word", ["assurance statement", "executive director", "discharge", "escalate", "vaccinat"]
)
def test_winter_is_asked_about_in_each_of_its_parts(bank, word):
    said = [*(question.says for question in bank.question), *(item.says for item in bank.item)]
    assert any(word in words for words in said)


def test_contracts_are_asked_of_boards_that_have_some(bank):
    assert {page for q in bank.question if q.theme == "contracts" for page in q.pages} == {"icb"}


def test_every_kind_of_body_has_a_checklist_and_every_source_is_used(bank):
    assert {item.actor for item in bank.item} == {"provider", "icb", "region"}
    used = {statement.source for statement in [*bank.question, *bank.item]}
    assert {source.id for source in bank.source} - used == {"insightful-icb"}


def test_a_question_rests_on_its_source_or_on_our_judgement(bank):
    for question in bank.question:
        source = bank.cited(question)
        assert (source is None) == (question.basis == "judgement"), question.id
        assert source is None or source.id == question.source


def test_questions_are_questions(bank):
    assert all(question.says.endswith("?") for question in bank.question)
    becauses = [q.because + q.because_area for q in bank.question]
    assert not any(words.endswith((".", "?")) for words in becauses)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('id      = "peers"', 'id      = "capability"', "capability: defined twice"),
        ('source  = "chance"', 'source  = "luck"', 'question near-a-cut: no source "luck"'),
        ('because_area = "{of} {are} in segment 4"\n', "", "no words for an area's page"),
        (
            'because = "the final segment is {final}',
            'because = "" # "',
            "no words for a trust's page",
        ),
        ('because = "sources dispute', 'basiss = "sources', "Extra inputs"),
        ('kind = "near_cut", within', 'kind = "far_cut", within', "question.4.when"),
        ('kind = "near_cut", within = 0.1', 'kind = "near_cut", within = 0', "greater than 0"),
    ],
)
def test_what_is_wrong_is_named(before, after, complaint):
    with pytest.raises(RulesError, match=re.escape(complaint)):
        parse(spoilt(before, after), "2025-26/questions.toml", Bank)
