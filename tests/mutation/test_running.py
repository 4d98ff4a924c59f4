"""A mistake in a module is noticed by its tests, and does not leave its process or touch a file."""

import pytest

from oversight_lib.method import rounding
from tests.mutation.running import run, source_of

MODULE = "oversight_lib.method.rounding"
SOURCE = source_of(MODULE).read_text("utf-8")
TESTS = """
from oversight_lib.method.rounding import half_up
import pandas as pd


def test_halves_go_up():
    assert half_up(pd.Series([1.005, 1.004])).tolist() == [1.01, 1.0]
"""


@pytest.fixture
def against(tmp_path):
    file = tmp_path / "test_half.py"
    file.write_text(TESTS, "utf-8")

    def found(source, seconds=30, **options):
        return run(MODULE, source, [file], seconds=seconds, clock=tmp_path / "t.json", **options)

    return found


def test_a_module_without_a_mistake_passes(against):
    assert against(SOURCE) == "survived"


def test_a_mistake_is_noticed_and_stays_in_its_process(against):
    assert against(f"{SOURCE}\n\ndef half_up(numbers):\n    return numbers\n") == "killed"
    assert rounding.half_up(1.005) == 1.01
    assert source_of(MODULE).read_text("utf-8") == SOURCE


def test_text_that_cannot_be_imported_is_noticed(against):
    assert against("1 / 0") == "killed"


def test_a_mistake_that_never_ends_runs_out_of_time(against):
    assert against("while True:\n    pass\n", seconds=2) == "timed out"


def test_the_times_of_tests_are_kept_for_the_processes_that_come_after(against, tmp_path):
    assert against(SOURCE, timing=True) == "survived"
    assert "test_half.py::test_halves_go_up" in (tmp_path / "t.json").read_text("utf-8")
