"""Trusts, boards and regions: complete, consistent, found by code or name."""

import pytest

from oversight_lib.errors import StoreError, UnknownNameError
from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import (
    find,
    icbs,
    open_in,
    organisations,
    regions,
    trusts,
)
from oversight_lib.periods import Quarter
from tests.intake.published import FRAMEWORK, Q1, Q4

DISPUTED = {
    *("RAN", "RPG", "RPY", "RRU", "RTP", "RV3", "RVN"),
    *("RWX", "RX7", "RX9", "RYC", "RYD", "RYE", "RYF"),
}


def test_there_are_205_trusts_of_the_types_of_the_framework():
    counts = trusts()["trust_type"].value_counts().to_dict()
    assert counts == {"acute": 134, "mental-health-community": 61, "ambulance": 10}
    assert sum(counts.values()) == 205
    assert counts.keys() == {kind.id for kind in FRAMEWORK.trust_type}


def test_the_disputed_boards_are_marked():
    named = trusts().set_index("org")["icb_disputed"]
    assert set(named.index[named]) == DISPUTED
    assert len(DISPUTED) == 14


def test_every_trust_has_a_board_and_both_are_in_the_same_region():
    named = organisations().merge(icbs(), on="icb", suffixes=("", "_of_icb"))
    assert len(named) == 205
    elsewhere = named[named["region"] != named["region_of_icb"]]
    # Oxleas: its head office is in Kent, and NHS England counts it in London.
    assert elsewhere["org"].tolist() == ["RPG"]
    assert elsewhere["icb_disputed"].all()


def test_a_five_character_code_is_a_trust():
    assert organisations().set_index("org").loc["G6V2S", "region_name"] == "London"


def test_42_boards_became_36_when_12_closed_and_6_opened():
    before, after = icbs(quarter=Q4), icbs(quarter=Quarter.parse("2026-27-q1"))
    assert (len(icbs(quarter=Q1)), len(before), len(after)) == (42, 42, 36)
    assert len(set(before["icb"]) - set(after["icb"])) == 12
    assert len(set(after["icb"]) - set(before["icb"])) == 6
    assert set(before["region"]) == set(after["region"]) == set(regions()["region"])


def test_a_trust_is_open_in_the_quarters_its_days_touch():
    # Closed on the first day of Q4, opened on the last day of Q1.
    closed = trusts().head(1).assign(valid_to="2026-01-01")
    opened = trusts().head(1).assign(valid_from="2025-06-30", valid_to=None)
    quarters = [Quarter.parse(text) for text in ("2024-25-q4", "2025-26-q1", "2025-26-q4")]
    after = Quarter.parse("2026-27-q1")
    assert [len(open_in(closed, quarter)) for quarter in (Q4, after)] == [1, 0]
    assert [len(open_in(opened, quarter)) for quarter in quarters] == [0, 1, 1]


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("region", "London", "Y56"),
        ("region", "north east and yorkshire", "Y63"),
        ("region", "y63", "Y63"),
        ("icb", "Dorset", "QVV"),
        ("icb", "NHS Dorset ICB", "QVV"),
        ("icb", "NHS Dorset Integrated Care Board", "QVV"),
        ("icb", "s1y5d", "S1Y5D"),
        ("trust", "Bolton", "RMC"),
        ("trust", " bolton  nhs foundation trust ", "RMC"),
        ("trust", "g6v2s", "G6V2S"),
    ],
)
def test_a_code_or_name_finds_its_organisation(kind, text, code):
    assert find(kind, text) == code


def test_every_code_and_name_finds_its_own():
    for kind, table, code in (("region", regions(), "region"), ("icb", icbs(), "icb")):
        for row in table.to_dict("records"):
            assert find(kind, row["name"]) == find(kind, row[code]) == row[code]
    names = trusts()["name"].str.casefold()
    assert names.is_unique


@pytest.mark.parametrize(
    ("kind", "text", "near"),
    [
        ("region", "Lodnon", "Y56 (London)"),
        ("region", "East", "Y61 (East of England)"),
        ("icb", "Dorsett", "QVV (NHS Dorset Integrated Care Board)"),
        ("trust", "Nothumbria Healthcare", "RTF (Northumbria Healthcare NHS Foundation Trust)"),
        ("trust", "Leeds", "RR8 (Leeds Teaching Hospitals NHS Trust)"),
    ],
)
def test_a_name_that_fits_none_or_several_is_refused_with_near_ones(kind, text, near):
    with pytest.raises(UnknownNameError) as caught:
        find(kind, text)
    assert f'"{text}"' in str(caught.value)
    assert f"did you mean {near}?" in str(caught.value)


def test_a_name_like_no_other_is_refused_without_a_guess():
    with pytest.raises(UnknownNameError) as caught:
        find("trust", "zzzzzz")
    assert caught.value.problems == []


def test_a_data_directory_may_bring_its_own_list(tmp_path):
    folder = tmp_path / "organisations"
    folder.mkdir()
    content = "region,ons_code,name\nX1,E1,Elsewhere\n"
    (folder / "regions.csv").write_text(content, encoding="utf-8")
    assert find("region", "elsewhere", tmp_path) == "X1"
    assert find("icb", "Dorset", tmp_path) == "QVV"


def test_a_name_with_a_character_nobody_sees_is_refused(tmp_path):
    own = tmp_path / "organisations" / "trusts.csv"
    own.parent.mkdir()
    text = (DATA / "organisations" / "trusts.csv").read_text("utf-8")
    own.write_text(text.replace("NHS", "N\u202eHS", 1), "utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        trusts(tmp_path)
