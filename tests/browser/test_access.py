"""Everybody can use it: axe finds nothing, nothing is cut off, nothing moves, nothing is dark."""

from importlib.resources import files

import pytest

from oversight_lib.press import site
from oversight_lib.press.imprint import Imprint
from tests.press.editions.shelf import RELEASED, put

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async (tags) => {
  const found = await axe.run(document, {
    runOnly: tags, preload: false, resultTypes: ["violations"],
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}"""
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# The rows of a table are made by one template, and axe takes long over thousands of cells.
FEW_ROWS = """() => document.querySelectorAll('tbody, .finder-all ul').forEach(
  (body) => [...body.children].slice(4).forEach((row) => row.remove()))"""
# What sticks out on the left cannot be scrolled to, and so counts for no width.
WIDER = """() => Math.max(
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  -document.querySelector('article, h1').getBoundingClientRect().left)"""


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_page(every_page, width):
    faults = {}
    with every_page(width, bypass_csp=True, reduced_motion="reduce") as pages:
        for name, page in pages:
            page.evaluate(OPEN)
            page.evaluate(FEW_ROWS)
            page.evaluate(AXE)
            faults[name] = page.evaluate(LOOK, RULES)
    assert len(faults) >= 14
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_a_fault_that_is_planted(window):
    page = window("glossary.html", bypass_csp=True)
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    page.evaluate(AXE)
    assert [fault.split(":")[0] for fault in page.evaluate(LOOK, RULES)] == ["image-alt"]


@pytest.mark.parametrize(
    ("width", "letters"),
    # 320 px is what 1280 px are at 400%, and 640 px at 200%; then letters alone twice as large.
    [(320, "100%"), (640, "100%"), (1280, "200%")],
)
def test_nothing_is_wider_than_the_window(every_page, width, letters):
    wider = {}
    with every_page(width) as pages:
        for name, page in pages:
            page.evaluate(OPEN)
            page.evaluate(f"() => {{ document.documentElement.style.fontSize = '{letters}'; }}")
            wider[name] = page.evaluate(WIDER)
    assert {name: by for name, by in wider.items() if by > 0} == {}


MOVING = """() => [...document.querySelectorAll('*')].filter((one) => {
  const style = getComputedStyle(one);
  return style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0)
    || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
}).map((one) => one.outerHTML.slice(0, 80))"""


def test_nothing_moves_for_those_who_want_no_motion(window):
    page = window("trusts/rat.html", width=400, reduced_motion="reduce")
    page.evaluate(OPEN)
    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_book_is_light_for_everybody_and_whole(window, scheme):
    page = window("england.html", color_scheme=scheme)
    colours = page.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('article p')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(11, 12, 12)"]
    assert page.evaluate("() => document.documentElement.dataset.theme") == "light"


def test_paper_shows_the_page_and_nothing_to_press(window):
    page = window("trusts/rat.html")
    page.emulate_media(media="print")
    assert page.locator("article h1").is_visible()
    assert page.locator("article img").first.is_visible()
    for one in (".bd-sidebar-primary", ".edition-contents", ".table-search", ".table-download"):
        assert not page.locator(one).first.is_visible(), one
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_without_colour_a_chart_still_says_what_it_says(window):
    """Every chart has its words, a title and a subtitle, and its figures in a table below."""
    page = window("england.html")
    alone = page.evaluate(
        """() => [...document.querySelectorAll('article img')].filter((image) => {
          const section = image.closest('section');
          const after = [...section.querySelectorAll('a[download]')].some(
            (link) => image.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
          return !after || image.alt.split('. ').length < 3;
        }).map((image) => image.alt.slice(0, 80))"""
    )
    assert page.locator("article img").count() > 8
    assert alone == []


CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((channel) => {
      const c = channel / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const [, , , alpha = 1] = numbers(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return getComputedStyle(at).backgroundColor;
      if (alpha > 0) return "rgb(127, 127, 127)";  // nothing of ours is see-through
    }
    return "rgb(255, 255, 255)";
  };
  const written = (one) => [...one.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  return [...document.body.querySelectorAll("*")]
    .filter((one) => written(one) && one.checkVisibility() && !one.closest("noscript"))
    .map((one) => {
      const both = [light(getComputedStyle(one).color), light(ground(one))];
      const ratio = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
      return [ratio, one.outerHTML.slice(0, 100)];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""


def test_every_text_shows_on_its_ground(every_page):
    """What axe cannot decide for text in boxes that scroll."""
    faint = {}
    with every_page(1280) as pages:
        for name, page in pages:
            page.evaluate(OPEN)
            faint[name] = page.evaluate(CONTRAST)
    assert {name: found for name, found in faint.items() if found} == {}


def test_faint_text_is_found(window):
    page = window("glossary.html")
    page.evaluate("() => { document.querySelector('h1').style.color = '#949494'; }")
    ((ratio, html),) = page.evaluate(CONTRAST)
    assert 2.9 < ratio < 3.1
    assert html.startswith("<h1")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_around_the_editions(browser, tmp_path, width):
    built = [
        put(tmp_path / "a", quarter="2025-26-q2", released=RELEASED),
        put(tmp_path / "b", quarter="2025-26-q3"),
    ]
    site.gather(built, tmp_path / "site", Imprint())
    page = browser.new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    for path in (tmp_path / "site" / "index.html", *(tmp_path / "site" / "changes").glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate(AXE)
        assert page.evaluate(LOOK, RULES) == [], path.name
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.close()
