"""A book opened from disk asks nobody for anything, and holds to its own policy."""

import csv
from io import StringIO

import pytest

REFUSED = """() => { window.refused = []; document.addEventListener(
  'securitypolicyviolation', (event) => window.refused.push(event.violatedDirective)); }"""


def test_no_page_asks_for_anything_elsewhere_or_for_what_is_not_there(browser, site, names):
    context = browser.new_context()
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in names:
        page.goto((site / name).as_uri(), wait_until="load")
    context.close()
    assert len(asked) > len(names)
    here = site.as_uri() + "/"
    assert [url for url in asked if not url.startswith((here, "data:"))] == []
    # The theme greets in the console.
    assert [words for words in said if not words.startswith("[PST]")] == []


@pytest.mark.parametrize(
    ("planted", "directive"),
    [
        ("const s = document.createElement('script'); s.textContent = 'window.ran = 1;';"
         "document.head.append(s);", "script-src-elem"),
        ("const s = document.createElement('script'); s.src = 'https://example.org/x.js';"
         "document.head.append(s);", "script-src-elem"),
        ("const i = new Image(); i.src = 'https://example.org/x.png';", "img-src"),
        ("fetch('https://example.org/').catch(() => null);", "connect-src"),
        ("document.querySelector('h1').setAttribute('onclick', 'window.ran = 1');"
         "document.querySelector('h1').click();", "script-src-attr"),
    ],
)  # fmt: skip
def test_what_is_planted_is_refused(window, planted, directive):
    page = window("glossary.html")
    page.evaluate(REFUSED)
    page.evaluate(f"() => {{ {planted} }}")
    page.wait_for_function("() => window.refused.length")
    assert page.evaluate("() => window.refused") == [directive]
    assert page.evaluate("() => window.ran") is None


def test_a_table_is_taken_away_as_it_stands(window):
    page = window("trusts/rat.html")
    page.locator("details.data-table summary").first.click()
    link = page.locator("a[download]").first
    with page.expect_download() as coming:
        link.click()
    path = coming.value.path()
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
    table = page.locator(".table-scroll", has=page.locator("table")).first.locator("table")
    headings = table.locator("thead th").all_inner_texts()
    assert rows[0][-len(headings) :] == headings
    assert coming.value.suggested_filename.endswith(".csv")
    assert len(rows) - 1 == table.locator("tbody tr:has(td)").count()


def test_the_folder_leads_to_its_front_page(window):
    page = window("index.html")
    page.wait_for_url("**/england.html")
    assert page.locator("h1").inner_text() == "England"
