"""The hand-written pages agree with the rules and the data they speak of."""

import itertools
import re
from pathlib import Path

import nbformat
import pytest

from oversight_lib.intake import DATA
from oversight_lib.rules.model import Floor, Rank, Standard
from tests.report.pages import QUARTERS, opened

BOOK = Path(__file__).parents[2] / "book"
PAGES = sorted(BOOK.glob("*.md"))
METHOD = (BOOK / "method.md").read_text("utf-8")


def of_kind(framework, kind):
    return [metric.scoring for metric in framework.metric if isinstance(metric.scoring, kind)]


def test_the_ways_to_a_score_are_those_of_the_rules(framework):
    assert {(s.best, s.lowest) for s in of_kind(framework, Rank)} == {(1.0, 4.0)}
    assert {(s.fixed, s.best, s.lowest) for s in of_kind(framework, Standard)} == {(1.0, 2.0, 4.0)}
    assert {(s.fixed, s.best, s.lowest) for s in of_kind(framework, Floor)} == {(4.0, 1.0, 3.0)}
    for words in (
        "The best scores 1.00, the lowest 4.00",
        "from 2.00 to 4.00",
        "from 1.00 to 3.00",
    ):
        assert words in METHOD


def test_the_metrics_rounded_before_averaging_are_those_of_the_rules(framework):
    named = re.search(r"rounded before they were averaged: (.*?)\.", METHOD)[1]
    rounded = [m.id for m in framework.metric if "2025-26-q1" in m.rounded_before_averaging]
    assert re.findall(r"OF\d{4}", named) == sorted(rounded)
    assert len(rounded) == 10  # "ten metrics"
    assert {q for m in framework.metric for q in m.rounded_before_averaging} == {"2025-26-q1"}


def test_the_averages_reproduced_are_those_of_the_back_test():
    equal = []
    for quarter in QUARTERS:
        checks = opened(quarter).checks
        exact = checks[checks["check"] == "average of exact scores"]
        assert exact["equal"].eq(exact["compared"]).all()
        overall = exact.set_index("subject").loc["overall"]
        equal.append((overall["equal"], overall["compared"]))
    assert equal == [(195, 195), (61, 61), (61, 61)]
    assert "195 of 195 in Q1 2025/26, and 61 of 61 in both Q2 and Q3" in METHOD


def test_weights_override_and_final_segment_are_those_of_the_rules(framework):
    thirds = [m.id for m in framework.metric if 0 < m.weight < 1]
    assert len(thirds) == 3
    assert "The three infection metrics count one third each" in METHOD
    assert framework.adjustment[0].not_better_than == 3
    assert "is placed in segment 3" in METHOD
    assert framework.final.segment == 5
    assert "recovery programme is in segment 5" in METHOD


def test_the_final_segment_is_published_when_the_page_says_so():
    published = [opened(quarter).overall["final"].notna().all() for quarter in QUARTERS]
    assert published == [True, True, False]
    assert "They have it for Q1 and Q2 of 2025/26 and not for Q3" in METHOD


def test_the_five_domains_are_named_as_in_the_rules(framework):
    glossary = (BOOK / "glossary.md").read_text("utf-8")
    for domain in framework.domain:
        assert domain.name.lower() in glossary.lower()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_one_title_and_headings_in_order(page):
    levels = [len(mark) for mark in re.findall(r"^(#+) ", page.read_text("utf-8"), re.MULTILINE)]
    assert levels[0] == 1
    assert 1 not in levels[1:]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_sentences_are_short(page):
    plain = re.sub(r"\]\(.*?\)|^[-:|#]+", "", page.read_text("utf-8"), flags=re.MULTILINE)
    sentences = re.split(r"(?<=[.:;?])\s|\n\n|\n(?=\|)|\|", plain)
    assert max(len(sentence.split()) for sentence in sentences) <= 32


def test_the_contents_name_every_page():
    named = re.findall(r"file: (\S+)", (BOOK / "_toc.yml").read_text("utf-8"))
    # The press makes these pages; their place is among ours.
    made = ["inequalities", "rules", "back-test", "downloads", "data-dictionary",
            "status", "revisions", "confidentiality", "accessibility",
            "rap-levels"]  # fmt: skip
    made += [f"methods/{page.stem}" for page in BOOK.glob("methods/*.ipynb")]
    assert sorted(named) == sorted([*made, *(page.stem for page in PAGES)])


def test_glossary_terms_are_in_order():
    text = (BOOK / "glossary.md").read_text("utf-8")
    terms = re.findall(r"^(\S.*)\n: ", text, re.MULTILINE)
    assert terms == sorted(terms, key=str.casefold)


def test_every_publisher_of_bundled_data_is_named():
    told = (BOOK / "about-the-data.md").read_text("utf-8")
    cards = "".join(path.read_text("utf-8") for path in sorted(DATA.rglob("*.card.toml")))
    publishers = set(re.findall(r'^publisher = "(.*?)(?: \(.*)?"$', cards, re.MULTILINE))
    assert len(publishers) > 4
    assert [name for name in sorted(publishers) if name not in told] == []


METHODS = sorted((BOOK / "methods").glob("*.ipynb"))


@pytest.mark.parametrize("path", METHODS, ids=lambda path: path.stem)
def test_a_method_by_hand_holds_its_outputs_and_hides_nothing_in_a_function(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 4
    for cell in code:
        assert cell.outputs, cell.source
        kinds = {output.output_type for output in cell.outputs}
        assert kinds <= {"stream", "execute_result", "display_data"}
        if "display_data" in kinds:
            assert cell.metadata["mystnb"]["image"]["alt"], "a picture without words"
        assert "def " not in cell.source
        assert all(output.get("name") != "stderr" for output in cell.outputs)
        assert max(map(len, cell.source.splitlines())) <= 100
    # Its code is its message: everywhere else in the book code is not shown.
    assert notebook.metadata["mystnb"] == {"remove_code_source": False}
    assert notebook.cells[0].source.startswith("# ")


def test_the_methods_that_boards_ask_about_are_worked_by_hand():
    assert {path.stem for path in METHODS} >= {
        "scoring-by-hand", "ranges", "control-charts", "slope-index"
    }  # fmt: skip
