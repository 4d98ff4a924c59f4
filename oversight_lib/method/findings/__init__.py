"""Findings: what is worth saying about each page's subject, by rules of notice and without words.

Findings decide whether something is said, narrative decides how. They rest on the tables alone, are
made once an edition, and a reader can follow each to the row it was found in.
"""

import pandas as pd

from oversight_lib.frames import FINDINGS
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.findings import counts, inequality, peers, series, sure, trusts
from oversight_lib.method.findings.kinds import KINDS, SECTIONS
from oversight_lib.method.findings.sure import LIKELY
from oversight_lib.rules.model import Framework

__all__ = ["KINDS", "LIKELY", "SECTIONS", "findings"]

_ROWS = {"segments": ", scope=overall", "leave_out": ", reading=this trust"}
"""What else names a row of a table, besides whom it is about."""


def findings(assessment: Assessment, framework: Framework) -> pd.DataFrame:
    """Return the frame FINDINGS of an assessment and its further tables.

    In the order of a headline: position, change, why, how sure, what next, left behind. A change
    of an average is `clear` by the paired rule for one trust; `change_clear_together` counts
    those left when every comparison of an area is allowed for, at most one in twenty false.
    Signals of control charts are not adjusted: `boards_expected` says how many would be false.
    """
    areas = [
        counts.of_areas(assessment, framework),
        series.of_series(assessment),
        inequality.of_inequality(assessment),
        sure.reporting_periods(assessment, counts.memberships(assessment.organisations)),
    ]
    own = [
        sure.of_trusts(assessment, framework),
        trusts.of_trusts(assessment),
        peers.of_peers(assessment, framework),
    ]
    parts = [*areas, *(part.assign(page="trust") for part in own)]
    rows = pd.concat([part.astype("object") for part in parts], ignore_index=True)
    return FINDINGS.arrange(_arranged(rows, str(assessment.segments["quarter"].iloc[0])))


def _arranged(rows: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Return the findings with their section, their place in it, and where they were found."""
    known = rows.reindex(columns=FINDINGS.names).assign(quarter=quarter)
    noticed = known["kind"].map(KINDS)
    columns = {
        name: noticed.map(lambda kind, name=name: getattr(kind, name))
        for name in ("section", "table", "column", "noise_model")
    }
    places = known["kind"].map({kind: place for place, kind in enumerate(KINDS, 1)})
    return known.assign(
        **{**columns, "noise_model": known["noise_model"].fillna(columns["noise_model"])},
        place=places,
        row=known["row"].fillna(_row(known, columns["table"])),
        strength=known["strength"].fillna("exact"),
        licence=known["licence"].fillna("none"),
    )


def _row(rows: pd.DataFrame, tables: pd.Series) -> pd.Series:
    """Return whom a finding is about, as the key of a row or the condition of several."""
    names = rows["page"].map({"region": "region=", "icb": "icb=", "trust": "org="})
    about = (names + rows["code"]).fillna("England")
    return about + tables.map(_ROWS).fillna("")
