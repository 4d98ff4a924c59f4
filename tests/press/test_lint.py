"""The bound book is read for what it may not say: every rule catches its planted fault."""

import re

import pandas as pd
import pytest

from oversight_lib.errors import LintError
from oversight_lib.method.cells import Ledger
from oversight_lib.press import lint
from oversight_lib.press.lint.blocks import blocks
from oversight_lib.press.lint.rules import plain, rules

NAMES = {"Barts Health NHS Trust", "Guy's and St Thomas' NHS Foundation Trust",
         "NHS North East London Integrated Care Board"}  # fmt: skip
CLEAN = (
    "<h1>Barts Health NHS Trust</h1>"
    '<div class="narrative"><p>It is ranked <data data-cell="shown: of=a: count">9th</data> of '
    '<data data-cell="shown: of=b: count">134</data> NHS trusts. Its range across its metrics is '
    '<data data-cell="shown: of=c: count">2nd</data> to '
    '<data data-cell="shown: of=d: count">20th</data> for the rank. In Q1 2025/26, '
    '<data data-cell="shown: of=e: count">40%</data> of them met it.</p></div>'
)


def bound(folder, body, page="trusts/r1h"):
    path = folder / f"{page}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<html><nav>the worst nav</nav><article>{body}</article><footer>to blame</footer></html>",
        encoding="utf-8",
    )
    return folder


def faults(folder, body, page="trusts/r1h", ledger=None):
    try:
        lint.check(bound(folder, body, page), NAMES, ledger)
    except LintError as error:
        return [str(problem) for problem in error.problems]
    return []


def prose(words):
    """A generated paragraph, each of its numbers bound to something of its own."""
    bound = re.sub(r"(?<![\d/])\d+(?:st|nd|rd|th|%)?(?![\d/])", in_a_cell, words)
    return f'<div class="narrative"><p>{bound}</p></div>'


def in_a_cell(match):
    return f'<data data-cell="shown: of={match.start()}: count">{match[0]}</data>'


def test_a_clean_page_passes(tmp_path):
    assert faults(tmp_path, CLEAN) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("This was caused by staffing.", "caused"),
        ("The cause is known.", "cause"),
        ("Nobody is to blame.", "blame"),
        ("There was a significant fall.", "significant"),
        ("It fell significantly.", "significantly"),
        ("The worst quarter yet.", "worst"),
        ("WORST of all.", "WORST"),
        ("It slipped four places.", "slipped"),
    ],
)
@pytest.mark.parametrize(
    "where",
    [
        "<p>{}</p>",
        "<table><caption>{}</caption></table>",
        "<td>{}</td>",
        '<img alt="{}" src="x">',
        "<h2>{}</h2>",
    ],
)
def test_a_banned_word_is_found_wherever_it_stands(tmp_path, where, words, said):
    (fault,) = faults(tmp_path, where.format(words))
    assert fault.startswith(f'trusts/r1h: "{said}" is not said: ')


@pytest.mark.parametrize(
    "words",
    [
        "Because of the override.",
        "A statistically significant change.",
        "It signified nothing.",
        "A special cause and common-cause variation.",
        "Every other one is listed with its cause where it is known.",
    ],
)
def test_words_that_only_look_like_it_pass(tmp_path, words):
    assert faults(tmp_path, f"<p>{words}</p>") == []


def test_an_exception_holds_on_its_pages_and_for_its_words_alone(tmp_path):
    assert faults(tmp_path / "a", "<th>Cause</th>", "back-test") == []
    assert len(faults(tmp_path / "b", "<th>Cause</th>", "trusts/r1h")) == 1
    assert len(faults(tmp_path / "c", "<p>The special cause of a cause.</p>")) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Barts Helth NHS Trust",
        "Gotham City NHS Foundation Trust",
        "NHS Middle Earth Integrated Care Board",
    ],
)
def test_a_name_that_is_in_no_reference_is_found(tmp_path, name):
    (fault,) = faults(tmp_path, f"<td>{name}</td>")
    assert fault.startswith("trusts/r1h: no organisation of the reference is called “…")
    assert name in fault


@pytest.mark.parametrize(
    "words",
    [
        "Barts Health NHS Trust",
        "Counted here: Barts Health NHS Trust and Guy’s and St Thomas’ NHS Foundation Trust.",
        "BARTS HEALTH\u00a0NHS TRUST".title().replace("Nhs", "NHS"),
        "An NHS Trust",
        "NHS Foundation Trusts are meant too.",
        "NHS North East London Integrated Care Board",
    ],
)
def test_names_of_the_reference_and_kinds_of_body_pass(tmp_path, words):
    assert faults(tmp_path, f"<p>{words}</p>") == []


