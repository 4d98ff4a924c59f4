"""From a data directory to the tables of an assessment: local counts only through the gate."""

import pytest

from oversight_lib.intake.breakdowns import Choice, inequality_tables, secrets, take
from oversight_lib.method.disclosure.secret import plain
from oversight_lib.periods import Quarter
from tests.intake.breakdowns.published import local_rows, of_deciles, write

Q1 = Quarter.parse("2025-26-q1")


@pytest.fixture
def data(tmp_path):
    """A data directory with a local table of small numbers."""
    take([write(tmp_path / "local.csv", local_rows())], tmp_path / "data", Choice())
    return tmp_path / "data"


def test_a_small_count_is_hidden_and_takes_its_percentage_and_measures_with_it(data):
    tables = inequality_tables(Q1, data)
    figures = tables["breakdown_figures"].set_index("group")
    assert figures.loc[1, "symbol"] == "[c]"
    assert figures.loc[1, ["value", "count"]].isna().all()
    # 211 of 487: both to the nearest 5, and the share made from those.
    assert figures.loc[2, ["count", "population"]].tolist() == [210, 485]
    assert figures.loc[2, "value"] == pytest.approx(100 * 210 / 485)
    measures = tables["area_inequalities"]
    assert measures["value"].isna().all()
    assert set(measures["reason"]) == {"group 1 is missing or suppressed"}
    assert tables["area_inequality_changes"].empty


def test_what_may_not_be_seen_is_every_count_the_gate_changed(data):
    found = secrets(data)
    first = next(one for one in found if "fifth 1" in one.labels[2])
    assert {"3", "48"} <= first.numbers
    assert plain(round(100 * 3 / 48, 1)) in first.numbers
    assert {"qmf", "nhs north east london integrated care board"} <= first.labels[1]
    second = next(one for one in found if "fifth 2" in one.labels[2])
    # Rounded only: its own counts are hidden, its share is not.
    assert second.numbers == {"211", "487"}


def test_what_was_made_safe_by_its_publisher_has_no_secrets(tmp_path):
    path = write(tmp_path / "indicator.csv", of_deciles())
    take([path], tmp_path / "data", Choice("lower", "per 100,000"))
    assert secrets(tmp_path / "data") == []
    assert secrets() == []


def test_a_rate_of_england_by_tenth_is_measured_from_its_published_limits(tmp_path):
    path = write(tmp_path / "indicator.csv", of_deciles())
    take([path], tmp_path / "data", Choice("lower", "per 100,000"))
    rows = inequality_tables(Q1, tmp_path / "data")["area_inequalities"].set_index("measure")
    # Equal tenths on a straight line from 100 to 10: it falls by 10 a tenth, 100 over all ranks;
    # lower is better, so the most deprived are worse off.
    assert rows.loc["sii_local", "value"] == pytest.approx(100)
    assert rows.loc["gap", "value"] == pytest.approx(100 - 10)
    # Tenths made within each area have no ranks of England.
    assert "sii_national" not in rows.index
