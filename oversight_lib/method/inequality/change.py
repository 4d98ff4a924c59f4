"""The difference of two slope indices, which says whether a gap widened."""

import numpy as np
import pandas as pd

from oversight_lib.frames import INEQUALITIES, INEQUALITY_CHANGES
from oversight_lib.method.inequality.estimate import first_reason, floats
from oversight_lib.method.inequality.quantiles import normal_quantile


def slope_change(before: pd.DataFrame, after: pd.DataFrame, *,
                 confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return the `sii_change` row of each area in both tables, with an independent interval.

    Positive: the gap widened; the two ends say which of them moved. Two indices of different
    method or grouping (vintage, national or local groups) have no difference, but the reason.
    """
    columns = ["area", "value", "standard_error", "method", "grouping", "reason",
               "most_deprived_end", "least_deprived_end"]  # fmt: skip
    first, second = (
        INEQUALITIES.check(table).loc[lambda rows: rows["measure"] == "sii", columns]
        for table in (before, after)
    )
    pairs = first.merge(second, on="area", suffixes=("_1", "_2"))
    reason = _incomparable(pairs)
    change = {
        name: np.where(
            reason == "", floats(pairs[f"{name}_2"]) - floats(pairs[f"{name}_1"]), np.nan
        )
        for name in ("value", "most_deprived_end", "least_deprived_end")
    }
    half = normal_quantile(confidence) * np.hypot(
        floats(pairs["standard_error_1"]), floats(pairs["standard_error_2"])
    )
    return INEQUALITY_CHANGES.arrange(pairs[["area"]].assign(
        measure="sii_change", value=change["value"], low=change["value"] - half,
        high=change["value"] + half, confidence=confidence,
        method="difference of independent slope indices",
        most_deprived_change=change["most_deprived_end"],
        least_deprived_change=change["least_deprived_end"],
        reason=pd.Series(reason, pairs.index, dtype="str").where(reason != ""),
    ))  # fmt: skip


def _incomparable(pairs: pd.DataFrame) -> np.typing.NDArray[np.str_]:
    def flag(column: pd.Series) -> np.typing.NDArray[np.bool_]:
        return column.to_numpy(dtype=np.bool_)

    return first_reason(
        (flag(pairs["value_1"].isna()), "no slope index in the earlier period"),
        (flag(pairs["value_2"].isna()), "no slope index in the later period"),
        (flag(pairs["method_1"] != pairs["method_2"]), "the two indices differ in method"),
        (flag(pairs["grouping_1"] != pairs["grouping_2"]), "the two differ in grouping"),
        (flag(pairs["standard_error_1"].isna() | pairs["standard_error_2"].isna()),
         "an index fitted on another scale has no standard error"),
    )  # fmt: skip
