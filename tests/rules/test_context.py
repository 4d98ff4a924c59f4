"""The contextual tests as data: complete, cited, and refused when they contradict themselves."""

from importlib.resources import files

import pytest

from oversight_lib.errors import RulesError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import measures
from oversight_lib.rules.context import load_context, parse_context

TEXT = (files("oversight_lib.rules") / "2025-26" / "context.toml").read_text("utf-8")


def test_there_are_six_tests_and_they_say_that_they_were_not_applied():
    rules = load_context(FrameworkYear(2025))
    ids = [test.id for test in rules.test]
    assert ids == ["uec", "elective", "cancer", "primary", "mental-health", "finance"]
    assert "did not apply them in 2025/26" in rules.caveat


def test_a_year_without_the_file_has_none():
    assert load_context(FrameworkYear(2024)) is None


def test_every_measure_says_where_it_is_published_and_those_of_tests_what_lacks():
    rules = load_context(FrameworkYear(2025))
    assert all(measure.page.startswith("https://") for measure in measures().values())
    used = {name for test in rules.test for name in test.condition.measures}
    assert all(measures()[name].missing for name in used)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('measure = "ae-4-hour"', 'measure = "ae-5-hour"', "no such measure: ['ae-5-hour']"),
        ('id        = "cancer"', 'id        = "uec"', "defined twice: ['uec']"),
        ('better   = "higher"', 'better   = "up"', "measure.0.better"),
        ("how_many = 3", "how_many = 0", "greater than or equal to 1"),
        ("[[test]]", "[[test]", "is not TOML"),
    ],
)
def test_nonsense_is_refused(old, new, says):
    with pytest.raises(RulesError) as refused:
        parse_context(TEXT.replace(old, new, 1))
    assert says in str(refused.value)


def test_a_measure_is_found_by_its_identifier():
    rules = load_context(FrameworkYear(2025))
    assert [rules.find(measure.id) for measure in rules.measure] == list(rules.measure)
