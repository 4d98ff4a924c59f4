"""The log of revisions: no published figure changes silently, and no entry covers too much."""

from pathlib import Path

import pytest

from oversight_lib.errors import CommentaryError
from oversight_lib.press.editions import figures, revisions
from tests.press.editions.shelf import tables, with_average

BEFORE = "a" * 64
ENTRY = {
    "quarter": "2025-26-q3", "replaces": BEFORE, "table": "segments", "columns": ["average"],
    "where": {"org": "RAT"}, "figures": 1, "kind": "correction", "what": "its average",
    "why": "a typing error", "size": "from 2.08 to 1.50", "pages": "its page", "author": "A. B.",
    "date": "2026-03-12",
}  # fmt: skip
BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))


@pytest.fixture(scope="module")
def changed():
    """Two averages that were published and are others now."""
    other = with_average(with_average(tables(), "RAT", 1.5), "RDY", 1.25)
    return figures.changed(tables(), other)


def problems(changed, *entries, quarter="2025-26-q3", replaces=BEFORE):
    logged = [revisions.Entry.model_validate(ENTRY | entry) for entry in entries]
    found = revisions.unlogged(changed, logged, quarter=quarter, replaces=replaces)
    return [str(problem) for problem in found]


def test_a_silent_change_is_told_with_what_an_entry_needs(changed):
    (told,) = problems(changed)
    assert told.startswith("segments.average: 2 published figures change without an entry")
    assert f"replaces = {BEFORE}" in told
    assert "1.5" in told


def test_an_entry_for_each_change_lets_it_pass(changed):
    assert problems(changed, {}, {"where": {"org": "RDY"}}) == []
    assert problems(changed, {"where": {}, "figures": 2}) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"where": {"org": "RX4"}},
        {"where": {"org": "RA"}},
        {"columns": ["rank"]},
        {"table": "scores"},
        {"quarter": "2025-26-q2"},
        {"replaces": "b" * 64},
    ],
)
def test_an_entry_about_something_else_covers_nothing(changed, entry):
    assert any("2 published figures" in told for told in problems(changed, entry))


def test_an_entry_is_exact(changed):
    told = problems(changed, {"where": {}, "figures": 1})
    assert told == [
        "revisions.toml: segments: average: 2 figures change; expected 1, as it says"
    ]  # fmt: skip


def test_an_entry_of_an_earlier_revision_lets_nothing_pass_later(changed):
    assert problems(changed, {"where": {}, "figures": 2}, replaces="c" * 64) != []


def test_nothing_changed_needs_no_entry_and_history_is_no_fault(changed):
    assert problems(changed.head(0)) == []
    assert problems(changed.head(0), {}, replaces="c" * 64) == []


def test_a_log_that_is_not_there_is_empty_and_ours_can_be_read(tmp_path):
    assert revisions.read(tmp_path / "revisions.toml") == ()
    path = tmp_path / "log.toml"
    path.write_text(
        '[[entry]]\nquarter = "2025-26-q3"\nreplaces = "' + BEFORE + '"\ntable = "segments"\n'
        'columns = ["average"]\nfigures = 1\nkind = "scheduled"\nwhat = "w"\nwhy = "y"\n'
        'size = "s"\npages = "p"\nauthor = "a"\ndate = 2026-03-12\n',
        "utf-8",
    )
    (entry,) = revisions.read(path)
    assert entry.covers == "segments: average"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_log_that_cannot_be_read_says_where(path):
    with pytest.raises(CommentaryError) as refused:
        revisions.read(path)
    assert path.stem.split("-")[0] in str(refused.value)


def test_there_are_bad_logs():
    assert len(BAD) >= 3
