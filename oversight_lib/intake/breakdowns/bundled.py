"""The tables of `data/inequality/` that the repository carries, made from the publishers' files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib import frames
from oversight_lib.frames import Frame
from oversight_lib.intake.breakdowns import cvdprevent, deprivation, whole_areas
from oversight_lib.intake.breakdowns.cards import (
    LICENCE,
    Card,
    Indicator,
    SourceFile,
    attribution,
    card_bytes,
)
from oversight_lib.intake.breakdowns.places import areas_of
from oversight_lib.intake.cells import Cells, read_cells
from oversight_lib.intake.store import csv_bytes

FOLDER = "inequality"
_GOV = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
_QOF = (
    "https://digital.nhs.uk/data-and-information/publications/statistical/"
    "quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data"
)


@dataclass(frozen=True, slots=True)
class Published:
    """A publisher's file: where it lies in a folder of such files, and what it is."""

    path: str
    publisher: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """One table: its frame, the files behind it, how it is read, and what its card says."""

    name: str
    frame: Frame
    files: tuple[Published, ...]
    read: Callable[[Sequence[Cells], Path], pd.DataFrame]
    title: str
    period: str
    note: str
    indicator: Indicator | None = None


_SMALL_AREAS = Published(
    "publications/deprivation/imd2025_england_lsoa21.csv",
    "Ministry of Housing, Communities and Local Government",
    "English indices of deprivation 2025, by small area (2021 LSOA)", _GOV,
)  # fmt: skip
_LOOKUP = Published(
    "publications/deprivation/lookup_lsoa21_icb24.csv", "Office for National Statistics",
    "Small areas (2021 LSOA) to sub-ICB locations to integrated care boards (2024), lookup",
    "https://geoportal.statistics.gov.uk/",
)  # fmt: skip


def _cholesterol(cells: Sequence[Cells], data: Path) -> pd.DataFrame:
    return cvdprevent.cvdprevent(cells[0], areas_of(cells[0].table["AreaCode"], data))


BUNDLES: tuple[Bundle, ...] = (
    Bundle(
        "breakdowns/cvd-cholesterol", frames.BREAKDOWN_FIGURES,
        (Published("publications/deprivation/cvdprevent_CVDP003CHOL_by_quintile.csv",
                   cvdprevent.CHOLESTEROL.publisher, cvdprevent.CHOLESTEROL.title,
                   cvdprevent.CHOLESTEROL.page),),
        _cholesterol, "CVDPREVENT indicator CVDP003CHOL by national deprivation fifth",
        "To March 2023 to To December 2023, quarterly",
        "42 boards and England. Fifth 1 is the most deprived. Small numbers suppressed and counts "
        "of boards rounded to 5 by the publisher.", cvdprevent.CHOLESTEROL,
    ),
    Bundle(
        "deprivation-deciles", frames.DEPRIVATION_DECILES, (_SMALL_AREAS, _LOOKUP),
        lambda cells, data: deprivation.deciles(cells[0], cells[1], data),
        "Small areas of each integrated care board by national decile of deprivation", "2025",
        "Counted here from 33,755 small areas. Neither file has a population: these are counts of "
        "small areas, not of people.",
    ),
    Bundle(
        "icb-deprivation", frames.ICB_DEPRIVATION,
        (Published("publications/deprivation/imd2025_england_icb24.csv", _SMALL_AREAS.publisher,
                   "English indices of deprivation 2025, summaries by integrated care board",
                   _GOV),),
        lambda cells, data: deprivation.boards(cells[0], data),
        "Index of Multiple Deprivation 2025 by integrated care board", "2025",
        "The overall index only; the file also has its seven domains.",
    ),
    Bundle(
        "vaccination", frames.AREA_MEASURES,
        (Published("publications/qof/qof2425_icb_indicators_long.csv", "NHS England",
                   "Quality and Outcomes Framework 2024/25 by integrated care board, as tidied "
                   "by others", _QOF),),
        lambda cells, data: whole_areas.vaccination(cells[0], data),
        "Vaccination by integrated care board, Quality and Outcomes Framework", "2024/25",
        "Personalised care adjustments count in the base. Cervical screening and health checks in "
        "severe mental illness, from the same file, are in data/series.",
    ),
    Bundle(
        "health-index", frames.AREA_MEASURES,
        (Published("publications/health-index/england_health_index_ics.csv",
                   "Office for National Statistics", "Health Index for England by integrated care "
                   "system, as tidied by others",
                   "https://www.ons.gov.uk/peoplepopulationandcommunity/healthandsocialcare/"
                   "healthandwellbeing"),),
        lambda cells, data: whole_areas.health_index(cells[0], data),
        "Health Index by integrated care system, 2015 to 2021", "2015 to 2021",
        "Index numbers: England in 2015 is 100, higher is better. The series ends in 2021.",
    ),
)  # fmt: skip
"""Every table the repository carries; each is made again, byte for byte, from these files."""


def contents(folder: Path, data: Path) -> Mapping[Path, bytes]:
    """Return every bundled table and card, by path in `data`, from the publishers' files."""
    return {
        path: content
        for bundle in BUNDLES
        for path, content in _contents(bundle, folder, data / FOLDER, data).items()
    }


def _contents(bundle: Bundle, folder: Path, into: Path, data: Path) -> Mapping[Path, bytes]:
    cells = [read_cells(folder / file.path) for file in bundle.files]
    table = bundle.read(cells, data)
    return {
        into / f"{bundle.name}.csv": csv_bytes(bundle.frame, table),
        into / f"{bundle.name}.card.toml": card_bytes(_card(bundle, cells)),
    }


def _card(bundle: Bundle, cells: Sequence[Cells]) -> Card:
    sources = tuple(
        SourceFile(file.publisher, file.title, file.page, read.file, read.sha256)
        for file, read in zip(bundle.files, cells, strict=True)
    )
    return Card(
        title=bundle.title,
        period=bundle.period,
        licence=LICENCE,
        attribution=attribution(*(file.publisher for file in bundle.files)),
        policy="already-protected",
        note=bundle.note,
        source=sources,
        indicator=bundle.indicator,
    )
