"""What follows from a segment is complete and cited; what nobody read says where it stands."""

import re
from pathlib import Path

import pytest

import oversight_lib.rules
from oversight_lib.errors import RulesError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from oversight_lib.rules.cited import parse
from oversight_lib.rules.consequences import Consequences, load_consequences

YEAR = FrameworkYear(2025)
TEXT = (Path(oversight_lib.rules.__file__).parent / "2025-26/consequences.toml").read_text("utf-8")


@pytest.fixture
def told():
    return load_consequences(YEAR)


def spoilt(before, after):
    assert before in TEXT
    return TEXT.replace(before, after, 1)


def test_every_segment_of_the_rules_has_every_aspect(told):
    rules = load_framework(YEAR)
    cuts = len(rules.cuts.probabilities)
    assert set(told.segments) == {*range(1, cuts + 2), rules.final.segment}
    for segment in told.segments:
        assert [c.aspect for c in told.of(segment)] == [aspect.id for aspect in told.aspect]


def test_what_is_said_has_a_source_and_what_is_not_known_says_where_it_is_published(told):
    statements = [*told.consequence, *told.context, *told.role, *told.change]
    assert all(bool(s.says) != bool(s.unknown) for s in statements)
    assert all(told.cited(s) for s in statements if s.basis in ("published", "secondary"))
    assert any(s.unknown for s in told.consequence)
    assert {role.actor for role in told.role} == {actor.id for actor in told.actor}


def test_every_source_is_used_and_addresses_are_addresses(told):
    statements = [*told.consequence, *told.context, *told.role, *told.change]
    used = {statement.source for statement in statements}
    assert {s.id for s in told.source} - used <= {"letter", "capability-summary"}
    assert all(re.fullmatch(r"(https://\S+)?", source.url) for source in told.source)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('source  = "leeds"', 'source  = "york"', 'segment 3, oversight: no source "york"'),
        ('basis   = "secondary"\nsource  = "leeds"', "", "segment 3, oversight: no basis"),
        (
            'basis   = "secondary"\nsource  = "leeds"',
            'basis   = "published"',
            "segment 3, oversight: no source; every statement cites one",
        ),
        ('segment = 2\naspect  = "pay"', 'segment = 2\naspect  = "meaning"', "segment 2, pay: not"),
        ('segment = 2\naspect  = "pay"', 'segment = 2\naspect  = "meaning"', "meaning: said twice"),
        ('segment = 2\naspect  = "pay"', 'segment = 6\naspect  = "pay"', "6, pay: no such cell"),
        ('unknown = "the NHS very', 'says = "x"\nunknown = "the NHS very', "not both or neither"),
        ('actor  = "icb"', 'actor  = "council"', "role.3.actor"),
        ("segments = [", "segments = ", "is not TOML"),
    ],
)
def test_a_gap_or_a_claim_without_a_source_is_named(before, after, complaint):
    with pytest.raises(RulesError, match=re.escape(complaint)):
        parse(spoilt(before, after), "2025-26/consequences.toml", Consequences)


def test_a_year_for_which_nobody_wrote_any_has_none():
    assert load_consequences(FrameworkYear(2019)) is None
