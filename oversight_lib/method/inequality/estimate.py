"""A row with a value, its limits, their confidence, the method's name, or the reason for none."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
TextArray = NDArray[np.str_]
Flags = NDArray[np.bool_] | np.bool_


def floats(values: ArrayLike) -> FloatArray:
    """Return the values as an array of floats; pandas' NA becomes NaN."""
    if isinstance(values, pd.Series | pd.DataFrame):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(values, dtype=np.float64)


def summed(cells: FloatArray) -> FloatArray:
    """Return the sum over each row, areas x groups to areas."""
    return np.asarray(cells.sum(axis=1))


def first_reason(*claims: tuple[Flags, str]) -> TextArray:
    """Return for each row the words of the first claim that holds; "" where none does."""
    conditions, words = zip(*claims, strict=True)
    return np.select(conditions, words, default="")


def estimates(value: FloatArray, low: FloatArray, high: FloatArray, *, confidence: float,
              method: str, reason: TextArray) -> pd.DataFrame:  # fmt: skip
    """Return one row a value: value, low, high, confidence, method, reason.

    A row with a reason has no numbers; a row with numbers has no reason (NA).
    """
    refused = reason != ""
    numbers = {"value": value, "low": low, "high": high}
    shown = {name: np.where(refused, np.nan, number) for name, number in numbers.items()}
    table = pd.DataFrame(shown).assign(confidence=confidence, method=method)
    return table.assign(reason=pd.Series(reason, dtype="str").where(refused))
