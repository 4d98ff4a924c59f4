"""The wording as data: every template is used, filled in rightly, and free of what is not said."""

import re
from string import Formatter

import pytest

from oversight_lib.report.sentences import say, templates
from tests.conftest import ROOT

NAMES = sorted(templates())
CODE = "\n".join(
    path.read_text("utf-8") for path in sorted((ROOT / "oversight_lib/report").rglob("*.py"))
)
NEVER = re.compile(
    r"\b(worst|good|bad|poor|strong|weak|declin\w*|slipp\w*|fail\w*|significant\w*|due to|"
    r"therefore|driven|unfortunately|blame\w*)\b",
    re.IGNORECASE,
)  # fmt: skip


def fields(template):
    return sorted({field for _, field, *_ in Formatter().parse(template) if field})


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_said_somewhere(name):
    # A name may end in what is chosen as it is said: "changes.trust.{direction}".
    beginnings = [name[:end] for end in range(name.index(".") + 1, len(name))]
    said = f'"{name}"' in CODE or any(f'"{words}{{' in CODE for words in beginnings)
    assert said or name.startswith("places.")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_its_facts_and_marks_its_own_numbers(name):
    facts = {field: f"<{field}>" for field in fields(templates()[name])}
    words = say(name, **facts)
    assert words == templates()[name].format(**facts)
    own = re.findall(r"\d+(?:[.,]\d+)*%?", re.sub(r"\{.*?\}", "|", templates()[name]))
    assert [str(words)[m.start : m.end] for m in words.marks if m.kind == "fixed"] == own


@pytest.mark.parametrize("name", NAMES)
def test_no_template_says_what_is_not_said(name):
    words = templates()[name]
    assert not NEVER.search(words)
    assert "  " not in words
    assert "\n" not in words


def test_a_fact_too_many_or_too_few_is_a_mistake():
    with pytest.raises(KeyError, match="takes"):
        say("position.average.is")
    with pytest.raises(KeyError, match="takes"):
        say("position.average.is", average="2", weather="wet")
    with pytest.raises(KeyError):
        say("no.such.sentence")


def test_many_sentences_are_short():
    lengths = [
        len(sentence.split())
        for words in templates().values()
        for sentence in re.split(r"(?<=[.:;]) ", words)
    ]
    assert sorted(lengths)[len(lengths) * 9 // 10] <= 25
