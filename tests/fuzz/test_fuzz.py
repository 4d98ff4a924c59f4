"""200 files gone wrong: each is read as the oracle reads it or refused with clear words."""

import time

import pytest

from oversight_lib.errors import PublicationError
from oversight_lib.intake.arrivals import intake
from tests.fuzz.mutations import OF_BYTES, OF_ROWS, of_table, seeded
from tests.fuzz.oracles import snapshot
from tests.fuzz.running import BAD, Outcome, counts, outcome, run, table
from tests.fuzz.targets import CHOICE, REAL_TARGETS, TARGETS, Target, workbook

MUTANTS = 13
"""Of each of 16 readers: 208."""
ALL = [pytest.param(target, marks=[pytest.mark.publisher] if target.real else [], id=target.name)
       for target in (*TARGETS, *REAL_TARGETS)]  # fmt: skip


@pytest.mark.parametrize("target", ALL)
def test_the_good_file_is_read_as_the_oracle_reads_it(target, tmp_path):
    path = tmp_path / "in" / target.file
    path.parent.mkdir()
    content = target.good()
    if target.file.endswith("xlsx"):
        content = workbook(content)
    path.write_bytes(content)
    found, expected = target.read(path, tmp_path / "data"), target.expected(content)
    assert len(found) > 0
    assert target.differ(found, expected) == ""
    if path.exists() and target.errors == (PublicationError,):
        # What is stored can be read, and reading the file again changes nothing.
        before = snapshot(tmp_path / "data")
        intake([path], tmp_path / "data", choice=CHOICE)
        assert snapshot(tmp_path / "data") == before


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_mutant_is_read_alike_or_refused_with_clear_words(target, monkeypatch):
    outcomes = run([target], range(MUTANTS), monkeypatch)
    bad = [found for found in outcomes if found.kind in BAD]
    assert bad == [], "\n".join(f"{b.number} ({b.how}): {b.kind}\n{b.detail}" for b in bad)
    assert len(outcomes) == MUTANTS


def test_there_are_two_hundred_mutants_in_these_tests():
    assert len(TARGETS) * MUTANTS >= 200


def test_the_same_seed_makes_the_same_mutant():
    good, other = TARGETS[0].good(), TARGETS[3].good()
    first, again = (TARGETS[0].mutate(good, other, seeded("a", 7)) for _ in range(2))
    assert first == again


def test_every_way_of_going_wrong_is_taken_by_some_mutant():
    good, other = TARGETS[0].good(), TARGETS[3].good()
    taken = {of_table(good, other, seeded("ways", n))[1].split(" and ")[0] for n in range(1_000)}
    assert taken == {how.__name__ for how in (*OF_ROWS, *OF_BYTES)} | {"interleave"}


# A judge that cannot find anything wrong is none: each kind of failure is made once.


def judged(read, expected=lambda _: {"a": 1}, **options):
    target = Target("made up", lambda: b"a\r\n1\r\n", read, expected, **options)
    return outcome(target, 1, target)


def writes_and_refuses(path, data):
    data.mkdir()
    (data / "half").write_text("x")
    raise PublicationError("s", ["p"])


def refuses(*problems, error=None):
    def read(*_):
        raise (error or PublicationError)("no", problems)

    return read


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        (lambda *_: {"a": 1}, "read alike"),
        (lambda *_: {"a": 2}, "wrong figure"),
        (lambda *_: {"a": 1, "b": 1}, "wrong figure"),
        (lambda *_: {}, "wrong figure"),
        (lambda *_: 1 / 0, "crashed"),
        (refuses("row 2: wrong"), "refused"),
        (refuses(), "unclear"),
        (refuses("what \x1b[31m hides"), "unclear"),
        (refuses("x" * 9_000), "unclear"),
        (writes_and_refuses, "half-written"),
    ],
)
def test_the_judge_tells_every_kind_of_end(read, kind):
    assert judged(read).kind == kind


def test_the_judge_tells_a_reader_that_hangs(monkeypatch):
    monkeypatch.setattr("tests.fuzz.running.SECONDS", 0.05)
    assert judged(lambda *_: time.sleep(5)).kind == "hung"


def test_an_oracle_that_cannot_read_what_was_accepted_makes_it_wrong():
    assert judged(lambda *_: {"a": 1}, expected=lambda _: {}["a"]).kind == "wrong figure"


def test_the_table_counts_every_outcome():
    outcomes = [Outcome("a", 1, "x", "refused"), Outcome("b", 1, "x", "crashed")]
    assert counts(outcomes) == {"refused": 1, "crashed": 1}
    assert table(outcomes).splitlines()[-1] == "| all | 2 | 0 | 1 | 0 | 1 | 0 | 0 | 0 |"
