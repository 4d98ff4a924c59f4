"""The bound book is read for what it may not say: every rule catches its planted fault."""

import re

import pytest

from oversight_lib.errors import LintError
from oversight_lib.press import lint
from oversight_lib.press.lint.blocks import blocks
from oversight_lib.press.lint.rules import plain, rules

NAMES = {"Barts Health NHS Trust", "Guy's and St Thomas' NHS Foundation Trust",
         "NHS North East London Integrated Care Board"}  # fmt: skip
CLEAN = (
    "<h1>Barts Health NHS Trust</h1>"
    '<div class="narrative"><p>It is ranked 9th of 134 NHS trusts. In Q1 2025/26, 40% of them '
    "met it.</p></div>"
)


def bound(folder, body, page="trusts/r1h"):
    path = folder / f"{page}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<html><nav>the worst nav</nav><article>{body}</article><footer>to blame</footer></html>",
        encoding="utf-8",
    )
    return folder


def faults(folder, body, page="trusts/r1h"):
    try:
        lint.check(bound(folder, body, page), NAMES)
    except LintError as error:
        return [str(problem) for problem in error.problems]
    return []


def prose(words):
    return f'<div class="narrative"><p>{words}</p></div>'


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
