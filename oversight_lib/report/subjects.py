"""Whom a page is about, by code: England, a region, an integrated care board or a trust."""

from dataclasses import replace

import pandas as pd

from oversight_lib.errors import UnknownNameError
from oversight_lib.frames import ORGANISATIONS
from oversight_lib.method.assessment import Assessment
from oversight_lib.report.links import Kind
from oversight_lib.report.views import View
from oversight_lib.rules import load_framework


def england(assessment: Assessment, register: pd.DataFrame) -> View:
    """Return the view of England: every trust of the assessment."""
    return _view("england", "", "England", assessment, _everybody(assessment, register))


def region(assessment: Assessment, register: pd.DataFrame, code: str) -> View:
    """Return the view of a region by its code."""
    rows = _rows(_everybody(assessment, register), "region", code)
    return _view("region", code, str(rows["region_name"].iloc[0]), assessment, rows)


def icb(assessment: Assessment, register: pd.DataFrame, code: str) -> View:
    """Return the view of an integrated care board by its code."""
    rows = _rows(_everybody(assessment, register), "icb", code)
    return _view("icb", code, str(rows["icb_name"].iloc[0]), assessment, rows)


def trust(assessment: Assessment, code: str) -> View:
    """Return the view of a trust by its code; refused where the trust is not loaded."""
    rows = _rows(assessment.organisations, "org", code)
    page = _view("trust", code, str(rows["name"].iloc[0]), assessment, rows)
    return replace(page, of_type=str(rows["trust_type"].iloc[0]))


def _view(kind: Kind, code: str, name: str, assessment: Assessment, register: pd.DataFrame) -> View:
    framework = load_framework(assessment.quarter.year)
    return View(kind, code, name, assessment, framework, register)


def _everybody(assessment: Assessment, register: pd.DataFrame) -> pd.DataFrame:
    """Return the trusts of the assessment and the others of the register."""
    both = pd.concat([assessment.organisations, register])
    return ORGANISATIONS.arrange(both.drop_duplicates("org"))


def _rows(table: pd.DataFrame, column: str, code: str) -> pd.DataFrame:
    rows = ORGANISATIONS.check(table)[table[column] == code]
    if rows.empty:
        raise UnknownNameError(
            f'there is no {column.replace("org", "trust")} "{code}" to make a page about',
            do_this="see `oversight list` for the codes, and which trusts are loaded",
        )
    return rows.reset_index(drop=True)
