"""Series of boards carried over to the boards that succeeded them, or not, and why."""

import pandas as pd

from oversight_lib.frames import SERIES

NOT_CARRIED = "not carried over: no population share is known for {}"


def carried_over(series: pd.DataFrame, successions: pd.DataFrame, on: str) -> pd.DataFrame:
    """Return the series as the boards of a day have it: predecessors' counts added up.

    `series` is `frames.SERIES`, `successions` `frames.SUCCESSIONS`, `on` an ISO date. A board that
    succeeded others has, for periods before it, the sum of their counts by the stated population
    shares; it has no figure where a share is not known, or where a measure has no counts. `source`
    says from whom a figure is carried over. Boards that changed nothing keep their rows.
    """
    steps = successions[successions["date"] <= on]
    if steps.empty:
        return series
    changed = [*steps["predecessor"], *steps["successor"]]
    untouched = series[~series["area"].isin(changed)]
    of_now = series[series["area"].isin(steps["successor"])]
    after = of_now[of_now["period"] >= _first_period(steps)]
    before = series[series["period"] < _first_period(steps)]
    made = [_successor(before, rows) for _, rows in steps.groupby("successor")]
    return SERIES.arrange(pd.concat([untouched, after, *made], ignore_index=True))


def _first_period(steps: pd.DataFrame) -> str:
    return str(steps["date"].min())[:7]


def _successor(series: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Return one successor's series from those of its predecessors."""
    successor, whole = str(steps["successor"].iloc[0]), steps.set_index("predecessor")["share"]
    rows = series[series["area"].isin(whole.index)]
    weights = rows["area"].map(whole).astype("float64")
    counts = rows.assign(
        numerator=rows["numerator"] * weights, denominator=rows["denominator"] * weights
    )
    groups = counts.groupby(["measure", "period", "unit"], as_index=False)
    summed = groups[["numerator", "denominator"]].sum(min_count=len(whole), skipna=False)
    there = groups.size()["size"].eq(len(whole))
    value = 100 * summed["numerator"] / summed["denominator"].where(summed["denominator"] > 0)
    value = value.where(there)
    unknown = ", ".join(sorted(whole.index[whole.isna()]))
    why = NOT_CARRIED.format(unknown) if unknown else "not carried over: no counts are published"
    return summed.assign(
        area=successor,
        area_kind="icb",
        value=value,
        numerator=summed["numerator"].where(value.notna()),
        denominator=summed["denominator"].where(value.notna()),
        low=float("nan"),
        high=float("nan"),
        reason=pd.Series(None, summed.index, dtype="object").mask(value.isna(), why),
        source=f"carried over from {_shares(whole)}",
    )


def _shares(whole: "pd.Series[float]") -> str:
    told = [
        f"{board} (share not known)" if pd.isna(share) else
        f"{board}" if share == 1 else f"{board} ({100 * share:.1f}% by population)"
        for board, share in sorted(whole.items())
    ]  # fmt: skip
    return ", ".join(told)
