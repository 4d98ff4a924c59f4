"""How firmly the page's trusts sit in their segments, in the words and order of the page."""

import pandas as pd

from oversight_lib.frames import FIRMNESS, SENSITIVITY
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.report import formats
from oversight_lib.report.views import View

MODELS = {RESAMPLED: "Its own metrics resampled", QUARTERLY: "Quarter-to-quarter variation"}
"""The models of noise by their name in the frame, in the order they are shown."""

LIKELY = 0.7
"""The chance of its own segment below which a trust is on the watch list: not even 'likely'."""

_CHANCES = ["p1", "p2", "p3", "p4"]


def models(page: View) -> pd.DataFrame:
    """Return the rows of FIRMNESS the page is about, in the order of `MODELS`."""
    rows = page.further(FIRMNESS)
    places = rows["noise_model"].map({name: place for place, name in enumerate(MODELS)})
    return rows.assign(place=places).sort_values(["org", "place"], ignore_index=True)


def chances(row: pd.Series) -> str:
    """Return the chances that are not 0, as 55% segment 3 and 45% segment 4."""
    told = [
        f"{formats.chance(row[name])} segment\N{NO-BREAK SPACE}{name[1:]}"
        for name in _CHANCES
        if not formats.is_missing(row[name]) and row[name] > 0
    ]
    return formats.listed(told) if told else str(formats.Absent.NOT_APPLICABLE)


def watched(page: View) -> pd.DataFrame:
    """Return the page's trusts that are near a cut: another segment has a fair chance.

    Those whose own segment has a chance below `LIKELY`, under quarter-to-quarter variation where
    three quarters of their type are loaded, and with their own metrics resampled where not. The
    smallest chance comes first. Has `told`, the chances in words, and `gap`, the smaller of the
    distances from the average to the cuts on either side.
    """
    rows = models(page).drop_duplicates("org", keep="last")
    own = pd.concat([rows[name].where(rows["segment"].eq(int(name[1:]))) for name in _CHANCES],
                    axis=1).max(axis=1)  # fmt: skip
    near = rows.assign(own=own)[own.lt(LIKELY - 1e-9)]
    distances = page.further(SENSITIVITY)[["org", "above_better_cut", "below_worse_cut"]]
    who = page.trusts[["org", "name", "trust_type", "average", "region", "region_name"]]
    both = near.merge(who, on="org").merge(distances, on="org", how="left")
    told = [chances(row) for _, row in both.iterrows()]
    return both.assign(told=told).sort_values(["own", "name", "org"], ignore_index=True)
