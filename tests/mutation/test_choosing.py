"""A sample is the same one each time, part of every larger one, and meets the tests it needs."""

import pytest

from tests.conftest import ROOT
from tests.mutation.choosing import chosen, files_for
from tests.mutation.mutants import mutants

MADE = mutants("".join(f"x = a + {n}\n" for n in range(200)))


def test_of_fewer_none_is_not_also_among_more():
    few, more = (chosen("oversight_lib.method.context", MADE, every) for every in (30, 10))
    assert few == chosen("oversight_lib.method.context", MADE[::-1], 30)
    assert {one.name for one in few} < {one.name for one in more}


def test_all_are_taken_if_every_one_is_asked_for():
    assert len(chosen("oversight_lib.method.context", MADE, 1)) == len(MADE) == 600


def test_each_module_has_one_at_least_and_the_core_has_more():
    assert len(chosen("oversight_lib.method.context", MADE[:3], 10**6)) == 1
    core, rest = (chosen(f"oversight_lib.method.{name}", MADE, 15) for name in ("cuts", "context"))
    assert len(core) > 2 * len(rest)


@pytest.mark.parametrize(
    ("module", "first", "then"),
    [
        ("scoring.grid", "tests/method/test_scoring.py", "tests/oracle/test_oracle.py"),
        ("disclosure.sheet", "tests/method/disclosure/test_audit.py",
         "tests/method/disclosure/test_gate.py"),
        ("spc.limits", "tests/method/test_spc.py", "tests/method/test_spc_simulation.py"),
    ],
)  # fmt: skip
def test_a_module_meets_its_own_tests_and_then_others_it_has_to_agree_with(module, first, then):
    own, others = files_for(f"oversight_lib.method.{module}")
    assert first in own
    assert then in others
    assert not set(own) & set(others)


def test_every_module_meets_some_test_that_is_there():
    for path in (ROOT / "oversight_lib" / "method").rglob("*.py"):
        name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        if path.stat().st_size > 200:
            own, others = files_for(name.removesuffix(".__init__"))
            files = [*own, *others]
            assert files, name
            assert all((ROOT / file).is_file() for file in files), name
