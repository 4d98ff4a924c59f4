"""The script that sorts and searches tables, run by a real browser."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from oversight_lib.press import theme
from oversight_lib.report.tables import Table, column
from tests import chromium

SCRIPT = Path(theme.__file__).parent / "static" / "tables.js"
TABLE = Table(
    "Trusts",
    [
        column("Trust", ["Évora", "Beta", "Alpha", "Delta"], hrefs=["e.html", "", "", ""]),
        column(
            "Rank", ["12th of 40", "3rd of 40", "not published", "1,200th of 2,000"], number=True
        ),
        column(
            "Change", ["\N{MINUS SIGN}0.30", "+0.10", "0.00", "\N{MINUS SIGN}1.20"], number=True
        ),
    ],
    tools=True,
)
GROUPED = Table(
    "Two groups", TABLE.columns[:2], column("", ["one", "one", "two", "two"]).texts, tools=True
)
PLAIN = Table("No tools", TABLE.columns)


@pytest.fixture(scope="module")
def browser():
    with chromium.opened() as found:
        yield found


@pytest.fixture
def shown(browser, tmp_path):
    """The page after some steps in the browser, as the browser then has it."""

    def shown(table, *steps):
        path = tmp_path / "page.html"
        path.write_text(
            f'<!DOCTYPE html><html lang="en"><body>{table._repr_html_()}'
            f'<script src="{SCRIPT.as_uri()}"></script></body></html>',
            "utf-8",
        )
        page = browser.new_page()
        page.goto(path.as_uri())
        page.evaluate("() => {" + "\n".join(steps) + "}")
        content = page.content()
        page.close()
        return BeautifulSoup(content, "lxml")

    return shown


def press(column_, times=1):
    buttons = f"document.querySelectorAll('thead button')[{column_}]"
    return " ".join([f"{buttons}.click();"] * times)


def search(words):
    return (
        "const field = document.querySelector('.table-search input');"
        f"field.value = '{words}'; field.dispatchEvent(new Event('input'));"
    )


def names(html):
    rows = [row for row in html.find_all("tr") if row.find("th", scope="row")]
    return [row.th.text for row in rows if not row.has_attr("hidden")]


@pytest.mark.parametrize(
    ("column_", "times", "order", "sort"),
    [
        (0, 1, ["Alpha", "Beta", "Delta", "Évora"], "ascending"),
        (1, 1, ["Beta", "Évora", "Delta", "Alpha"], "ascending"),
        (1, 2, ["Delta", "Évora", "Beta", "Alpha"], "descending"),
        (1, 3, ["Évora", "Beta", "Alpha", "Delta"], "none"),
        (2, 1, ["Delta", "Évora", "Alpha", "Beta"], "ascending"),
    ],
)
def test_a_heading_sorts_by_number_or_name_and_says_so(shown, column_, times, order, sort):
    html = shown(TABLE, press(column_, times))
    assert names(html) == order
    heads = [head["aria-sort"] for head in html.thead.find_all("th")]
    assert heads == [sort if at == column_ else "none" for at in range(3)]


def test_rows_stay_in_their_groups(shown):
    html = shown(GROUPED, press(1, 2))
    assert names(html) == ["Évora", "Beta", "Delta", "Alpha"]
    groups = [head.text for head in html.find_all("th", scope="rowgroup")]
    assert groups == ["one", "two"]
    assert [body.tr.th["scope"] for body in html.find_all("tbody")] == ["rowgroup", "rowgroup"]


def test_a_search_finds_words_in_any_order_and_case_and_counts(shown):
    html = shown(GROUPED, search("40 evora"))
    assert names(html) == ["Évora"]
    assert html.find(role="status").text == "1 of 4 rows"
    bodies = [body.has_attr("hidden") for body in html.find_all("tbody")]
    assert bodies == [False, True]
    label = html.find("label")
    assert label["for"] == html.find("input")["id"]
    assert label.text.strip()


def test_an_empty_search_shows_every_row_and_says_nothing(shown):
    html = shown(
        TABLE, search("beta"), "field.value = ''; field.dispatchEvent(new Event('input'));"
    )
    assert len(names(html)) == 4
    assert html.find(role="status").text == ""


def test_a_table_without_tools_is_left_alone(shown):
    html = shown(PLAIN)
    assert not html.find_all(["button", "input"])


def test_the_script_asks_for_nothing_and_writes_no_markup():
    text = SCRIPT.read_text("utf-8")
    assert not re.search(r"fetch|XMLHttp|import|https?:|innerHTML|eval|document\.write", text)
