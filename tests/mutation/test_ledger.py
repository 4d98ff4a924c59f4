"""What is known of a mutant outlives an interruption, and the table tells who was not noticed."""

from tests.mutation.__main__ import _modules
from tests.mutation.ledger import Ledger, explained, told
from tests.mutation.mutants import mutants
from tests.mutation.running import source_of

OUTCOMES = {"a | x": "killed", "b | x": "survived", "c | x": "survived", "d | x": "timed out"}
FOUND = {"oversight_lib.method.m": {"mutants": 9, "outcomes": {
    name: {"found": found, "line": 7, "stamp": "s"} for name, found in OUTCOMES.items()
}}}  # fmt: skip


def test_the_table_counts_what_is_explained_apart():
    words = told(FOUND, {("oversight_lib.method.m", "b | x"): "the same either way"})
    assert "| method.m | 9 | 4 | 1 | 1 | 1 | 1 |" in words
    assert "| **all** | 9 | 4 | 1 | 1 | 1 | 1 |" in words
    assert "- oversight_lib.method.m, line 7: `c | x`" in words
    assert "b | x" not in words


def test_an_explanation_nobody_needs_any_more_is_named():
    words = told(FOUND, {("oversight_lib.method.m", "a | x"): "thought to be the same"})
    assert words.endswith("no longer a survivor:\n\n- oversight_lib.method.m: `a | x`\n")


def test_a_run_goes_on_where_it_was_interrupted(tmp_path):
    first = Ledger(tmp_path)
    first.open("m", ["a", "b", "gone"])
    for name, found in {"a": "killed", "b": "survived", "gone": "killed"}.items():
        first.enter("m", name, found=found, line=1, stamp="old")
    again = Ledger(tmp_path)
    again.open("m", ["a", "b"])
    assert again.is_known("m", "a", "new")
    assert again.is_known("m", "b", "old")
    assert not again.is_known("m", "b", "new"), "its tests have changed"
    assert not again.is_known("m", "gone", "old"), "it is no mutant any more"


def test_every_survivor_that_is_explained_is_a_mutant_that_there_is():
    reasons = explained()
    assert all(len(reason) > 20 for reason in reasons.values())
    assert {module for module, _ in reasons} <= set(_modules())
    for module in {module for module, _ in reasons}:
        made = {one.name for one in mutants(source_of(module).read_text("utf-8"))}
        assert {name for of, name in reasons if of == module} <= made
