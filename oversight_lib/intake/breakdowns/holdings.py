"""What `data/inequality/` holds, as the tables of an assessment; and what of it may not be seen."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from oversight_lib import frames
from oversight_lib.frames import Frame
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns.bundled import FOLDER
from oversight_lib.intake.breakdowns.cards import Card, Indicator, read_card
from oversight_lib.intake.organisations import icbs, regions
from oversight_lib.intake.series.places import bundled as bundled_table
from oversight_lib.intake.store import read_csv
from oversight_lib.method import breakdowns
from oversight_lib.method.disclosure.secret import Secret
from oversight_lib.periods import Quarter

WHOLE_AREAS = ("health-index", "vaccination")


def inequality_tables(quarter: Quarter, data: Path = DATA) -> dict[str, pd.DataFrame]:
    """Return, by frame name, every table about inequalities, for the boards open in a quarter.

    A data directory that brings none of its own has none.
    """
    boards = icbs(data, quarter)
    held = _indicators(data)
    figures = [_shown(indicator, table, boards) for indicator, table in held]
    indicators = _stacked(frames.INDICATORS, [indicator.row() for indicator, _ in held])
    broken = _stacked(frames.BREAKDOWN_FIGURES, figures)
    measures = breakdowns.measured(indicators, broken)
    deciles = _read(frames.DEPRIVATION_DECILES, "deprivation-deciles", data)
    made = {
        frames.INDICATORS: indicators,
        frames.BREAKDOWN_FIGURES: broken,
        frames.AREA_INEQUALITIES: measures,
        frames.AREA_INEQUALITY_CHANGES: breakdowns.changed(measures),
        frames.DEPRIVATION_DECILES: breakdowns.deciles_of_areas(deciles, boards),
        frames.ICB_DEPRIVATION: _read(frames.ICB_DEPRIVATION, "icb-deprivation", data),
        frames.AREA_MEASURES: _stacked(
            frames.AREA_MEASURES, [_read(frames.AREA_MEASURES, name, data) for name in WHOLE_AREAS]
        ),
        frames.SERVED: breakdowns.served(bundled_table(frames.ADMISSIONS, data), deciles),
        frames.INEQUALITY_SOURCES: _sources(data),
    }
    return {frame.name: table for frame, table in made.items()}


def secrets(data: Path = DATA) -> list[Secret]:
    """Return what may not be seen of the breakdowns a data directory holds."""
    names = _names(data)
    return [
        secret
        for indicator, table in _indicators(data)
        for secret in breakdowns.secrets(
            table,
            policy_id=indicator.policy,
            per=indicator.per,
            names={**names, indicator.indicator: (indicator.name, indicator.short)},
        )
    ]


def cards(data: Path = DATA) -> list[Card]:
    """Return the source cards of what a data directory holds, by name of the table."""
    return [read_card(path) for path in sorted((data / FOLDER).rglob("*.card.toml"))]


def _sources(data: Path) -> pd.DataFrame:
    rows = [
        {
            "title": card.title, "period": card.period, "publisher": source.publisher,
            "publication": source.title, "page": source.page, "file": source.file,
            "sha256": source.sha256, "licence": card.licence, "policy": card.policy,
            "note": card.note or None,
        }
        for card in cards(data)
        for source in card.source
    ]  # fmt: skip
    if not rows:
        return frames.INEQUALITY_SOURCES.empty()
    return frames.INEQUALITY_SOURCES.arrange(pd.DataFrame(rows))


def _names(data: Path) -> Mapping[str, tuple[str, ...]]:
    boards, areas = icbs(data), regions(data)
    pairs = [*zip(boards["icb"], boards["name"], strict=True),
             *zip(areas["region"], areas["name"], strict=True)]  # fmt: skip
    short = {
        code: name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
        for code, name in pairs
    }
    return {code: (name, short[code]) for code, name in pairs}


def _shown(indicator: Indicator, table: pd.DataFrame, boards: pd.DataFrame) -> pd.DataFrame:
    visible = breakdowns.shown(table, policy_id=indicator.policy, per=indicator.per)
    return breakdowns.with_regions(visible, boards, per=indicator.per)


def _indicators(data: Path) -> list[tuple[Indicator, pd.DataFrame]]:
    tables = sorted((data / FOLDER / "breakdowns").glob("*.csv"))
    held = [(read_card(path.with_suffix(".card.toml")).indicator, path) for path in tables]
    return [
        (indicator, read_csv(frames.BREAKDOWN_FIGURES, path))
        for indicator, path in held
        if indicator
    ]


def _read(frame: Frame, name: str, data: Path) -> pd.DataFrame:
    path = data / FOLDER / f"{name}.csv"
    return read_csv(frame, path) if path.exists() else frame.empty()


def _stacked(frame: Frame, tables: list[pd.DataFrame]) -> pd.DataFrame:
    rows = [table for table in tables if len(table)]
    return frame.arrange(pd.concat(rows)) if rows else frame.empty()
