"""Assessments opened for reading: the tables somebody made, or the bundled figures assessed now."""

import os
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import open_in, organisations
from oversight_lib.intake.publication import load_publication
from oversight_lib.intake.store import load_tables
from oversight_lib.method.assessment import Assessment, assess
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework

TABLES = "OVERSIGHT_TABLES"
"""The environment variable that names a folder `store.save_assessment` wrote to."""


def open_assessment(quarter: str) -> Assessment:
    """Return a quarter's assessment: the tables `OVERSIGHT_TABLES` names, or the bundled figures.

    Tables of another quarter are refused with `StoreError`: a page must not show them under this
    quarter's name.
    """
    wanted = Quarter.parse(quarter)
    folder = os.environ.get(TABLES)
    if not folder:
        framework = load_framework(wanted.year)
        return assess(load_publication(DATA, wanted, framework), framework)
    assessment = _stored(Path(folder), _made(Path(folder)))
    found = sorted(set(assessment.segments["quarter"]) - {str(wanted)})
    if found:
        raise StoreError(
            f"the tables in {folder} are of {', '.join(found)}, not of {wanted}",
            do_this=f"set {TABLES} to the tables of {wanted}, or unset it",
        )
    return assessment


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