def test_a_percentage_has_its_base_and_its_period(tmp_path):
    assert faults(tmp_path / "a", prose("In Q1 2025/26, 40% of trusts met it.")) == []
    (without_base,) = faults(tmp_path / "b", prose("In Q1 2025/26 it was 40%."))
    assert "a percentage without its base" in without_base
    (without_period,) = faults(tmp_path / "c", prose("It was met by 40% of trusts."))
    assert "a percentage without its period" in without_period
    both = faults(tmp_path / "d", prose("It was 40 per cent."))
    assert len(both) == 2


def test_figures_in_tables_and_of_people_who_write_prose_are_theirs(tmp_path):
    assert faults(tmp_path, "<td>40%</td><p>About 40%, as everybody knows.</p>") == []


def test_chances_and_targets_are_excepted_with_a_reason(tmp_path):
    assert faults(tmp_path, prose("So: 95% segment 1 and 5% segment 2.")) == []
    assert all(exception.reason for exception in rules().percentage.exception)
    assert all(exception.reason for exception in rules().exception)


def test_a_persons_commentary_scripts_and_sums_are_not_read(tmp_path):
    body = (
        '<aside class="commentary"><p>The worst <b>cause</b>.</p></aside>'
        "<script>worst</script><pre>cause</pre><svg><text>blame</text></svg>"
        '<table class="provenance"><td>worst.csv</td></table><p>Well.</p>'
    )
    assert faults(tmp_path, body) == []
    assert [block.text for block in blocks(f"<article>{body}</article>")] == ["Well."]


def test_words_split_over_marks_are_read_as_one(tmp_path):
    assert len(faults(tmp_path, "<p>the wor<em>st</em> one</p>")) == 1


def test_everything_wrong_on_all_pages_is_told_at_once_and_each_thing_once(tmp_path):
    bound(tmp_path, "<p>worst</p><p>worst</p><p>Barts Helth NHS Trust</p>", "a")
    bound(tmp_path, "<p>slipped</p>", "b")
    with pytest.raises(LintError, match="3 findings") as error:
        lint.check(tmp_path, NAMES)
    assert [problem.where for problem in error.value.problems] == ["a", "a", "b"]


def test_every_rule_is_a_pattern_with_its_reason():
    assert {rule.word for rule in rules().banned} == {
        "cause", "blame", "significant", "worst", "slipped",
    }  # fmt: skip
    for rule in rules().banned:
        assert re.search(rule.pattern, rule.word)
        assert rule.why
    assert {e.word for e in rules().exception} <= {rule.word for rule in rules().banned}


def test_names_are_compared_whatever_their_apostrophes_and_spaces():
    assert plain("Guy’s\u00a0 NHS Trust") == plain("guy's NHS TRUST")


def test_the_data_dictionary_may_name_the_column_of_why_two_figures_differ(tmp_path):
    words = (
        "<td>cause</td><p>One that differs from the published one, with the cause where known</p>"
    )
    assert faults(tmp_path / "a", words, "data-dictionary") == []
    assert len(faults(tmp_path / "b", "<p>The cause was staffing.</p>", "data-dictionary")) == 1


LEDGER = Ledger({
    "segments": pd.DataFrame({"org": ["RTF", "RXG"], "scope": "overall", "average": [1.744, 2.5]}),
    "findings": pd.DataFrame({
        "page": "icb", "code": "QMF", "kind": "series", "item": ["a", "b"],
        "licence": ["improved", "none"],
    }),
})  # fmt: skip


def narrative(words):
    return f'<div class="narrative"><p>{words}</p></div>'


def cell(words, of="segments: org=RTF, scope=overall: average"):
    return f'<data value="1" data-cell="{of}">{words}</data>'


def test_a_number_of_a_generated_sentence_is_bound_or_a_fault(tmp_path):
    (fault,) = faults(tmp_path / "a", narrative("Its average is 1.74."))
    assert "the number 1.74 is bound to no cell" in fault
    assert faults(tmp_path / "b", narrative(f"Its average is {cell('1.74')}.")) == []
    fixed = '<span data-fixed="position.average.is">4</span>'
    assert faults(tmp_path / "c", narrative(f"The lowest is {fixed}.")) == []
    assert faults(tmp_path / "d", narrative("In Q1 2025/26, and to June 2025.")) == []
    assert faults(tmp_path / "e", "<p>A person wrote 1.74.</p>") == []


