"""Which published tables a data directory holds, and where."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib import frames
from oversight_lib.errors import UnknownNameError
from oversight_lib.frames import Frame
from oversight_lib.intake import DATA
from oversight_lib.intake.cards import Card, read_card
from oversight_lib.intake.layouts import Kind
from oversight_lib.intake.store import read_csv
from oversight_lib.periods import Quarter

FRAMES: dict[Kind, Frame] = {Kind.FIGURES: frames.PUBLISHED, Kind.LEAGUE: frames.LEAGUE}


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """One published table: its quarter, trust type and kind."""

    quarter: Quarter
    trust_type: str
    kind: Kind

    @property
    def stem(self) -> str:
        """Its file's name without suffix."""
        return self.trust_type + ("-league" if self.kind is Kind.LEAGUE else "")

    def table_path(self, data: Path) -> Path:
        """Where its table is or goes."""
        return data / "oversight" / str(self.quarter) / f"{self.stem}.csv"

    def card_path(self, data: Path) -> Path:
        """Where its source card is or goes."""
        return data / "oversight" / str(self.quarter) / f"{self.stem}.card.toml"


def holdings(data: Path = DATA) -> list[Holding]:
    """Return what the data directory holds, by quarter, trust type and kind."""
    return sorted(
        _holding(path)
        for path in (data / "oversight").glob("*/*.csv")
        if re.fullmatch(r"\d{4}-\d\d-q[1-4]", path.parent.name)
    )


def _holding(path: Path) -> Holding:
    kind = Kind.LEAGUE if path.stem.endswith("-league") else Kind.FIGURES
    return Holding(Quarter.parse(path.parent.name), path.stem.removesuffix("-league"), kind)


def quarters(data: Path = DATA) -> list[Quarter]:
    """Return the quarters for which the data directory holds figures, oldest first."""
    return sorted({found.quarter for found in holdings(data) if found.kind is Kind.FIGURES})


def of_quarter(data: Path, quarter: Quarter) -> list[Holding]:
    """Return what the data directory holds for a quarter; refuse one without figures."""
    if quarter not in quarters(data):
        raise UnknownNameError(
            f"there are no figures for {quarter.label}",
            [f"at hand: {', '.join(map(str, quarters(data))) or 'no quarter'}"],
            "choose one of these, or take the publication in with `oversight intake FILE`",
        )
    return [found for found in holdings(data) if found.quarter == quarter]


def read_table(data: Path, holding: Holding) -> pd.DataFrame:
    """Return a published table as stored: `frames.PUBLISHED` or `frames.LEAGUE`."""
    return read_csv(FRAMES[holding.kind], holding.table_path(data))


def read_source(data: Path, holding: Holding) -> Card:
    """Return the source card of a published table."""
    return read_card(holding.card_path(data))
