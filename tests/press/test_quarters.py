"""Editions in a site link the same page of their neighbours, and one alone links to none."""

import re

import pytest

from oversight_lib.periods import Quarter
from oversight_lib.press.quarters import link

Q1, Q2, Q3 = (Quarter.parse(f"2025-26-q{number}") for number in (1, 2, 3))
ROOM = "<body><!--quarters {}--><!--/quarters--><h1>{}</h1></body>"


def put(site, quarter, *pages):
    for page in pages:
        path = site / str(quarter) / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ROOM.format(page, page), "utf-8")


def links(site, quarter, page):
    text = (site / str(quarter) / f"{page}.html").read_text("utf-8")
    return re.findall(r'<a rel="(\w+)" href="([^"]+)">([^<]+)</a>', text)


@pytest.fixture
def site(tmp_path):
    put(tmp_path, Q1, "england", "trusts/rat")
    put(tmp_path, Q2, "england")
    put(tmp_path, Q3, "england", "trusts/rat")
    return tmp_path


def test_pages_lead_to_the_quarter_before_and_after(site):
    link(site, [Q3, Q1, Q2])
    assert links(site, Q2, "england") == [
        ("prev", "../2025-26-q1/england.html", "Before: Q1 2025/26"),
        ("next", "../2025-26-q3/england.html", "After: Q3 2025/26"),
    ]
    assert [rel for rel, *_ in links(site, Q1, "england")] == ["next"]
    assert [rel for rel, *_ in links(site, Q3, "england")] == ["prev"]


def test_every_link_leads_to_a_page_and_one_that_lacks_leads_to_the_front(site):
    link(site, [Q1, Q2, Q3])
    ((_, to, words),) = links(site, Q3, "trusts/rat")
    assert to == "../../2025-26-q2/england.html"
    assert words == "Before: Q2 2025/26, first page: this one is not in it"
    for page in site.rglob("*.html"):
        for to in re.findall('href="([^"]+)"', page.read_text("utf-8")):
            assert (page.parent / to).resolve().is_file(), (page, to)


def test_run_again_it_writes_the_same_and_takes_in_what_joined(site):
    link(site, [Q1, Q3])
    assert links(site, Q1, "trusts/rat") == [
        ("next", "../../2025-26-q3/trusts/rat.html", "After: Q3 2025/26")
    ]
    link(site, [Q1, Q2, Q3])
    once = {path: path.read_bytes() for path in site.rglob("*.html")}
    link(site, [Q1, Q2, Q3])
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == once
    assert links(site, Q1, "trusts/rat")[0][1] == "../../2025-26-q2/england.html"


def test_an_edition_alone_has_no_links_and_other_pages_are_left_alone(site):
    other = site / str(Q1) / "other.html"
    other.write_text("<p>no room</p>", "utf-8")
    link(site, [Q1])
    assert links(site, Q1, "england") == []
    assert "nav" not in (site / str(Q1) / "england.html").read_text("utf-8")
    assert other.read_text("utf-8") == "<p>no room</p>"
