"""From the front page to anybody in two actions: by name, code or place, from disk."""

import pytest


@pytest.fixture
def front(window):
    return window("england.html")


def field(page):
    return page.get_by_label("Trust, ICB or region")


def found(page):
    return page.locator(".finder-found a").all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("RAT", "North East London NHS Foundation Trust"),
        ("rat", "North East London NHS Foundation Trust"),
        ("north east london", "NHS North East London Integrated Care Board"),
        ("Qmf", "NHS North East London Integrated Care Board"),
        ("london", "London"),
        ("bolton", "Bolton NHS Foundation Trust"),
        ("rm13", "North East London NHS Foundation Trust"),
        ("st georges", "South West London and St George's Mental Health NHS Trust"),
    ],
)  # fmt: skip
def test_what_is_meant_comes_first(front, typed, first):
    field(front).fill(typed)
    assert first in [name.splitlines()[0] for name in found(front)][:3]


def test_words_in_any_order_and_only_what_has_them_all(front):
    field(front).fill("rmc bolton")
    assert [name.splitlines()[0] for name in found(front)] == ["Bolton NHS Foundation Trust"]
    assert front.get_by_role("status").first.inner_text() == "1 fits."


def test_the_middle_of_a_word_counts_only_where_no_word_begins_so(front):
    field(front).fill("rat")
    assert [name.splitlines()[0] for name in found(front)] == [
        "North East London NHS Foundation Trust"
    ]
    field(front).fill("umbria")
    # four trusts and two boards of Cumbria or Northumbria
    assert len(found(front)) == 4 + 2


def test_nothing_found_is_said(front):
    field(front).fill("zzzz")
    assert found(front) == []
    assert front.get_by_role("status").first.inner_text().startswith("Nothing fits.")


def test_a_trust_is_two_actions_away_by_typing(front):
    field(front).fill("RAT")
    field(front).press("Enter")
    assert front.locator("h1").inner_text() == "North East London NHS Foundation Trust"


def test_arrows_walk_through_what_is_found_and_escape_leads_back(front):
    field(front).fill("london")
    names = found(front)
    field(front).press("ArrowDown")
    front.keyboard.press("ArrowDown")
    assert front.evaluate("() => document.activeElement.innerText") == names[1]
    front.keyboard.press("ArrowUp")
    front.keyboard.press("ArrowUp")
    assert front.evaluate("() => document.activeElement.id") == "finder-field"
    front.keyboard.press("ArrowDown")
    front.keyboard.press("Escape")
    assert front.evaluate("() => document.activeElement.id") == "finder-field"


def test_a_trust_without_a_page_here_leads_to_the_nearest(front):
    field(front).fill("R1H")
    (only,) = found(front)
    assert "no page of its own here" in only
    field(front).press("Enter")
    assert front.locator("h1").inner_text() == "NHS North East London Integrated Care Board"


def test_without_scripts_everybody_stands_in_a_list(window):
    page = window("england.html", java_script_enabled=False)
    assert not field(page).is_visible()
    page.locator(".finder-all summary").click()
    lines = page.locator(".finder-all li")
    assert lines.count() == 205 + 42 + 7
    name = "North East London NHS Foundation Trust"
    page.get_by_role("link", name=name, exact=True).first.click()
    assert page.locator("h1").inner_text() == name


def test_the_words_of_all_pages_are_searched_without_a_server(window):
    page = window("glossary.html")
    page.get_by_label("Search this edition").fill("override")
    page.get_by_label("Search this edition").press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator("#search-results li a").first.wait_for()
