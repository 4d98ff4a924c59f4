"""Where trusts have their head office: what a reader may look for instead of a name."""

import csv
from pathlib import Path

import pandas as pd

from oversight_lib.frames import HEAD_OFFICES
from oversight_lib.intake import DATA
from oversight_lib.intake.series.places import bundled

_CODE, _TOWN, _POSTCODE = 0, 7, 9
"""Columns of the Organisation Data Service's file of NHS trusts, which has no header."""
_SMALL = frozenset({"upon", "on", "in", "under", "by", "le", "of", "the"})


def head_offices(data: Path = DATA) -> pd.DataFrame:
    """Return `frames.HEAD_OFFICES` of a data directory, or the bundled table."""
    return bundled(HEAD_OFFICES, data)


def published(path: Path) -> pd.DataFrame:
    """Return `frames.HEAD_OFFICES` of every trust in the Organisation Data Service's file (etr)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row[_CODE], row[_TOWN], row[_POSTCODE]) for row in csv.reader(file)]
    table = pd.DataFrame(rows, columns=["org", "town", "postcode"])
    named = table.assign(
        town=table["town"].map(_town), district=table["postcode"].str.split().str[0]
    )
    return HEAD_OFFICES.arrange(named)


def _town(capitals: str) -> str:
    """Return a town as it is written, as Ashton-under-Lyne for ASHTON-UNDER-LYNE."""
    return " ".join(
        "-".join(_word(part) for part in word.split("-")) for word in capitals.strip().split()
    )


def _word(capitals: str) -> str:
    lower = capitals.lower()
    return lower if lower in _SMALL else lower.capitalize()
