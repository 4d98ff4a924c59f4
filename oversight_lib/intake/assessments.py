"""Assessments opened for reading: the tables somebody made, or the bundled figures assessed now."""

import os
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import FINDINGS, REGISTER
from oversight_lib.intake import DATA, catalogue
from oversight_lib.intake.breakdowns import inequality_tables
from oversight_lib.intake.organisations import open_in, organisations
from oversight_lib.intake.publication import load_publication
from oversight_lib.intake.store import load_tables
from oversight_lib.intake.systems import system_tables
from oversight_lib.method import analysis
from oversight_lib.method.assessment import Assessment, assess
from oversight_lib.method.findings import findings
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework
from oversight_lib.rules.model import Framework

TABLES = "OVERSIGHT_TABLES"
"""The environment variable that names a folder `store.save_assessment` wrote to."""


def open_assessment(quarter: str) -> Assessment:
    """Return a quarter's assessment: the tables `OVERSIGHT_TABLES` names, or the bundled figures.

    Either way the further tables of `method.analysis` are there. Tables of another quarter are
    refused with `StoreError`: a page must not show them under this quarter's name.
    """
    wanted = Quarter.parse(quarter)
    folder = os.environ.get(TABLES)
    if not folder:
        return analysed(wanted, load_framework(wanted.year))
    assessment = _stored(Path(folder), _made(Path(folder)))
    found = sorted(assessment.quarters - {str(wanted)})
    if found:
        raise StoreError(
            f"the tables in {folder} are of {', '.join(found)}, not of {wanted}",
            do_this=f"set {TABLES} to the tables of {wanted}, or unset it",
        )
    return assessment


def analysed(
    quarter: Quarter, framework: Framework, *, data: Path = DATA, recompute: bool = False
) -> Assessment:
    """Return a quarter's assessment with every further table, from a data directory.

    It is compared with the quarters before it in the same framework year that the directory
    holds: under other rules a score means something else.
    """
    publication = load_publication(data, quarter, framework)
    before = [held for held in catalogue.quarters(data) if held < quarter]
    earlier = [
        assess(load_publication(data, held, framework), framework, recompute=recompute)
        for held in before
        if held.year == quarter.year
    ]
    assessment = assess(publication, framework, recompute=recompute)
    compared = analysis.analysed(assessment, publication, framework, earlier=earlier)
    further = system_tables(data, quarter) | inequality_tables(quarter, data)
    whole = compared.with_tables({**further, REGISTER.name: _register(data, quarter, compared)})
    return whole.with_tables({FINDINGS.name: findings(whole, framework)})


def back_tested(quarter: Quarter, framework: Framework, *, data: Path = DATA) -> Assessment:
    """Return a quarter's assessment and its whole back-test, without the further tables."""
    publication = load_publication(data, quarter, framework)
    return analysis.back_tested(assess(publication, framework), publication, framework)


def _register(data: Path, quarter: Quarter, assessed: Assessment) -> pd.DataFrame:
    """Return `frames.REGISTER`: the trusts assessed, and the others that were open."""
    mine = assessed.organisations.assign(loaded=True)
    every = open_in(organisations(data), quarter).assign(loaded=False)
    return REGISTER.arrange(pd.concat([mine, every]).drop_duplicates("org"))


@lru_cache(maxsize=1)
def _stored(folder: Path, made: int) -> Assessment:
    """Return the tables of a folder, read and checked once; when they were made tells old from new.

    Nothing in them may be changed: pages share them.
    """
    return Assessment.from_tables(load_tables(folder))


def _made(folder: Path) -> int:
    """Return when the newest table of a folder was written; 0 if there is none."""
    return max((table.stat().st_mtime_ns for table in folder.glob("*.parquet")), default=0)


@cache
def open_register(quarter: str) -> pd.DataFrame:
    """Return `frames.ORGANISATIONS`: every trust that was open in a quarter, loaded or not."""
    return open_in(organisations(), Quarter.parse(quarter)).reset_index(drop=True)
