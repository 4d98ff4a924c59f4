"""What can be looked for: everybody in the register, on the nearest page there is."""

import pandas as pd
import pytest

from oversight_lib.frames import HEAD_OFFICES
from oversight_lib.press import directory, finder

OFFICES = [("R1H", "London", "E1"), ("RQX", "London", "E9"), ("RRK", "Birmingham", "B15")]


@pytest.fixture
def register(organisations, icbs, regions):
    offices = HEAD_OFFICES.arrange(pd.DataFrame(OFFICES, columns=HEAD_OFFICES.names))
    return finder.Register(organisations, icbs, regions, offices)


def test_regions_boards_and_trusts_are_there_each_by_name(plan, register):
    found = finder.entries(plan, register)
    assert [(entry.kind, entry.code) for entry in found] == [
        ("region", "Y56"), ("region", "Y60"), ("icb", "QHL"), ("icb", "QMF"),
        ("trust", "R1H"), ("trust", "RQX"), ("trust", "RRK"),
    ]  # fmt: skip
    assert all(entry.own for entry in found)
    assert [entry.slug for entry in found][-1] == "trusts/rrk"


def test_a_trust_is_found_by_its_place_and_a_board_by_those_of_its_trusts(plan, register):
    places = {entry.code: entry.places for entry in finder.entries(plan, register)}
    assert places["RRK"] == ("Birmingham", "B15")
    assert places["QMF"] == ("London",)
    assert places["Y56"] == ()


def test_without_a_page_of_its_own_the_nearest_above_is_given(plan, register):
    without = {"trusts/r1h", "trusts/rrk", "icbs/qhl", "regions/y60"}
    some = [page for page in plan if page.slug not in without]
    found = {entry.code: (entry.slug, entry.own) for entry in finder.entries(some, register)}
    assert found["R1H"] == ("icbs/qmf", False)
    assert found["RQX"] == ("trusts/rqx", True)
    assert found["RRK"] == found["QHL"] == found["Y60"] == ("england", False)


def test_a_trust_without_a_head_office_is_there_by_name_and_code(plan, register):
    bare = finder.Register(
        register.organisations, register.icbs, register.regions, register.offices.head(0)
    )
    assert [entry.places for entry in finder.entries(plan, bare)] == [()] * 7


def test_what_is_written_is_read(plan, register, tmp_path):
    found = finder.entries(plan, register)
    directory.write(found, tmp_path)
    assert directory.read(tmp_path) == found
    assert directory.read(tmp_path / "nowhere") == []
