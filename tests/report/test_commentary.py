"""A person's words are shown as theirs, harmless whatever they typed, and dated when stale."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES
from oversight_lib.intake.commentary import SECTIONS
from oversight_lib.report.commentary import remarks, rendered
from tests.report.pages import opened, page_of

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
Q1 = "2025-26-q1"
FIGURE = "segments: org=RTF, scope=overall: average"


def view(*, now="1.74", kind="trust", code="RTF", text="Our *words*."):
    """A page with one remark about its opening, whose figure was 1.74."""
    place = [Q1, kind, code or kind, "opening"]
    words = pd.DataFrame([[*place, "A. Writer", "2025-10-01", text, "0" * 64]],
                         columns=COMMENTARY.names)  # fmt: skip
    figures = pd.DataFrame([[*place, FIGURE, "1.74", now, now != "1.74"]],
                           columns=COMMENTARY_FIGURES.names)  # fmt: skip
    tables = {
        "commentary": COMMENTARY.arrange(words),
        "commentary_figures": COMMENTARY_FIGURES.arrange(figures),
    }
    return page_of(opened(Q1).with_tables(tables), kind, code)


def test_words_are_marked_as_a_persons_and_signed():
    html = remarks(view(), "opening")._repr_html_()
    assert html.startswith('<aside class="commentary" aria-label="Commentary by A. Writer">')
    assert "Commentary, written by a person" in html
    assert "<p>Our <em>words</em>.</p>" in html
    assert f"Written by A. Writer, 2025-10-01. It leans on {FIGURE} = 1.74." in html
    assert "Out of date" not in html


@pytest.mark.parametrize(("kind", "code"), [("england", ""), ("region", "Y56"), ("icb", "QMF")])
def test_every_kind_of_page_can_have_words(kind, code):
    assert remarks(view(kind=kind, code=code), "opening").author == "A. Writer"


def test_words_of_another_page_section_or_of_nobody_are_not_shown():
    assert remarks(view(), "domains") is None
    other = page_of(view().assessment, "trust", "RXG")
    assert remarks(other, "opening") is None
    assert remarks(page_of(opened(Q1), "trust", "RTF"), "opening") is None


@pytest.mark.parametrize(("now", "told"), [("1.80", "1.80"), (None, "no longer there")])
def test_words_whose_figure_changed_say_so(now, told):
    shown = remarks(view(now=now), "opening")
    assert f"<li>{FIGURE} was 1.74 and is {told}</li>" in shown._repr_html_()
    assert "Out of date: figures it leans on have changed" in shown._repr_html_()
    assert repr(shown).endswith("Out of date.")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<b onclick=x>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](../england.html)",
        "![x](https://example.org/x.png)",
        "# A heading",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "&lt;img src=x onerror=y&gt;",
    ],
)
def test_nothing_but_words_lists_emphasis_and_links_elsewhere_comes_of_it(typed):
    tags = set(re.findall(r"<(\w+)", rendered(typed)))
    assert tags <= {"p", "a"}
    assert set(re.findall(r'href="(\w+):', rendered(typed))) <= {"https"}
    assert set(re.findall(r"<\w+ (\w+)=", rendered(typed))) <= {"href"}


def test_what_may_be_written_is_rendered():
    html = rendered("A **b** `c` [d](https://example.org/?a=1&b=2)\n\n- e\n- f\n\n1. g")
    for piece in ("<strong>b</strong>", "<code>c</code>", "<li>e</li>", "<ol>",
                  '<a href="https://example.org/?a=1&amp;b=2">d</a>'):  # fmt: skip
        assert piece in html


def test_an_authors_name_is_escaped():
    shown = remarks(view(), "opening")
    hostile = type(shown)(shown.text, '"><script>', shown.date, shown.figures, shown.changed)
    assert "<script>" not in hostile._repr_html_()


@pytest.mark.parametrize("kind", SECTIONS)
def test_templates_show_words_in_exactly_the_sections_they_may_stand_in(kind):
    cells = json.loads((NOTEBOOKS / f"{kind}.ipynb").read_text("utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells)
    shown = re.findall(r'report\.commentary\.remarks\(page, "(\w+)"\)', source)
    assert tuple(shown) == SECTIONS[kind]
