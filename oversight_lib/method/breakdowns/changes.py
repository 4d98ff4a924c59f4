"""How the slope index changed within each area, from period to period and from first to last."""

from itertools import pairwise

import pandas as pd

from oversight_lib.frames import AREA_INEQUALITIES, AREA_INEQUALITY_CHANGES, INEQUALITIES
from oversight_lib.method.breakdowns.measures import LOCAL
from oversight_lib.method.inequality import slope_change


def changed(inequalities: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.AREA_INEQUALITY_CHANGES` of the slope index with ranks within the area.

    The two periods are taken as independent. Positive: the gap widened.
    """
    slopes = AREA_INEQUALITIES.check(inequalities).loc[lambda rows: rows["measure"] == LOCAL]
    parts = [
        part
        for (indicator, grouping), rows in slopes.groupby(["indicator", "grouping"])
        for part in _of_indicator(str(indicator), str(grouping), rows)
    ]
    if not parts:
        return AREA_INEQUALITY_CHANGES.empty()
    return AREA_INEQUALITY_CHANGES.arrange(pd.concat(parts))


def _of_indicator(indicator: str, grouping: str, rows: pd.DataFrame) -> list[pd.DataFrame]:
    periods = rows.sort_values("order")["period"].drop_duplicates().tolist()
    pairs = [*pairwise(periods), (periods[0], periods[-1])]
    tables = {period: _as_slopes(rows[rows["period"] == period]) for period in periods}
    return [
        slope_change(tables[before], tables[after]).assign(
            indicator=indicator, grouping=grouping, previous=before, period=after
        )
        for before, after in dict.fromkeys(pairs)
        if before != after
    ]


def _as_slopes(rows: pd.DataFrame) -> pd.DataFrame:
    return INEQUALITIES.arrange(rows.assign(measure="sii"))
