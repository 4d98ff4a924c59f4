"""How a reader finds an organisation on the front page: the list from A to Z, and its index."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from oversight_lib.press.directory import Entry

INDEX = "finder-index.js"
SCRIPT = "finder.js"
_PLACE = re.compile(r'<div class="finder">.*?</div>', re.DOTALL)
_NOUNS = {"trust": "trust", "icb": "ICB", "region": "region"}


class Listed(NamedTuple):
    """One line of the list: a name, the page it leads to, and what and where it is."""

    name: str
    slug: str
    about: str


def listing(entries: Sequence[Entry]) -> Mapping[str, Any]:
    """Return what the template shows: regions with a page, counts in words, lines by letter."""
    ordered = sorted(entries, key=lambda entry: (_sorted_by(entry.name), entry.code))
    letters = groupby(ordered, key=lambda entry: _sorted_by(entry.name)[:1].upper())
    return {
        "regions": [entry for entry in entries if entry.kind == "region" and entry.own],
        "counts": _counts(entries),
        "letters": [(letter, [_line(entry) for entry in some]) for letter, some in letters],
    }


def placed(body: str, html: str) -> str:
    """Return a page's HTML with the finder where the page leaves room for one."""
    return _PLACE.sub(lambda _: html, body, count=1)


def index(entries: Sequence[Entry]) -> str:
    """Return the entries as a script, which a page opened from disk can load and JSON it cannot."""
    rows = [
        json.dumps([e.kind, e.code, e.name, e.places, e.slug, e.own], ensure_ascii=False)
        for e in entries
    ]
    return "window.oversightFinder = [\n" + ",\n".join(rows) + "\n];\n"


def _sorted_by(name: str) -> str:
    """Return what a name is looked up under: every board's begins with NHS."""
    return name.removeprefix("NHS ").casefold()


def _line(entry: Entry) -> Listed:
    place = f", {' '.join(entry.places)}" if entry.kind == "trust" and entry.places else ""
    return Listed(entry.name, entry.slug, f"{_NOUNS[entry.kind]} {entry.code}{place}")


def _counts(entries: Sequence[Entry]) -> str:
    counted = [
        f"{many} {noun}{'' if many == 1 else 's'}"
        for kind, noun in _NOUNS.items()
        if (many := sum(entry.kind == kind for entry in entries))
    ]
    return " and ".join([", ".join(counted[:-1]), counted[-1]]) if counted[1:] else "".join(counted)
