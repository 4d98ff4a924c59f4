"""Where the values of a trust lie among those of its type: description, with no chance in it."""

import numpy as np
import pandas as pd

from oversight_lib.method.assessment import Assessment
from oversight_lib.rules.model import Framework

NEARER, MIDDLE, FURTHER = "nearer quarter", "middle half", "further quarter"
"""The quarter of a type's values on the better side, the half between, the other quarter."""

PLACES = (NEARER, MIDDLE, FURTHER)


def places(rows: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return `org`, `metric` and `place` of every value that has published quartiles.

    `rows` as OBSERVATIONS. The quartiles are the publisher's, of the trust type. A value equal to
    one is in the middle half. This describes a list and tests nothing. Metrics without a direction,
    and counts of trusts without a usable threshold, have no place.
    """
    better = {metric.id: metric.better for metric in framework.metric}
    ways = rows["metric"].map(better)
    known = rows[rows[["lower_quartile", "upper_quartile"]].notna().all(axis=1) & ways.ne("none")]
    known = known[known["unit"].ne(_small_units(known, framework))]
    low = known["value"].lt(known["lower_quartile"])
    high = known["value"].gt(known["upper_quartile"])
    lower = known["metric"].map(better).eq("lower")
    found = np.select(
        [(low & lower) | (high & ~lower), (low & ~lower) | (high & lower)],
        [NEARER, FURTHER], MIDDLE,
    )  # fmt: skip
    return known[["org", "metric"]].assign(place=found)


def _small_units(rows: pd.DataFrame, framework: Framework) -> "pd.Series[str]":
    """Return, row by row, the unit that says a value is a bare count; empty where none does."""
    small = {
        metric.id: metric.small_numbers.unit for metric in framework.metric if metric.small_numbers
    }
    return rows["metric"].map(small).fillna("")


def of_peers(assessment: Assessment, framework: Framework) -> pd.DataFrame:
    """Return how many of each trust's values lie in each place: `code`, `item`, `value`, `n`."""
    rows = places(assessment.observations, framework)
    counts = pd.crosstab(rows["org"], rows["place"])
    whole = counts.reindex(columns=list(PLACES), fill_value=0)
    long = whole.rename_axis(None, axis=1).melt(ignore_index=False, var_name="item").reset_index()
    every = whole.sum(axis=1)
    return long.rename(columns={"org": "code"}).assign(kind="among_peers", n=long["org"].map(every))
