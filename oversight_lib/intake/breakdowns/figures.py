"""BREAKDOWN_FIGURES from columns that a reader has named, the others filled in as missing."""

import pandas as pd

from oversight_lib.frames import BREAKDOWN_FIGURES

NOT_STATED = "not stated"
_NUMBERS = ("value", "low", "high", "count", "population")
_OPTIONAL = {"group": pd.NA, "symbol": None, "summed": False} | dict.fromkeys(
    _NUMBERS, float("nan")
)


def figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as `frames.BREAKDOWN_FIGURES`; a column that is not there is missing."""
    filled = rows.copy()
    for name, fill in _OPTIONAL.items():
        filled[name] = filled.get(name, fill)
    return BREAKDOWN_FIGURES.arrange(filled)
