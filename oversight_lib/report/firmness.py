"""How firmly the page's trusts sit in their segments, in the words and order of the page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from oversight_lib.frames import FIRMNESS, SENSITIVITY
from oversight_lib.method.cells import Cell
from oversight_lib.method.findings import LIKELY
from oversight_lib.method.findings.sure import own_chances
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, listed
from oversight_lib.report.numbers import segment
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

MODELS = {RESAMPLED: "Its own metrics resampled", QUARTERLY: "Quarter-to-quarter variation"}
"""The models of noise by their name in the frame, in the order they are shown."""

Row = Mapping[Any, Any] | pd.Series
"""A row of FIRMNESS."""

_CHANCES = ["p1", "p2", "p3", "p4"]


def models(page: View) -> pd.DataFrame:
    """Return the rows of FIRMNESS the page is about, in the order of `MODELS`."""
    rows = page.further(FIRMNESS)
    places = rows["noise_model"].map({name: place for place, name in enumerate(MODELS)})
    return rows.assign(place=places).sort_values(["org", "place"], ignore_index=True)


def chances(row: Row) -> Bound:
    """Return the chances that are not 0, as 55% segment 3 and 45% segment 4."""
    told = [
        say("firmness.chance", chance=bound(formats.chance(row[name]), _at(row, name)),
            segment=segment(name[1:]))
        for name in _CHANCES
        if not formats.is_missing(row[name]) and row[name] > 0
    ]  # fmt: skip
    return listed(told) if told else Bound(formats.Absent.NOT_APPLICABLE)


def _at(row: Row, name: str) -> Cell:
    return Cell.of(FIRMNESS.name, name, org=row["org"], noise_model=row["noise_model"])


def watched(page: View) -> pd.DataFrame:
    """Return the page's trusts that are near a cut: another segment has a fair chance.

    Those whose own segment has a chance below `LIKELY`, under quarter-to-quarter variation where
    three quarters of their type are loaded, and with their own metrics resampled where not. The
    smallest chance comes first. Has `told`, the chances in words, and `gap`, the smaller of the
    distances from the average to the cuts on either side.
    """
    rows = models(page).drop_duplicates("org", keep="last")
    own = own_chances(rows)
    near = rows.assign(own=own)[own.lt(LIKELY - 1e-9)]
    distances = page.further(SENSITIVITY)[["org", "above_better_cut", "below_worse_cut"]]
    who = page.trusts[["org", "name", "trust_type", "average", "region", "region_name"]]
    both = near.merge(who, on="org").merge(distances, on="org", how="left")
    told = [chances(row) for _, row in both.iterrows()]
    return both.assign(told=told).sort_values(["own", "name", "org"], ignore_index=True)
