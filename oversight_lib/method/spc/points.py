"""A series made regular: one row a period, gaps as missing values, phases numbered."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.method.spc.design import ChartDesign, Rebase


def series_problems(values: pd.Series, where: str = "series") -> list[Problem]:
    """Return why the values cannot be charted as a series, if they cannot."""
    index = values.index
    numbers = pd.to_numeric(values, errors="coerce")
    strange = values[(numbers.isna() & values.notna()) | np.isinf(numbers.astype("float64"))]
    problems = [Problem(where, f"{value!r} at {at}", "a number") for at, value in strange.items()]
    repeated = index[index.duplicated()].unique()
    problems += [Problem(where, f"{at} twice", "one value a period") for at in repeated]
    if values.empty:
        problems.append(Problem(where, "no periods", "one row a period, missing values and all"))
    if index.hasnans:
        problems.append(Problem(where, "a value without a period", "every value has its period"))
    return problems + _order_problems(index, where)


def _order_problems(index: pd.Index, where: str) -> list[Problem]:
    # Dates without a frequency would let a missing month pass unseen as two consecutive points.
    if isinstance(index, pd.DatetimeIndex):
        return [Problem(where, "an index of dates", 'periods: series.to_period("M")')]
    if not isinstance(index, pd.PeriodIndex) and not index.is_monotonic_increasing:
        return [Problem(where, "periods out of order", "periods in order, or a PeriodIndex")]
    return []


def regular(values: pd.Series) -> pd.Series:
    """Return the values as numbers in order, with a missing value for every period left out.

    Periods left out can be seen only in a `PeriodIndex`; any other index is taken to be complete,
    its gaps written as missing values.
    """
    numbers = pd.to_numeric(values, errors="coerce").astype("float64")
    if not isinstance(numbers.index, pd.PeriodIndex) or numbers.empty:
        return numbers
    return numbers.reindex(
        pd.period_range(numbers.index.min(), numbers.index.max(), freq=numbers.index.freq)
    )


def declared_problems(
    values: pd.Series, design: ChartDesign, where: str = "series"
) -> list[Problem]:
    """Return where the design does not fit the regular series: rebases, bounds, moving target."""
    periods = values.index.astype(str)
    problems = [
        Problem(where, f"rebase at {rebase.period}", _later_period(periods))
        for rebase in design.rebases
        if rebase.period not in periods[1:]
    ]
    low, high = design.lower_bound, design.upper_bound
    outside = values[
        values.lt(-np.inf if low is None else low) | values.gt(np.inf if high is None else high)
    ]
    problems += [
        Problem(where, f"{value} at {at}", f"a value within {low} to {high}")
        for at, value in outside.items()
    ]
    if _target(values, design).isna().any() and design.target is not None:
        problems.append(Problem(where, "a target without a value", "a target for every period"))
    return problems


def _later_period(periods: pd.Index) -> str:
    if len(periods) < 2:
        return "a series of two periods or more"
    return f"a period from {periods[1]} to {periods[-1]}"


def numbered_points(values: pd.Series, design: ChartDesign) -> pd.DataFrame:
    """Return one row a period of a regular series: period, value, target, phase (from 1)."""
    return pd.DataFrame(
        {
            "period": values.index,
            "value": values.to_numpy(),
            "target": _target(values, design).to_numpy(),
            "phase": _phases(values.index, design.rebases),
        }
    )


def _phases(index: pd.Index, rebases: Sequence[Rebase]) -> npt.NDArray[np.int64]:
    starts = index.astype(str).isin([rebase.period for rebase in rebases])
    return 1 + np.cumsum(starts, dtype=np.int64)


def _target(values: pd.Series, design: ChartDesign) -> pd.Series:
    if isinstance(design.target, pd.Series):
        return design.target.reindex(values.index).astype("float64")
    return pd.Series(design.target, index=values.index, dtype="float64")
