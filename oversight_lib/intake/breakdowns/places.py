"""The areas of breakdowns: our code for every code a publisher gives one."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from oversight_lib.intake.series.places import ENGLAND, read_places

_NEW_REGIONS: Mapping[str, str] = {"E40000013": "Y61", "E40000014": "Y62"}
"""ONS codes of two regions since April 2024; see data/organisations/regions.card.toml."""


def area_codes(data: Path) -> dict[str, str]:
    """Return, for each ONS or ODS code of England, a region or a board, the code we use."""
    return {"England": ENGLAND, **_NEW_REGIONS, **read_places(data).area_of}


def areas_of(codes: "pd.Series[str]", data: Path) -> "pd.Series[str]":
    """Return our code of each area; missing where it is no area of ours."""
    return codes.map(area_codes(data)).astype("str")