@pytest.mark.parametrize("words", ["1.74", "1.7", "2"])
def test_a_number_like_its_cell_passes_however_it_is_rounded(tmp_path, words):
    assert faults(tmp_path, narrative(f"It is {cell(words)}."), ledger=LEDGER) == []


@pytest.mark.parametrize("words", ["1.75", "1.73", "24", "-1.74"])
def test_a_number_unlike_its_cell_is_a_fault(tmp_path, words):
    (fault,) = faults(tmp_path, narrative(f"It is {cell(words)}."), ledger=LEDGER)
    assert f"{words} is printed for segments: org=RTF, scope=overall: average" in fault


@pytest.mark.parametrize(
    "of", ["segments: org=XXX, scope=overall: average", "weather: org=RTF: rain", "no cell at all"]
)
def test_a_number_bound_to_nothing_there_is_a_fault(tmp_path, of):
    assert len(faults(tmp_path, narrative(f"It is {cell('1.74', of)}."), ledger=LEDGER)) == 1


def found(words, item):
    return f'<span data-finding="icb/QMF/series/{item}">{words}</span>'


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (found("The latest month: improved.", "a"), 0),
        (found("The latest month: deteriorated.", "a"), 1),
        (found("The latest month: improved.", "b"), 1),
        (found("The latest month: improved.", "z"), 1),
        (found("The latest month.", "a") + " It improved.", 1),
        ("It improved.", 1),
        ("The gap widened.", 1),
        ("Limits widened for carry-over.", 0),
        ("It is a clear change.", 1),
        ("It is not a clear change.", 0),
        (found("Attendances fell.", "a"), 1),
    ],
)
def test_a_verb_of_change_needs_a_finding_that_allows_it(tmp_path, words, number):
    told = faults(tmp_path, narrative(words), ledger=LEDGER)
    assert len(told) == number
    assert all("has no licence" in fault for fault in told)


def test_a_rank_without_its_range_is_a_fault(tmp_path):
    (fault,) = faults(tmp_path / "a", prose("It is ranked 9th of 134 acute trusts."))
    assert "a rank without its range" in fault
    ranged = prose("It is ranked 9th of 134. Its range across its metrics is 2nd to 20th.")
    assert faults(tmp_path / "b", ranged) == []


def test_two_pages_that_say_one_figure_differently_are_found(tmp_path):
    bound(tmp_path, narrative(f"It is {cell('1.74')}."), "a")
    bound(tmp_path, narrative(f"It is {cell('1.7')} or {cell('1.744')}."), "b")
    lint.check(tmp_path, NAMES)
    bound(tmp_path, narrative(f"It is {cell('1.84')}."), "c")
    with pytest.raises(LintError, match="1 finding") as error:
        lint.check(tmp_path, NAMES)
    assert "is 1.84 here and 1.74 on a" in str(error.value.problems[0])


def picture(alt, shown):
    return f'<img alt="{alt}" src="x"><table><td>{shown}</td></table>'


def test_a_number_of_a_picture_or_a_caption_stands_in_a_table_of_its_page(tmp_path):
    assert faults(tmp_path / "a", picture("Bars. Acute: 24 in segment 1.", "24")) == []
    (fault,) = faults(tmp_path / "b", picture("Bars. Acute: 24 in segment 1.", "25"))
    assert "the number 24 stands in no table here" in fault
    assert faults(tmp_path / "c", picture("Marks from 1 to 4, in Q1 2025/26.", "a")) == []
    caption = "<table><caption>All 24 trusts</caption><td>25</td></table>"
    assert len(faults(tmp_path / "d", caption)) == 1
    assert faults(tmp_path / "e", f"{narrative(cell('24'))}{caption}") == []
    assert all(exception.reason for exception in rules().picture.exception)
    assert all(exception.reason for exception in rules().number.exception)


def test_the_row_that_says_which_table_shows_a_figure_is_not_that_table(tmp_path):
    picture = '<img alt="Bars. Tenth: 12.3%.">'
    row = f"<table><tr><th>{cell('12.3%', 'shown: of=deprivation: share')}</th></tr></table>"
    (fault,) = faults(tmp_path / "a", picture + row)
    assert "the number 12.3 stands in no table here" in fault
    table = "<table><tr><td>12.3%</td></tr></table>"
    assert faults(tmp_path / "b", picture + table + row) == []
