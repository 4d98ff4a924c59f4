"""What the repository carries about inequality is what the publishers' files say, byte for byte."""

import re

import pytest

from oversight_lib import frames
from oversight_lib.errors import PublicationError, StoreError
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns import Choice, bundled, cards, inequality_tables
from oversight_lib.intake.breakdowns.cards import read_card
from oversight_lib.intake.breakdowns.scales import scale_of
from oversight_lib.intake.breakdowns.taking import prepare
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


TINY = {
    "deprivation/cvdprevent_CVDP003CHOL_by_quintile.csv": (
        "TimePeriodName,AreaCode,national_quintile_1_most_deprived,Numerator,Denominator,Value,"
        "LowerConfidenceLimit,UpperConfidenceLimit\n"
        "To December 2023,E54000008,1,60,100,60.0,50.0,69.1\n"
        "To December 2023,E54000008,2,70,100,70.0,60.4,78.1\n"
    ),
    "deprivation/imd2025_england_lsoa21.csv": (
        "lsoa21_code,IMD_decile\nE01000001,1.0\nE01000002,1.0\nE01000003,10.0\n"
    ),
    "deprivation/lookup_lsoa21_icb24.csv": (
        "lsoa21_code,icb24_code\nE01000001,E54000008\nE01000002,E54000008\nE01000003,E54000008\n"
    ),
    "deprivation/imd2025_england_icb24.csv": (
        "icb24_code,imd_average_score,imd_average_rank,"
        "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally,imd_2025_extent,"
        "imd_2025_local_concentration\nE54000008,25.5,18014.5,0.2,0.3,33118.0\n"
    ),
    "qof/qof2425_icb_indicators_long.csv": (
        "icb_ods_code,indicator,numerator,denominator,pcas,intervention_percent\n"
        "QYG,VI001,60,80,20,60.0\nQYG,AF001,0,0,0,\n"
    ),
    "health-index/england_health_index_ics.csv": (
        "icb22_code,year,overall_score,healthy_people_domain,healthy_lives_domain,"
        "healthy_places_domain\nE54000008,2015,96.3,91.3,95.0,104.4\n"
    ),
}
"""Files in the publishers' layouts with one board; all figures in them are invented."""


def tiny(folder, **spoilt):
    """The files in a folder; of the one whose name begins so, a text is replaced."""
    for name, text in TINY.items():
        path = folder / "publications" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for start, (before, after) in spoilt.items():
            if path.name.startswith(start):
                assert before in text
                text = text.replace(before, after)  # noqa: PLW2901
        path.write_text(text, "utf-8")
    return folder


def test_a_folder_of_the_publishers_files_becomes_every_table_with_its_card(tmp_path):
    contents, indicators = prepare([tiny(tmp_path)], DATA, Choice("lower", "percent"))
    made = {path.relative_to(FOLDER).as_posix(): text.decode() for path, text in contents.items()}
    names = {made.name for made in bundled.BUNDLES}
    assert set(made) == {f"{name}{end}" for name in names for end in (".csv", ".card.toml")}
    assert [found.indicator for found in indicators] == ["cvd-cholesterol"]
    # Two of the three small areas are in the most deprived tenth.
    assert "QYG,1,2\n" in made["deprivation-deciles.csv"]
    # Adjustments count in the base: 60 of 80 + 20.
    assert "percent,2024/25,QYG,60.0,100.0,60.0" in made["vaccination.csv"]
    assert "health-index-people" in made["health-index.csv"]
    assert "imd2025_england_lsoa21.csv" in made["deprivation-deciles.card.toml"]


@pytest.mark.parametrize(
    ("file", "before", "after", "complaint"),
    [
        ("cvdprevent", "E54000008,1", "E99,1", '"E99" is not an area'),
        ("cvdprevent", "To December 2023,E54000008,2", "Winter,E54000008,2", "is not a quarter"),
        ("cvdprevent", "E54000008,2", "E54000008,6", '"6"'),
        ("imd2025_england_icb24", "E54000008", "E99", '"E99" is not a board'),
        ("imd2025_england_icb24", "25.5", "x", '"x" is not a number'),
        ("imd2025_england_lsoa21", "E01000003", "E01000009", "in one of the two files only"),
        ("imd2025_england_lsoa21", "10.0", "11.0", "no board or no decile"),
        ("qof", "VI001,60,80,20,60.0", "VI001,60,80,20,75.0", '"75.0" is not what the counts'),
        ("qof", "VI001", "VI009", "no row that is used"),
        ("qof", "QYG,VI", "QQQ,VI", '"QQQ" is not an area'),
        ("england_health_index", "96.3", "", "blank"),
    ],
)
def test_a_publisher_s_file_that_is_not_as_it_was_is_refused(
    tmp_path, file, before, after, complaint
):
    with pytest.raises(PublicationError) as refused:
        prepare([tiny(tmp_path, **{file: (before, after)})], DATA, Choice("lower", "percent"))
    assert complaint in str(refused.value)


def test_a_card_that_is_none_says_what_to_do(tmp_path):
    path = tmp_path / "x.card.toml"
    path.write_text('title = "Something"\n')
    with pytest.raises(StoreError, match=r"not a source card[\s\S]*oversight breakdowns"):
        read_card(path)


def test_what_is_no_share_and_no_rate_is_measured_as_it_is():
    assert scale_of("years").symmetric == "value"
    assert scale_of("per 1,000").per == 1000
