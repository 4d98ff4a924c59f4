"""What the repository carries about inequality is what the publishers' files say, byte for byte."""

import re

import pytest

from oversight_lib import frames
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns import bundled, cards, inequality_tables
from oversight_lib.intake.breakdowns.cards import read_card
from oversight_lib.intake.store import read_csv
from oversight_lib.periods import Quarter
from oversight_lib.rules.disclosure import policies
from tests.conftest import SHARED

FOLDER = DATA / bundled.FOLDER


@pytest.mark.publisher
def test_every_table_and_card_is_made_again_byte_for_byte():
    made = bundled.contents(SHARED, DATA)
    assert {path: path.read_bytes() for path in made} == dict(made)


def test_nothing_else_lies_there():
    names = {
        name for made in bundled.BUNDLES for name in (f"{made.name}.csv", f"{made.name}.card.toml")
    }
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert there == names | {"local-breakdown-template.csv"}


@pytest.mark.parametrize("made", bundled.BUNDLES, ids=lambda made: made.name)
def test_a_table_has_a_card_with_its_files_and_a_policy_that_protects_already(made):
    card = read_card(FOLDER / f"{made.name}.card.toml")
    assert len(card.source) == len(made.files)
    assert all(re.fullmatch("[0-9a-f]{64}", source.sha256) for source in card.source)
    assert all(source.page.startswith("https://") for source in card.source)
    assert policies()[card.policy].protected
    assert len(read_csv(made.frame, FOLDER / f"{made.name}.csv"))


def test_small_areas_are_all_there_and_tenths_of_england():
    table = read_csv(frames.DEPRIVATION_DECILES, FOLDER / "deprivation-deciles.csv")
    assert table.groupby("area")["decile"].nunique().eq(10).all()
    assert table["area"].nunique() == 42
    tenths = table.groupby("decile")["small_areas"].sum()
    # 33,755 small areas in ten groups: 3,375 or one more.
    assert tenths.sum() == 33755
    assert set(tenths) == {33755 // 10, 33755 // 10 + 1}


def test_counts_agree_with_the_published_tenths_of_each_board():
    """The published share in the most deprived tenth is the count of the first decile over all."""
    deciles = read_csv(frames.DEPRIVATION_DECILES, FOLDER / "deprivation-deciles.csv")
    boards = read_csv(frames.ICB_DEPRIVATION, FOLDER / "icb-deprivation.csv").set_index("area")
    by_area = deciles.groupby("area")["small_areas"].sum()
    first = deciles[deciles["decile"] == 1].set_index("area")["small_areas"]
    apart = (first / by_area - boards["most_deprived_tenth"]).abs()
    assert len(apart) == 42
    assert apart.max() <= 0.00005 + 1e-9  # printed to four decimals


def test_the_tables_of_an_assessment_are_there_for_the_boards_of_the_quarter():
    tables = inequality_tables(Quarter.parse("2025-26-q1"))
    figures = tables["breakdown_figures"]
    assert set(figures["period"]) == {
        "To March 2023", "To June 2023", "To September 2023", "To December 2023",
    }  # fmt: skip
    # 42 boards, seven regions, England; five fifths; four quarters.
    assert len(figures) == (42 + 7 + 1) * 5 * 4
    assert figures["summed"].sum() == 7 * 5 * 4
    assert len(tables["inequality_sources"]) == len(
        {(card.title, source.file) for card in cards() for source in card.source}
    )


def test_a_directory_without_any_has_empty_tables(tmp_path):
    tables = inequality_tables(Quarter.parse("2025-26-q1"), tmp_path)
    assert tables["indicators"].empty
    assert tables["area_inequalities"].empty
    assert tables["deprivation_deciles"].empty
    assert tables["served"].empty
