"""Rows of a series made from counts or percentages: one value, one unit, one reason."""

import pandas as pd

from oversight_lib.frames import SERIES
from oversight_lib.rules import measures

NO_BASE = "nothing was counted: the base is 0"
NOT_PUBLISHED = "not published"


def series(table: pd.DataFrame, measure: str, *, source: str) -> pd.DataFrame:
    """Return `frames.SERIES` for one measure from area_kind, area, period and some figures.

    `value` is made of `numerator` and `denominator` where the table does not have it: the share in
    percent, missing where the base is 0. Columns that are not there are missing.
    """
    rows = table.reindex(columns=[*SERIES.names]).assign(
        measure=measure, unit=measures()[measure].unit, source=source
    )
    if "value" not in table:
        base = rows["denominator"].astype("float64")
        share = 100 * rows["numerator"].astype("float64") / base.where(base > 0)
        why = rows["reason"].astype("object").mask(base.eq(0), NO_BASE)
        rows = rows.assign(value=share, reason=why.mask(share.isna() & why.isna(), NOT_PUBLISHED))
    return SERIES.arrange(rows)


def withheld(table: pd.DataFrame, where: "pd.Series[bool]", reason: str) -> pd.DataFrame:
    """Return the rows without any figure where a condition holds, and with the reason."""
    return table.assign(
        numerator=table["numerator"].mask(where),
        denominator=table["denominator"].mask(where),
        value=table["value"].mask(where),
        low=table["low"].mask(where),
        high=table["high"].mask(where),
        reason=table["reason"].mask(where, reason),
    )
