"""Fingertips category types and categories: which breakdown each is, and which group."""

import re
from collections.abc import Iterator

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks

_ORDINALS = {"": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_PLACE = re.compile(r"(?:(second|third|fourth|fifth) )?(most|more|least|less) deprived", re.I)
_SIZES = {"decile": 10, "quintile": 5}


def dimension(category_type: str) -> str:
    """Return 'deprivation', 'ethnicity', "" for whole areas, or 'other' for what is not used."""
    words = category_type.casefold()
    if not words:
        return ""
    if "deprivation" in words and any(size in words for size in _SIZES):
        return "deprivation"
    return "ethnicity" if words.startswith("ethnic") else "other"


def group(category_type: str, category: str) -> int | None:
    """Return a deprivation category's place, 1 the most deprived; None if its words are others.

    “Fifth more deprived decile” is 5, “Fifth less deprived decile” 6, “Least …” the last.
    """
    size = next((n for word, n in _SIZES.items() if word in category_type.casefold()), 0)
    if size == 5 and category.casefold().startswith("middle"):
        return 3
    found = _PLACE.match(category)
    if not found or not size:
        return None
    place = _ORDINALS[(found[1] or "").casefold()]
    return place if found[2].casefold() in ("most", "more") else size + 1 - place


def unplaced(table: pd.DataFrame) -> Iterator[Problem]:
    """Yield a problem for deprivation categories whose place cannot be told from their words."""
    bad = table.loc[table["group"].isna() & table["dimension"].eq("deprivation"), "Category"]
    expected = "as “Most deprived decile” or “Second least deprived quintile”"
    yield from checks.faults(bad, "the place of {} cannot be told", expected)


def symbol(note: str) -> str:
    """Return the symbol of a missing value from its value note, in the publisher's words."""
    words = note.casefold()
    if "disclosure" in words or "small" in words:
        return "[c]"
    return "[u]" if "quality" in words or "incomplete" in words else "[x]"
