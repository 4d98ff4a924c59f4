"""Rows of the `INEQUALITIES` table, with refused areas in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from oversight_lib.frames import INEQUALITIES
from oversight_lib.method.inequality.breakdown import Breakdown
from oversight_lib.method.inequality.estimate import FloatArray, TextArray


@dataclass(frozen=True, slots=True)
class Result:
    """One measure for the areas that have one; `reason` is "" where the number stands."""

    measure: str
    method: str
    value: FloatArray
    low: FloatArray
    high: FloatArray
    reason: TextArray | None = None
    standard_error: FloatArray | None = None


def symmetric(measure: str, method: str, value: FloatArray, error: FloatArray, z: float) -> Result:
    """Return the result whose limits are z standard errors either side."""
    return Result(
        measure, method, value, value - z * error, value + z * error, standard_error=error
    )


def usable(breakdown: Breakdown) -> Breakdown:
    """Return the areas of the breakdown that have no reason against a measure."""
    return breakdown.take(breakdown.reasons() == "")


def tabulate(breakdown: Breakdown, results: Sequence[Result], *, confidence: float,
             diagnostics: Mapping[str, FloatArray] | None = None) -> pd.DataFrame:  # fmt: skip
    """Return the `INEQUALITIES` rows: results of usable areas, reasons for all others.

    A row whose own result has a reason keeps its diagnostics but shows no number.
    """
    stands = breakdown.reasons() == ""
    parts = [
        part
        for result in results
        for part in (
            _rows(breakdown.areas[stands], result, diagnostics or {}),
            _refusals(breakdown, result),
        )
        if len(part)
    ]
    types = {column.name: column.kind.value for column in INEQUALITIES.columns}
    complete = [
        part.assign(confidence=confidence, grouping=breakdown.grouping)
        .reindex(columns=INEQUALITIES.names)
        .astype(types)
        for part in parts
    ]
    return INEQUALITIES.arrange(pd.concat(complete)) if complete else INEQUALITIES.empty()


def _rows(areas: pd.Index, result: Result, diagnostics: Mapping[str, FloatArray]) -> pd.DataFrame:
    reason = np.full(len(areas), "") if result.reason is None else result.reason
    none = np.full(len(areas), np.nan)
    error = none if result.standard_error is None else result.standard_error
    numbers = {"value": result.value, "low": result.low, "high": result.high,
               "standard_error": error}  # fmt: skip
    shown = {name: np.where(reason == "", number, np.nan) for name, number in numbers.items()}
    words = pd.Series(reason, dtype="str").where(reason != "")
    rows = pd.DataFrame({"area": areas, **shown, **diagnostics, "reason": words})
    return rows.assign(measure=result.measure, method=result.method)


def _refusals(breakdown: Breakdown, result: Result) -> pd.DataFrame:
    reason = breakdown.reasons()
    refused = reason != ""
    rows = pd.DataFrame({"area": breakdown.areas[refused], "reason": reason[refused]})
    return rows.assign(measure=result.measure, method=result.method)
