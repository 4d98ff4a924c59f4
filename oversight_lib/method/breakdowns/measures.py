"""Inequality measures of every area, indicator and period; areas are not compared."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from oversight_lib.frames import AREA_INEQUALITIES, BREAKDOWNS, INDICATORS
from oversight_lib.method.inequality import (
    Breakdown,
    Measure,
    from_counts,
    from_limits,
    gaps,
    read,
    slope_index,
)
from oversight_lib.method.inequality.breakdown import Scale
from oversight_lib.method.inequality.estimate import FloatArray

ENGLAND = "ENG"
LOCAL, NATIONAL = "sii_local", "sii_national"


def measured(indicators: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.AREA_INEQUALITIES` of every breakdown by deprivation.

    Measures: `sii_local`, `rii_local` (ranks within the area: for change within it),
    `sii_national`, `rii_national` (ranks of England's people, where it is there and the groups are
    national), `gap` and `ratio`. Positive, or above 1, is worse for the most deprived.
    """
    parts = [
        part.assign(indicator=row["indicator"], period=key[0], order=key[1])
        for row in INDICATORS.check(indicators).to_dict("records")
        for key, rows in _breakdowns(figures, str(row["indicator"]))
        for part in _measures(row, rows)
    ]
    return AREA_INEQUALITIES.arrange(pd.concat(parts)) if parts else AREA_INEQUALITIES.empty()


def _breakdowns(
    figures: pd.DataFrame, indicator: str
) -> Iterator[tuple[tuple[str, str, str], pd.DataFrame]]:
    mine = figures[(figures["indicator"] == indicator) & (figures["dimension"] == "deprivation")]
    for key, rows in mine.groupby(["period", "order", "grouping"]):
        if rows["group"].notna().any():
            yield (str(key[0]), str(key[1]), str(key[2])), rows


def measure_of(row: Mapping[Any, Any]) -> Measure:
    """Return what an indicator's values are."""
    low, high = (None if pd.isna(row[name]) else float(row[name]) for name in ("lowest", "highest"))
    return Measure(row["better"], low, high, float(row["per"]))


def _measures(row: Mapping[Any, Any], rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    breakdown, measure = breakdown_of(row, rows), measure_of(row)
    yield _named(slope_index(breakdown, measure), "local")
    national = _national(breakdown)
    if national is not None:
        yield _named(slope_index(breakdown, measure, national=national), "national")
    yield gaps(breakdown, measure)


def breakdown_of(row: Mapping[Any, Any], rows: pd.DataFrame) -> Breakdown:
    """Return the breakdown of one indicator, period and grouping.

    Where there are published limits the values are the published ones and the errors those of the
    limits; elsewhere both are made from counts.
    """
    limited = rows[["value", "low", "high"]].notna().all(axis=1)
    top = 1.0 if pd.isna(row["highest"]) else float(row["highest"])
    tables = [
        from_limits(rows[limited], symmetric=_scale(row), top=top),
        from_counts(rows[~limited], per=float(row["per"])),
    ]
    table = pd.concat([table for table in tables if len(table)])
    groups, grouping = int(rows["group"].max()), str(rows["grouping"].iloc[0])
    return read(BREAKDOWNS.arrange(table), groups=groups, grouping=grouping)


def _scale(row: Mapping[Any, Any]) -> Scale:
    scales: dict[str, Scale] = {"value": "value", "log": "log", "logit": "logit"}
    return scales[str(row["symmetric"])]


def _national(breakdown: Breakdown) -> FloatArray | None:
    """Return England's people by group; None without them, or if groups are made in each area."""
    if ENGLAND not in breakdown.areas or "within area" in breakdown.grouping:
        return None
    people = breakdown.population[breakdown.areas.get_loc(ENGLAND)]
    return people if (people > 0).all() and not np.isnan(people).any() else None


def _named(table: pd.DataFrame, ranks: str) -> pd.DataFrame:
    return table.assign(measure=table["measure"] + f"_{ranks}")
