"""The score needed with the cuts held, where scores cannot be made again from values."""

import numpy as np
import pandas as pd

from oversight_lib.method.assessment import Assessment
from oversight_lib.method.tables import Cut, Tables

_PRINTS_AS = 0.005 - 1e-6
"""How far above a cut, itself a hundredth, an average may lie and still be printed as the cut."""


def needed(rows: pd.DataFrame, tables: Tables, assessment: Assessment) -> pd.DataFrame:
    """Return the rows with `reachable`, `score_needed`, `reached` and `basis`; no value.

    The largest score in this metric with which the average is printed at or below the cut.
    """
    cuts = dict(enumerate(np.floor(tables.held * 100 + 1e-9) / 100, start=1))
    limit = rows["target"].map(cuts).astype(float) + _PRINTS_AS
    excess = (rows["average"] - limit).astype(float) * rows["metrics_counted"].astype(float)
    score = rows["score"] - excess / rows["weight"]
    reachable = score >= 1
    return rows.assign(
        reachable=reachable,
        score_needed=score.where(reachable).clip(upper=4),
        value_needed=np.nan,
        reached=rows["target"].where(reachable),
        basis=_why(tables, assessment),
    )


def _why(tables: Tables, assessment: Assessment) -> str:
    if tables.method is not Cut.BRACKETED:
        return "cuts held, no value: the value behind this score is not published or not complete"
    lacking = assessment.cuts["lacking"].dropna()
    return (
        f"cuts held, no value: the pool lacks {lacking.iloc[0]} trusts, so nobody can be scored "
        "again"
    )
