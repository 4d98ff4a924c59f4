"""The tables about systems: the boards of the quarter, whatever their number and their codes."""

import pytest

from oversight_lib import frames
from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import icbs
from oversight_lib.intake.series.places import bundled
from oversight_lib.intake.systems import system_tables
from oversight_lib.periods import Quarter

Q1 = Quarter.parse("2025-26-q1")
NEXT_YEAR = Quarter.parse("2026-27-q1")


@pytest.fixture(scope="module")
def now():
    return system_tables(DATA, Q1)


@pytest.fixture(scope="module")
def later():
    return system_tables(DATA, NEXT_YEAR)


def test_the_tables_are_those_of_the_frames(now):
    assert list(now) == [frame.name for frame in frames.SYSTEMS]
    for frame in frames.SYSTEMS:
        frame.check(now[frame.name])


def test_from_april_2026_there_are_36_boards_some_with_codes_of_five_characters(now, later):
    assert len(now["icbs"]) == 42
    assert len(later["icbs"]) == 42 - 12 + 6
    assert {code for code in later["icbs"]["icb"] if len(code) == 5} == {
        "S1Y5D", "D7T5G", "T6Y0W", "Z9B2Z", "S9B9J", "S0E4D",
    }  # fmt: skip


def test_series_of_the_year_after_are_those_of_its_boards(later):
    areas = set(later["series"]["area"]) - {"ENG"}
    assert areas == set(later["icbs"]["icb"])


def test_a_year_without_contextual_tests_has_none(later):
    assert later["context"].empty


def test_every_board_that_closed_has_a_successor_and_every_new_one_a_predecessor():
    steps, boards = bundled(frames.SUCCESSIONS, DATA), icbs()
    closed = set(boards.loc[boards["valid_to"].notna(), "icb"])
    opened = set(boards.loc[boards["valid_from"] == "2026-04-01", "icb"])
    assert set(steps["predecessor"]) - {"QRL"} == closed
    assert set(steps["successor"]) - {"QRL"} == opened
    assert set(steps.loc[steps["split"], "predecessor"]) == {"QNQ", "QM7", "QJG"}
    shares = steps[steps["predecessor"] == "QNQ"]["share"]
    assert shares.sum() == pytest.approx(0.589 + 0.229 + 0.182)


def test_admissions_of_a_trust_make_up_nearly_all_of_them():
    rows = bundled(frames.ADMISSIONS, DATA)
    assert rows.groupby("org")["share"].sum().between(0.97, 1.0005).all()
    assert set(rows["icb"]) <= set(icbs()["icb"])
