"""The tidy table for local data: what is taken, and every way it is refused."""

import pytest

from oversight_lib.errors import PublicationError
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns import Choice, take
from oversight_lib.intake.breakdowns.places import area_codes
from oversight_lib.intake.breakdowns.template import COLUMNS, SYMBOLS, template
from oversight_lib.intake.cells import read_cells
from tests.intake.breakdowns.published import local_row, local_rows, write


def read(tmp_path, rows):
    return template(read_cells(write(tmp_path / "local.csv", rows)), area_codes(DATA))


def test_the_template_has_the_columns_and_no_figures():
    text = (DATA / "inequality" / "local-breakdown-template.csv").read_text("utf-8")
    assert text == ",".join(COLUMNS) + "\n"


def test_counts_make_values_and_the_unit_says_per_how_many(tmp_path):
    ((indicator, table),) = read(tmp_path, local_rows())
    assert (indicator.indicator, indicator.per, indicator.policy) == (
        "local-clinics", 100, "nhs-secondary-care",
    )  # fmt: skip
    assert table.loc[table["group"] == 2, "value"].item() == pytest.approx(100 * 211 / 487)
    ((rate, _),) = read(tmp_path, local_rows(unit="per 1,000"))
    assert (rate.per, rate.highest) == (1000, None)


def test_a_symbol_in_the_place_of_a_value_is_kept_as_the_reason(tmp_path):
    rows = local_rows()
    rows[0] |= {"count": "", "value": "[c]"}
    ((_, table),) = read(tmp_path, rows)
    assert table.loc[table["group"] == 1, "symbol"].item() == "[c]"
    assert table["value"].isna().sum() == 1


def test_several_indicators_in_one_table_come_apart(tmp_path):
    rows = [*local_rows(), *local_rows(indicator="local-other", better="lower")]
    assert [found.indicator for found, _ in read(tmp_path, rows)] == [
        "local-clinics",
        "local-other",
    ]


def test_other_dimensions_have_labels_and_no_group(tmp_path):
    rows = [
        local_row(dimension="ethnicity", grouping="Census 2021", label=label, group="")
        for label in ("Asian", "White", "not stated")
    ]
    ((_, table),) = read(tmp_path, rows)
    assert table["group"].isna().all()
    assert set(table["label"]) == {"Asian", "White", "not stated"}


WRONG = {
    "area-unknown": ({"area": "QXX"}, '"QXX" is not an area'),
    "better-neither": ({"better": "up"}, '"up" is not a way; expected higher or lower'),
    "policy-unknown": ({"policy": "mine"}, '"mine" is not a disclosure policy'),
    "dimension-unknown": ({"dimension": "height"}, '"height" is not a dimension'),
    "group-missing": ({"group": ""}, "a blank is not a deprivation group"),
    "group-of-ethnicity": ({"dimension": "ethnicity"}, '"1" is a group of what has no order'),
    "count-more-than-people": ({"count": "1004"}, '"1004" is more than the population'),
    "count-with-fraction": ({"count": "4.5"}, '"4.5" is not whole'),
    "count-below-0": ({"count": "-1"}, '"-1" is out of range'),
    "says-nothing": ({"count": "", "value": ""}, "a blank says nothing"),
    "symbol-unknown": ({"value": "*"}, '"*" is not a number'),
    "source-missing": ({"publisher": ""}, "column publisher: the cell is blank"),
    "identifier-in-capitals": ({"indicator": "Local Clinics"}, "is no identifier"),
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_cell_is_refused_with_its_row_and_what_was_expected(reason, tmp_path):
    cells, says = WRONG[reason]
    with pytest.raises(PublicationError) as raised:
        read(tmp_path, [local_row(**cells)])
    assert says in str(raised.value)
    assert "row 2" in str(raised.value)
    assert str(raised.value).startswith("local.csv cannot be read")


def test_repeats_and_an_indicator_of_two_minds_are_refused(tmp_path):
    with pytest.raises(PublicationError, match="is already in row 2"):
        read(tmp_path, [local_row(), local_row()])
    rows = local_rows()
    rows[1] |= {"better": "lower"}
    with pytest.raises(PublicationError, match="one indicator has several of better"):
        read(tmp_path, rows)
    with pytest.raises(PublicationError, match="there is no column page"):
        read(tmp_path, [{k: v for k, v in local_row().items() if k != "page"}])


def test_all_symbols_are_those_of_the_house():
    from oversight_lib.method.disclosure import Symbol  # noqa: PLC0415

    assert set(SYMBOLS) == {str(symbol) for symbol in Symbol}


def test_taking_in_writes_all_or_nothing_and_twice_the_same(tmp_path):
    good = write(tmp_path / "good.csv", local_rows())
    data = tmp_path / "data"
    taken = take([good], data, Choice())
    assert [found.indicator for found in taken] == ["local-clinics"]
    first = {path.name: path.read_bytes() for path in data.rglob("*.*")}
    assert set(first) == {"local-clinics.csv", "local-clinics.card.toml"}
    take([good], data, Choice())
    assert {path.name: path.read_bytes() for path in data.rglob("*.*")} == first

    bad = write(tmp_path / "bad.csv", [local_row(indicator="local-bad", area="QXX")])
    other = write(tmp_path / "other.csv", local_rows(indicator="local-other"))
    with pytest.raises(PublicationError, match="nothing was taken in"):
        take([other, bad], data, Choice())
    assert {path.name for path in data.rglob("*.*")} == set(first)


def test_a_file_of_no_layout_is_told_where_to_find_one(tmp_path):
    path = write(tmp_path / "odd.csv", [{"a": "1"}])
    with pytest.raises(PublicationError, match=r"local-breakdown-template\.csv"):
        take([path], tmp_path / "data", Choice())
