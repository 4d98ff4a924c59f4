"""Fingertips downloads: which group each row is, of whom, and what the file does not say."""

import pytest

from oversight_lib.errors import PublicationError
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns.categories import dimension, group, symbol
from oversight_lib.intake.breakdowns.fingertips import Choice, fingertips
from oversight_lib.intake.breakdowns.places import area_codes
from oversight_lib.intake.breakdowns.taking import prepare
from oversight_lib.intake.cells import read_cells
from tests.intake.breakdowns.published import DECILES, TENTHS, fingertips_row, of_deciles, write

RATE = Choice("lower", "per 100,000")


def read(tmp_path, rows, choice=RATE):
    cells = read_cells(write(tmp_path / "indicator.csv", rows))
    return fingertips(cells, area_codes(DATA), choice)


def said(tmp_path, rows, choice=RATE):
    with pytest.raises(PublicationError) as raised:
        read(tmp_path, rows, choice)
    return str(raised.value)


def test_deciles_are_numbered_from_the_most_deprived():
    assert [group(DECILES, name) for name in TENTHS] == list(range(1, 11))
    named = [f"{name} (IMD2019)" for name in TENTHS]
    assert [group("County & UA deprivation deciles in England", n) for n in named] == list(
        range(1, 11)
    )


@pytest.mark.parametrize(
    ("category", "place"),
    [
        ("Most deprived quintile", 1),
        ("Second most deprived quintile", 2),
        ("Middle quintile", 3),
        ("Third more deprived quintile", 3),
        ("Second least deprived quintile", 4),
        ("Least deprived quintile", 5),
        ("Quintile 2", None),
    ],
)
def test_quintiles_too_and_other_words_have_no_place(category, place):
    assert group("LSOA11 deprivation quintiles in England (IMD2019)", category) == place


@pytest.mark.parametrize(
    ("category_type", "which"),
    [
        (DECILES, "deprivation"),
        ("Ethnic groups", "ethnicity"),
        ("Ethnicity (16 groups)", "ethnicity"),
        ("", ""),
        ("Level of education", "other"),
    ],
)
def test_category_types_are_breakdowns_or_are_not(category_type, which):
    assert dimension(category_type) == which


@pytest.mark.parametrize(
    ("note", "mark"),
    [
        ("Value suppressed for disclosure control due to small count", "[c]"),
        ("Value not published for data quality reasons", "[u]"),
        ("Value missing in source data", "[x]"),
        ("", "[x]"),
    ],
)
def test_a_missing_value_has_the_symbol_of_its_note(note, mark):
    assert symbol(note) == mark


def test_an_indicator_by_decile_is_read_with_what_the_user_says_of_it(tmp_path):
    indicator, table = read(tmp_path, [fingertips_row(), *of_deciles()])
    assert (indicator.indicator, indicator.better, indicator.unit) == (
        "fingertips-99999", "lower", "per 100,000",
    )  # fmt: skip
    assert (indicator.per, indicator.lowest, indicator.highest) == (100_000, 0, None)
    assert (indicator.symmetric, indicator.policy) == ("log", "already-protected")
    assert table["area"].unique().tolist() == ["ENG"]
    assert table.sort_values("group")["value"].tolist() == [float(v) for v in range(100, 0, -10)]
    assert table["grouping"].unique().tolist() == [DECILES]
    assert table["order"].unique().tolist() == ["20230000"]


def test_a_suppressed_value_is_missing_with_its_symbol_and_never_0(tmp_path):
    rows = of_deciles()
    rows[0] |= {"Value": "", "Value note": "Value suppressed for disclosure control reasons"}
    _, table = read(tmp_path, rows)
    first = table[table["group"] == 1].iloc[0]
    assert (first["symbol"], first["value"] == first["value"]) == ("[c]", False)
    assert table.loc[table["group"] > 1, "symbol"].isna().all()


def test_boards_and_regions_are_known_by_their_codes_and_other_areas_left_out(tmp_path):
    rows = [
        row | {"Area Code": code}
        for code in ("E54000029", "E40000003", "E06000001", "E92000001")
        for row in of_deciles()
    ]
    _, table = read(tmp_path, rows)
    assert sorted(table["area"].unique()) == ["ENG", "QMF", "Y56"]


def test_ethnicity_sex_and_age_are_breakdowns_without_an_order(tmp_path):
    adults = {"Age": "18+ yrs"}
    groups = [
        fingertips_row(Category_Type="Ethnic groups", Category=name, **adults)
        for name in ("Asian", "White")
    ]
    sexes = [fingertips_row(Sex=sex, **adults) for sex in ("Male", "Female", "Persons")]
    rows = [*groups, *sexes, fingertips_row(Age="65+ yrs")]
    _, table = read(tmp_path, rows, Choice("lower", "percent", age="18+ yrs"))
    found = table.groupby("dimension")["label"].agg(set).to_dict()
    assert found == {
        "age": {"18+ yrs", "65+ yrs"}, "ethnicity": {"Asian", "White"}, "sex": {"Female", "Male"},
    }  # fmt: skip
    assert table["group"].isna().all()


def test_the_column_of_sex_is_also_written_gender(tmp_path):
    rows = [{("Gender" if k == "Sex" else k): v for k, v in row.items()} for row in of_deciles()]
    assert len(read(tmp_path, rows)[1]) == 10


def test_what_the_file_does_not_say_the_user_must(tmp_path):
    words = said(tmp_path, of_deciles(), Choice())
    assert "does not say which way is better" in words
    assert "does not say the unit" in words


def test_one_of_several_indicators_sexes_or_ages_must_be_chosen(tmp_path):
    two = [*of_deciles(), fingertips_row(Indicator_ID="11111")]
    assert "the file has the indicators 11111, 99999" in said(tmp_path, two)
    men = of_deciles(Sex="Male")
    assert "the breakdowns are of Male" in said(tmp_path, men)
    assert len(read(tmp_path, men, Choice("lower", "percent", sex="Male"))[1]) == 10
    ages = [*of_deciles(Age="18+ yrs"), *of_deciles(Age="65+ yrs")]
    assert "of ages 18+ yrs, 65+ yrs" in said(tmp_path, ages)
    assert len(read(tmp_path, ages, Choice("lower", "percent", age="65+ yrs"))[1]) == 10


def test_a_file_that_is_cut_or_speaks_of_other_groups_is_refused(tmp_path):
    rows = of_deciles()
    assert "there is no column Value note" in said(
        tmp_path, [{k: v for k, v in row.items() if k != "Value note"} for row in rows]
    )
    rows[3] |= {"Category": "Quite deprived decile"}
    assert 'the place of "Quite deprived decile" cannot be told' in said(tmp_path, rows)
    assert '"many" is not a number' in said(tmp_path, [*of_deciles(), fingertips_row(Value="many")])
    assert "no breakdown of an area we know" in said(
        tmp_path, [fingertips_row(Area_Code="E06000001")]
    )


def test_a_group_that_stands_there_twice_is_refused(tmp_path):
    assert "is already in row 2" in said(tmp_path, [*of_deciles(), of_deciles()[0]])


def test_a_row_that_is_too_short_is_refused(tmp_path):
    path = write(tmp_path / "indicator.csv", of_deciles())
    path.write_text(path.read_text("utf-8") + "99999,An invented rate\n", "utf-8")
    with pytest.raises(PublicationError, match="row 12"):
        prepare([path], DATA, RATE)
