from itertools import product
from urllib.parse import urljoin

import pytest

from oversight_lib.report.links import link

PAGES = {
    "england": "england.html",
    "region": "regions/y56.html",
    "icb": "icbs/qmf.html",
    "trust": "trusts/r0a.html",
}
EVERY_PAIR = list(product(PAGES, PAGES))
CODES = {"england": "", "region": "Y56", "icb": "QMF", "trust": "R0A"}


@pytest.mark.parametrize(("kind", "on"), EVERY_PAIR)
def test_a_link_leads_from_any_page_to_any_other(kind, on):
    root = "https://example.org/2025-26-q1/"
    found = link(kind, CODES[kind], on=on)
    assert urljoin(root + PAGES[on], found) == root + PAGES[kind]


@pytest.mark.parametrize(("kind", "on"), EVERY_PAIR)
def test_links_are_relative(kind, on):
    assert not link(kind, CODES[kind], on=on).startswith(("/", "http"))
