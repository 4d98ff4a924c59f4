"""By keyboard alone: every stop is seen, none is a trap, and the way is short."""

import shutil

import pytest

from oversight_lib.periods import Quarter
from oversight_lib.press.quarters import link

STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  return {
    what: (one.innerText || one.name || one.className).trim().slice(0, 60),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth,
  };
}"""


def stops(page, most):
    """The places the Tab key stops at, until it leaves the page."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError(f"the Tab key does not leave the page in {most} steps")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["trusts/rat.html", "downloads.html"])
def test_the_tab_key_walks_through_a_page_and_every_stop_is_seen(window, name, width):
    page = window(name, width=width, reduced_motion="reduce")
    found = stops(page, 400)
    assert found[0]["what"] == "Skip to main content"
    assert [stop for stop in found if not (stop["outlined"] and stop["seen"])] == []


def test_the_first_stop_leads_past_the_sidebar(window):
    page = window("trusts/rat.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("() => !!document.activeElement.closest('main')")
    assert inside


def test_a_telephone_opens_the_pages_with_a_button_and_escape_closes_them(window):
    page = window("trusts/rat.html", width=320, reduced_motion="reduce")
    link = page.get_by_role("link", name="Glossary")
    assert not link.is_visible()
    button = page.get_by_role("button", name="Pages")
    button.focus()
    page.keyboard.press("Enter")
    link.wait_for(state="visible")
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    assert page.evaluate("() => document.activeElement.innerText") == "Pages"


def test_a_table_that_is_cut_off_is_scrolled_by_keyboard_and_says_so(window):
    page = window("regions/y56.html", width=320)
    box = page.locator(".table-scroll.cut").first
    assert (box.get_attribute("tabindex"), box.get_attribute("role")) == ("0", "region")
    assert box.get_attribute("aria-label")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(one) => one.scrollLeft > 0", arg=box.element_handle())


def test_a_table_that_fits_is_no_stop(window):
    page = window("regions/y56.html", width=1280)
    fits = page.locator(".table-scroll:not([tabindex])").first
    fits.wait_for()
    assert (fits.get_attribute("role"), fits.get_attribute("aria-label")) == (None, None)


def test_the_trail_leads_up_from_a_trust_to_england(window):
    page = window("trusts/rat.html")
    trail = page.get_by_role("navigation", name="Breadcrumb").get_by_role("link")
    names = trail.all_inner_texts()
    assert names == ["England", "London", "NHS North East London Integrated Care Board"]
    trail.nth(1).click()
    assert page.locator("h1").inner_text() == "London"


def test_without_scripts_a_telephone_shows_the_pages_below(window):
    page = window("trusts/rat.html", width=320, java_script_enabled=False)
    assert page.get_by_role("link", name="Glossary").is_visible()
    assert not page.get_by_role("button", name="Pages").is_visible()


def test_in_a_site_the_same_page_of_another_quarter_is_one_action_away(browser, site, tmp_path):
    quarters = [Quarter.parse("2025-26-q2"), Quarter.parse("2025-26-q3")]
    for quarter in quarters:
        shutil.copytree(site, tmp_path / str(quarter), ignore=shutil.ignore_patterns("downloads"))
    link(tmp_path, quarters)
    page = browser.new_page()
    page.goto((tmp_path / "2025-26-q3" / "trusts" / "rat.html").as_uri())
    page.get_by_role("link", name="Before: Q2 2025/26").click()
    page.wait_for_url("**/2025-26-q2/trusts/rat.html")
    assert page.get_by_role("link", name="After: Q3 2025/26").is_visible()
    page.close()
