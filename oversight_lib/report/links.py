"""Addresses from one page of an edition to another."""

from typing import Literal

Kind = Literal["england", "region", "icb", "trust"]

_FOLDERS: dict[Kind, str] = {
    "england": "",
    "region": "regions/",
    "icb": "icbs/",
    "trust": "trusts/",
}


def link(kind: Kind, code: str, *, on: Kind) -> str:
    """Return the relative address of a page, as it is written on a page of the kind `on`.

    `trusts/r0a.html` on England's page is `../trusts/r0a.html` on a region's and `r0a.html` on
    another trust's. England's page has no code.
    """
    page = f"{code.lower() or kind}.html"
    if _FOLDERS[kind] == _FOLDERS[on]:
        return page
    return f"{'../' if _FOLDERS[on] else ''}{_FOLDERS[kind]}{page}"
