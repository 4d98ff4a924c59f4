"""The bound book is read back: what is missing, extra, dead or wordless stops it."""

import pytest

from oversight_lib.errors import BindingError
from oversight_lib.press.links import check

WHOLE = {
    "england.html": '<h1 id="top">England</h1><a href="regions/y56.html#trusts">London</a>'
    '<img src="a.svg" alt="A chart of it"><a href="https://example.org/x">elsewhere</a>',
    "regions/y56.html": '<h2 id="trusts">Trusts</h2><a href="../england.html?q=1#top">up</a>'
    '<a href="#">here</a><a href="#trusts">here</a>',
    "a.svg": "<svg/>",
    "search.html": "",
    "index.html": '<a href="england.html">England</a>',
}


def book(folder, **changes):
    for name, text in {**WHOLE, **changes}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_whole_book_passes(tmp_path):
    check(book(tmp_path), ["england", "regions/y56"])


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"england.html": '<a href="gone.html">x</a>'}, "the link gone.html leads nowhere"),
        ({"england.html": '<a href="#gone">x</a>'}, "the link #gone leads nowhere"),
        ({"england.html": '<a href="regions/y56.html#no">x</a>'}, "y56.html#no leads nowhere"),
        ({"england.html": '<script src="gone.js"></script>'}, "gone.js leads nowhere"),
        ({"england.html": '<img src="a.svg">'}, "the image a.svg has no alt text"),
        ({"england.html": '<img src="a.svg" alt="">'}, "the image a.svg has no alt text"),
        ({"extra.html": ""}, "extra: a page nobody planned"),
    ],
)
def test_what_is_wrong_is_named_with_its_page(tmp_path, changes, problem):
    with pytest.raises(BindingError, match=problem):
        check(book(tmp_path, **changes), ["england", "regions/y56"])


def test_a_book_without_pages_does_not_pass(tmp_path):
    with pytest.raises(BindingError, match="england: the page is missing"):
        check(tmp_path, ["england"])
