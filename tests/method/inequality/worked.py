"""Worked data with their sources, and breakdowns made of arrays; no tests here."""

import numpy as np
import pandas as pd

from oversight_lib.method.inequality import Breakdown, Measure, from_limits, read

# CVDPREVENT indicator CVDP003CHOL, "To December 2023", NHS Humber and North Yorkshire ICB
# (E54000051) by national deprivation fifth, and England's denominators in the same table:
# percentage of people with a QRISK score of 20% or more who are on lipid-lowering therapy.
CHOLESTEROL = pd.DataFrame(
    {
        "area": "E54000051",
        "group": [1, 2, 3, 4, 5],
        "population": [13105, 12355, 17775, 22550, 22595],
        "value": [65.61, 60.50, 57.31, 57.30, 55.46],
        "low": [64.79, 59.63, 56.58, 56.66, 54.82],
        "high": [66.42, 61.36, 58.03, 57.95, 56.11],
    }
)
ENGLAND = [520394, 538827, 573381, 583265, 566305]
COUNTS = [8595, 7475, 10185, 12920, 12530]

# WHO healthequal's example of an ordered dimension: five groups of 20 to 60 per cent.
WHO_VALUES, WHO_PEOPLE = [20, 30, 40, 50, 60], [78, 91, 162, 103, 105]

PERCENT = Measure("higher", low=0, high=100, per=100)
ADVERSE = Measure("lower", low=0, per=1)


def cholesterol() -> Breakdown:
    return read(from_limits(CHOLESTEROL), groups=5, grouping="IMD 2019, national fifths")


def cells(value, population, error) -> pd.DataFrame:
    """Rows of the breakdowns table from arrays of areas x groups."""
    value = np.atleast_2d(np.asarray(value, float))
    population = np.broadcast_to(np.asarray(population, float), value.shape)
    error = np.broadcast_to(np.asarray(error, float), value.shape)
    count, groups = value.shape
    table = {
        "area": np.repeat([f"A{i:02d}" for i in range(count)], groups),
        "group": np.tile(np.arange(1, groups + 1), count),
        "population": population.ravel(),
        "value": value.ravel(),
        "standard_error": error.ravel(),
        "count": np.nan,
    }
    return pd.DataFrame(table).astype({"area": "str", "group": "Int64"})


def breakdown(value, population, error, **options) -> Breakdown:
    table = cells(value, population, error)
    return read(table, groups=int(table["group"].max()), grouping="fifths", **options)


def one(table: pd.DataFrame, measure: str) -> pd.Series:
    """Return the only row of the measure."""
    (row,) = [row for _, row in table.loc[table["measure"] == measure].iterrows()]
    return row
