"""From an edition to the ones beside it: links between the same pages of neighbouring quarters."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from oversight_lib.periods import Quarter
from oversight_lib.press.pages import FRONT

_ROOM = re.compile(r"<!--quarters (?P<page>[\w/-]+)-->.*?<!--/quarters-->", re.DOTALL)
"""Where a bound page leaves room for the links; a book that stands alone has none."""

_NAV = '<nav class="edition-quarters" aria-label="Other quarters">'


def link(site: Path, quarters: Sequence[Quarter]) -> None:
    """Link every page of a site to the same page of the quarter before and of the one after.

    Editions stand at `site/<quarter>/`. Where a neighbour lacks the page, the link leads to its
    front page and says so. May be run again when an edition joins: links are written anew.
    """
    order = sorted(quarters)
    for place, quarter in enumerate(order):
        before = order[place - 1] if place else None
        after = order[place + 1] if place + 1 < len(order) else None
        for path in sorted((site / str(quarter)).rglob("*.html")):
            _write(path, site, before, after)


def _write(path: Path, site: Path, before: Quarter | None, after: Quarter | None) -> None:
    text = path.read_text(encoding="utf-8")
    room = _ROOM.search(text)
    if room is None:
        return
    page = room["page"]
    links = [*_one("Before", "prev", before, page, site), *_one("After", "next", after, page, site)]
    nav = f"{_NAV}{''.join(links)}</nav>" if links else ""
    filled = f"<!--quarters {page}-->{nav}<!--/quarters-->"
    if filled != room[0]:
        whole = text[: room.start()] + filled + text[room.end() :]
        path.write_text(whole, encoding="utf-8", newline="\n")


def _one(word: str, rel: str, other: Quarter | None, page: str, site: Path) -> Iterator[str]:
    if other is None:
        return
    there = (site / str(other) / f"{page}.html").is_file()
    up = "../" * (page.count("/") + 1)
    to = f"{up}{other}/{page if there else FRONT}.html"
    absent = "" if there else ", first page: this one is not in it"
    yield f'<a rel="{rel}" href="{escape(to)}">{word}: {escape(other.label)}{absent}</a>'
