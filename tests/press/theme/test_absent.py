"""A part of an edition links to what it has; any other dead link stays, to be found."""

import pytest

from oversight_lib.press.theme.absent import without_absent

THERE = {"england", "trusts/r0a", "regions/y56"}
FOLDERS = {"trusts", "regions"}


@pytest.mark.parametrize(
    ("page", "body", "expected"),
    [
        ("england", '<a href="trusts/r0a.html">A</a>', '<a href="trusts/r0a.html">A</a>'),
        ("england", '<a href="trusts/r0b.html">B</a>', "B"),
        ("trusts/r0a", '<a class="x" href="r0b.html#a">B &amp; <b>C</b></a>', "B &amp; <b>C</b>"),
        ("trusts/r0a", '<a href="../regions/y60.html">M</a>.', "M."),
        ("regions/y56", '<a href="../england.html">E</a>', '<a href="../england.html">E</a>'),
        ("england", '<a href="methud.html">dead</a>', '<a href="methud.html">dead</a>'),
        (
            "england",
            '<a href="https://a.b/trusts/x.html">o</a>',
            '<a href="https://a.b/trusts/x.html">o</a>',
        ),
    ],
)
def test_only_links_to_absent_pages_of_organisations_go(page, body, expected):
    assert without_absent(body, page, folders=FOLDERS, there=THERE) == expected
