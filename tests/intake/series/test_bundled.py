"""What the bundled series must never show, and what they hold."""

import pytest

from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import icbs
from oversight_lib.intake.series import load_series
from oversight_lib.intake.series.holdings import card_path, names, read_sources
from oversight_lib.periods import Quarter
from oversight_lib.rules import measures


@pytest.fixture(scope="module")
def rows():
    return load_series()


def test_no_false_zero_is_performance(rows):
    waits = rows[rows["measure"] == "ae-4-hour"]
    assert waits["value"].max() < 95
    assert waits.loc[waits["period"] < "2023-06", "value"].isna().all()
    assert waits.loc[waits["period"] >= "2023-06", "value"].notna().all()


@pytest.mark.parametrize("measure", ["ae-4-hour", "ae-admission-waits"])
def test_no_month_repeats_another(rows, measure):
    wide = rows[rows["measure"] == measure].pivot(
        index="period", columns="area", values="numerator"
    )
    assert not wide.dropna().duplicated().any()


def test_every_board_of_the_quarter_has_its_series(rows):
    boards = set(icbs(DATA, Quarter.parse("2025-26-q1"))["icb"])
    for measure in ("ae-4-hour", "smi-checks", "gp-listened", "rtt-18-week-yearly"):
        assert set(rows.loc[rows["measure"] == measure, "area"]) - {"ENG"} == boards


def test_every_measure_is_known_and_every_missing_figure_has_its_reason(rows):
    assert set(rows["measure"]) <= measures().keys()
    assert rows.loc[rows["value"].isna(), "reason"].notna().all()
    assert rows.loc[rows["value"].notna(), "reason"].isna().all()


@pytest.mark.parametrize("name", names())
def test_every_series_has_a_card_that_names_every_file_of_its_rows(rows, name):
    sources = read_sources(card_path(DATA, name))
    assert all(len(source.sha256) == 64 and source.page.startswith("https") for source in sources)
    assert {source.file for source in sources} <= set(rows["source"])
