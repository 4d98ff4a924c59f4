"""The areas a series can be about, by whatever code a file has for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from oversight_lib.frames import (
    EMERGENCY_PROVIDERS,
    FORMER_CODES,
    ICBS,
    LOCATIONS,
    REGIONS,
    Frame,
)
from oversight_lib.intake import DATA
from oversight_lib.intake.store import read_csv

ENGLAND = "ENG"
"""The code of England in a series."""


@dataclass(frozen=True)
class Places:
    """Boards, regions, the former codes of boards, and where providers are counted."""

    boards: pd.DataFrame
    regions: pd.DataFrame
    former: pd.DataFrame
    providers: pd.DataFrame
    locations: pd.DataFrame

    @cached_property
    def board_of(self) -> Mapping[str, str]:
        """The ODS code of every board by its ODS code and by every ONS code it has had."""
        codes = zip(self.boards["icb"], self.boards["ons_code"], strict=True)
        known = {code: icb for icb, ons in codes for code in (icb, ons)}
        return dict(zip(self.former["ons_code"], self.former["icb"], strict=True)) | known

    @cached_property
    def area_of(self) -> Mapping[str, str]:
        """Our code of every area by the codes that a file can have for it."""
        regions = zip(self.regions["region"], self.regions["ons_code"], strict=True)
        of_regions = {code: region for region, ons in regions for code in (region, ons)}
        england = dict.fromkeys((ENGLAND, "ENGLAND", "E92000001"), ENGLAND)
        return {**england, **of_regions, **self.board_of}

    @cached_property
    def board_of_provider(self) -> Mapping[str, str]:
        """The board each provider of emergency care is counted in."""
        return dict(zip(self.providers["org"], self.providers["icb"], strict=True))

    @cached_property
    def board_of_location(self) -> Mapping[str, str]:
        """The board of each sub-ICB location."""
        return dict(zip(self.locations["location"], self.locations["icb"], strict=True))

    def kinds(self, areas: "pd.Series[str]") -> "pd.Series[str]":
        """Return whether each area is England, a region or a board."""
        kind = {ENGLAND: "england"} | dict.fromkeys(self.regions["region"], "region")
        return areas.map(kind).fillna("icb").astype("str")


def read_places(data: Path = DATA) -> Places:
    """Return the areas a data directory knows; a table it does not bring is the bundled one."""
    frames = (ICBS, REGIONS, FORMER_CODES, EMERGENCY_PROVIDERS, LOCATIONS)
    return Places(*(bundled(frame, data) for frame in frames))


def bundled(frame: Frame, data: Path) -> pd.DataFrame:
    """Return a table of organisations of a data directory, or the bundled one."""
    own = data / "organisations" / f"{frame.name}.csv"
    return read_csv(frame, own if own.exists() else DATA / "organisations" / own.name)
