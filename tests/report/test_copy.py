"""A table to take away: the cells one sees, in a file that stands in the link."""

import csv
from io import StringIO
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from oversight_lib.report.tables import Table, column
from oversight_lib.report.tables.copy import address, file_name, text

MINUS = "\N{MINUS SIGN}"
TABLE = Table(
    "Scores of two trusts, Q1 2025/26",
    [
        column("Trust", ["Barts & Co, “East”", "Évora"]),
        column("Change", [f"{MINUS}1,200.50", "not published"], number=True),
    ],
)


def rows(table):
    return list(csv.reader(StringIO(text(table))))


def test_headings_and_cells_are_those_of_the_table_and_numbers_are_numbers():
    assert rows(TABLE) == [
        ["Trust", "Change"], ["Barts & Co, “East”", "-1200.50"], ["Évora", "not published"],
    ]  # fmt: skip


def test_a_group_is_a_column_of_its_own():
    grouped = Table("x", TABLE.columns, column("", ["one", "two"]).texts)
    assert [row[0] for row in rows(grouped)] == ["Group", "one", "two"]


@pytest.mark.parametrize(
    ("shown", "taken"),
    [
        ("+0.10", "+0.10"),
        ("1,200", "1200"),
        ("12,34", "12,34"),
        ("12th of 40", "12th of 40"),
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("+1+1", "'+1+1"),
    ],
)
def test_a_spreadsheet_calculates_nothing(shown, taken):
    assert rows(Table("x", [column("Name", [shown])]))[1] == [taken]


def test_the_address_holds_the_file_and_no_letter_that_would_end_it():
    kind, _, held = address(TABLE).partition(",")
    assert kind == "data:text/csv;charset=utf-8"
    assert unquote(held) == "\ufeff" + text(TABLE)
    assert not set('<>"#& \r\n\t') & set(held)


def test_the_link_is_there_where_there_are_figures_and_says_of_what():
    html = BeautifulSoup(TABLE._repr_html_(), "html.parser")
    link = html.find("a", download=True)
    assert link["href"] == address(TABLE)
    assert link["download"] == "scores-of-two-trusts-q1-2025-26.csv"
    assert link.text == f"Download as CSV: {TABLE.caption}"
    words = Table("Words", TABLE.columns[:1])
    assert "download" not in words._repr_html_()


def test_a_long_caption_makes_a_name_of_whole_words():
    name = file_name(Table("Average scores " * 20, []))
    assert len(name) <= 80 + len(".csv")
    assert name.removesuffix(".csv").split("-")[-1] in {"average", "scores"}
    assert file_name(Table("…", [])) == "table.csv"
