"""From one quarter to another: how averages and segments moved, why, and whether clearly."""

import numpy as np
import pandas as pd

from oversight_lib.frames import DRIVERS, FLOWS, MOVEMENT, OVERALL
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.cuts import place
from oversight_lib.method.drivers import paired, quarter_of
from oversight_lib.method.resampling import DRAWS, LIMITS, SEED, resampled_means, stream
from oversight_lib.method.rounding import half_up
from oversight_lib.method.segmentation import adjust
from oversight_lib.rules.model import Framework

_ENOUGH_METRICS = 3
"""Metrics that must have moved the same way before a change is called clear."""


def movement(
    before: Assessment,
    after: Assessment,
    drivers: pd.DataFrame,
    framework: Framework,
    *,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the frame MOVEMENT: one row a trust that is in both quarters.

    `low` to `high` is the 95% bootstrap range of the mean change of the metrics in both quarters,
    resampled as pairs with their weights. A change is `clear` if that range excludes 0 and at
    least three metrics' printed scores moved that way. `why` asks, in this order, which single
    thing put back undoes the move of the segment: the override, the cuts, the metrics counted, the
    scores; "several" if none does alone.
    """
    DRIVERS.check(drivers)
    both = _side(before, "before").join(_side(after, "after"), how="inner")
    noise = _noise(paired(before, after), seed).reindex(both.index)
    counts = noise[["metrics_better", "metrics_worse"]].fillna(0)
    rows = both.join(noise.assign(**counts)).assign(
        change=both["average_after"] - both["average_before"]
    )
    return MOVEMENT.arrange(
        rows.assign(
            quarter=quarter_of(after),
            previous=quarter_of(before),
            clear=_clear(rows),
            why=_why(rows, drivers, before, after, framework),
        ).reset_index()
    )


def flows(movement_: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Return the frame FLOWS: how many trusts went from which segment to which.

    For England, each region and each trust type. Trusts without a segment in either quarter are
    not counted.
    """
    known = movement_.dropna(subset=["adjusted_before", "adjusted_after"])
    rows = known.merge(organisations[["org", "region", "trust_type"]], on="org", how="left")
    each = [
        rows.assign(grouping="england", group="England"),
        rows.assign(grouping="region", group=rows["region"]),
        rows.assign(grouping="trust_type", group=rows["trust_type"]),
    ]
    counted = (
        pd.concat(each)
        .rename(columns={"adjusted_before": "before", "adjusted_after": "after"})
        .groupby([*FLOWS.key], as_index=False)
        .size()
    )
    return FLOWS.arrange(counted.rename(columns={"size": "trusts"}))


def _side(assessment: Assessment, time: str) -> pd.DataFrame:
    """Return each trust's overall results of one quarter, indexed by trust."""
    columns = ["average", "unadjusted", "override", "adjusted"]
    return assessment.overall.set_index("org")[columns].add_suffix(f"_{time}")


def _noise(pairs: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return per trust the range of its mean change, and how many metrics moved each way."""
    common = pairs[pairs["step"] == "common"].sort_values(["org", "metric"])
    moved = half_up(common["score_after"]) - half_up(common["score_before"])
    rows = common.assign(
        difference=common["score_after"] - common["score_before"],
        metrics_better=moved.lt(-1e-9),
        metrics_worse=moved.gt(1e-9),
    )
    counts = rows.groupby("org")[["metrics_better", "metrics_worse"]].sum()
    ends = {str(org): _ends(str(org), group, seed) for org, group in rows.groupby("org")}
    return counts.join(pd.DataFrame.from_dict(ends, orient="index", columns=["low", "high"]))


def _ends(org: str, rows: pd.DataFrame, seed: int) -> list[float]:
    means = resampled_means(
        rows["difference"].to_numpy(), rows["weight_after"].to_numpy(),
        draws=DRAWS, chance=stream(seed, org),
    )  # fmt: skip
    return [float(end) for end in np.quantile(means, LIMITS)]


def _clear(rows: pd.DataFrame) -> pd.Series:
    better = rows["high"].lt(0) & rows["metrics_better"].ge(_ENOUGH_METRICS)
    worse = rows["low"].gt(0) & rows["metrics_worse"].ge(_ENOUGH_METRICS)
    return better | worse


def _why(
    rows: pd.DataFrame,
    drivers: pd.DataFrame,
    before: Assessment,
    after: Assessment,
    framework: Framework,
) -> pd.Series:
    """Return which single thing, put back as it was, would undo each move of a segment."""
    old, new = rows["adjusted_before"], rows["adjusted_after"]
    flags = rows["override_after"]
    old_cuts = _place(rows["average_after"], before)
    old_scores = _place(rows["average_before"], after)
    terms = drivers[drivers["kind"].isin(["came", "went", "weight"])]
    composition = terms.groupby("org")["contribution"].sum().reindex(rows.index).fillna(0)
    same_metrics = _place(rows["average_after"] - composition, after)
    undone = {
        "override": adjust(rows["unadjusted_after"], rows["override_before"], framework).eq(old),
        "cuts moved": adjust(old_cuts, flags, framework).eq(old),
        "composition": adjust(same_metrics, flags, framework).eq(old),
        "score or cuts moved": old_cuts.isna() | old_scores.isna(),
        "score": adjust(old_scores, flags, framework).eq(old),
    }
    moved = old.ne(new) & old.notna() & new.notna()
    tests = [test.fillna(False).to_numpy(dtype=bool) for test in undone.values()]
    words = pd.Series(np.select(tests, list(undone), "several"), rows.index)
    return words.where(moved.fillna(False).astype(bool))


def _place(averages: pd.Series, assessment: Assessment) -> pd.Series:
    cuts = assessment.cuts[assessment.cuts["scope"] == OVERALL]
    return place(half_up(averages), cuts)
