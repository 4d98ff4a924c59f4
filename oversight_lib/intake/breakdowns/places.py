"""The areas of breakdowns: our code for every code a publisher gives one."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from oversight_lib.intake.organisations import icbs, regions

ENGLAND = "ENG"
_ENGLANDS = ("ENG", "ENGLAND", "E92000001", "England")
_FORMER: Mapping[str, str] = {"E54000052": "QXU", "E54000053": "QNX"}
"""Codes of Surrey Heartlands and of Sussex until their boundary changed in 2023."""
_NEW_REGIONS: Mapping[str, str] = {"E40000013": "Y61", "E40000014": "Y62"}
"""ONS codes of two regions since April 2024; see data/organisations/regions.card.toml."""


def area_codes(data: Path) -> dict[str, str]:
    """Return, for each ONS or ODS code of England, a region or a board, the code we use."""
    boards, areas = icbs(data), regions(data)
    return {
        **_FORMER,
        **_NEW_REGIONS,
        **dict.fromkeys(_ENGLANDS, ENGLAND),
        **_pairs(boards, "icb"),
        **_pairs(areas, "region"),
    }


def areas_of(codes: "pd.Series[str]", data: Path) -> "pd.Series[str]":
    """Return our code of each area; missing where it is no area of ours."""
    return codes.map(area_codes(data)).astype("str")


def _pairs(table: pd.DataFrame, code: str) -> dict[str, str]:
    coded = table.dropna(subset=["ons_code"])
    ours = dict(zip(table[code], table[code], strict=True))
    return dict(zip(coded["ons_code"], coded[code], strict=True)) | ours
