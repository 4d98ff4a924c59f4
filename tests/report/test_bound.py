"""Bound words: text to everybody, with marks that survive whatever is done to it."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from oversight_lib.method.cells import Cell
from oversight_lib.report.bound import Bound, bound, capital, joined, listed, sentence, spaced, tied

CELL = Cell.of("segments", "average", org="RTF", scope="overall")
WORDS = st.text(alphabet="ab <&é\u00a0", max_size=8)


def printed(words):
    return [(one.words, one.cell) for one in words.numerals]


def test_bound_words_are_text():
    words = bound("2.10", CELL)
    assert words == "2.10"
    assert f"It is {words}." == "It is 2.10."
    assert printed(words) == [("2.10", str(CELL))]


def test_what_is_no_number_is_bound_to_nothing():
    assert bound("not published", CELL).marks == ()


@given(
    st.lists(
        st.one_of(WORDS, WORDS.map(lambda w: joined([w, bound("7", CELL)], by=""))), max_size=6
    )
)
def test_joining_keeps_every_figure_where_it_stands(parts):
    words = joined(parts, by=" ")
    assert words == " ".join(str(part) for part in parts if part)
    assert printed(words) == [("7", str(CELL))] * sum(isinstance(p, Bound) for p in parts)


@given(WORDS, WORDS)
def test_html_says_the_words_and_escapes_them(before, after):
    words = joined([before, bound("7", CELL), after], by="")
    figure = f'<data value="7" data-cell="{CELL}">7</data>'
    assert words.__html__() == Markup("{}{}{}").format(before, Markup(figure), after)


def test_a_finding_holds_the_figures_inside_it():
    words = tied(joined(["It is", bound("7", CELL), "."]), "finding", "trust/RTF/average/all")
    assert words.__html__() == (
        '<span data-finding="trust/RTF/average/all">It is '
        f'<data value="7" data-cell="{CELL}">7</data> .</span>'
    )


def test_lists_capitals_and_sentences_keep_figures():
    words = sentence(listed(["no trust", bound("7", CELL), bound("8", CELL)]))
    assert words == "No trust, 7 and 8."
    assert [one.words for one in words.numerals] == ["7", "8"]
    assert capital("") == ""
    assert sentence("why?") == "Why?"


@pytest.mark.parametrize(
    ("count", "words"), [(-1, "7 his paper his paper"), (1, "7 his paper his page")]
)
def test_replacing_other_words_keeps_figures(count, words):
    replaced = joined([bound("7", CELL), "his page his page"]).replace(
        "his page", "his paper", count
    )
    assert replaced == words
    assert printed(replaced) == [("7", str(CELL))]


def test_figures_survive_being_sent_to_another_process():
    words = joined(["It is", bound("7", CELL)])
    assert pickle.loads(pickle.dumps(words)).marks == words.marks


@given(st.lists(st.one_of(WORDS, st.just(bound("1\u00a0204", CELL)), st.just(bound("7", CELL)))))
def test_plain_spaces_leave_figures_where_they_stand(parts):
    words = joined(parts, by="\u00a0 ")
    plain = spaced(words)
    assert plain == " ".join(str(words).split())
    assert printed(plain) == [(" ".join(w.split()), cell) for w, cell in printed(words)]
