"""Assessments opened for reading: the tables somebody made, or the bundled figures assessed now."""

import os
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns import inequality_tables
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
        assessed = assess(load_publication(DATA, wanted, framework), framework)
        return assessed.with_tables(inequality_tables(wanted))
    assessment = Assessment.from_tables(load_tables(Path(folder)))
    found = sorted(set(assessment.segments["quarter"]) - {str(wanted)})
    if found:
        raise StoreError(
            f"the tables in {folder} are of {', '.join(found)}, not of {wanted}",
            do_this=f"set {TABLES} to the tables of {wanted}, or unset it",
        )
    return assessment


def open_register(quarter: str) -> pd.DataFrame:
    """Return `frames.ORGANISATIONS`: every trust that was open in a quarter, loaded or not."""
    return open_in(organisations(), Quarter.parse(quarter)).reset_index(drop=True)
