"""The search index and other scripts as pieces: titles, terms a page, and every quoted text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oversight_lib.press.scan.pieces import Piece
from oversight_lib.press.scan.records import of_json

_INDEX = re.compile(r"^\s*Search\.setIndex\((.*)\)\s*;?\s*$", re.DOTALL)
_QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_TELLING = 3
"""Terms of a page have lost their order: a number of fewer digits is too common to tell by them."""


def script(path: Path) -> Iterator[Piece]:
    """Yield the pieces of a script; Sphinx's search index is read as the data it is."""
    text = path.read_text(encoding="utf-8")
    found = _INDEX.match(text)
    if found:
        yield from of_index(json.loads(found[1]))
        return
    for quoted in _QUOTED.finditer(text):
        yield Piece(next(group for group in quoted.groups() if group is not None), "a text")
    for number, line in enumerate(text.splitlines(), 1):
        yield Piece(line[:2000], f"line {number}")


def of_index(index: dict[str, Any]) -> Iterator[Piece]:
    """Yield titles as they are, and the terms of each page together."""
    terms = {name: index.get(name, {}) for name in ("terms", "titleterms")}
    yield from of_json({k: v for k, v in index.items() if k not in terms}, "search index", "")
    pages: dict[int, list[str]] = {}
    for found in terms.values():
        for term, places in found.items():
            if term.isdigit() and len(term) < _TELLING:
                continue
            for page in places if isinstance(places, list) else [places]:
                pages.setdefault(page, []).append(term)
    names = index.get("docnames", [])
    for page, words in sorted(pages.items()):
        name = names[page] if page < len(names) else str(page)
        # Stemmed words do not say labels as pages do; the page's own titles are beside them.
        title = " ".join([*_titles(index, page), name])
        yield Piece(" ".join(words), f"terms of {name} in the search index", title)


def _titles(index: dict[str, Any], page: int) -> list[str]:
    titled = [title for title, places in index.get("alltitles", {}).items()
              if any(place[0] == page for place in places)]  # fmt: skip
    titles = index.get("titles", [])
    return [*titled, *(titles[page : page + 1])]
