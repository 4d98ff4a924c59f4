"""What a change in an average is made of, metric by metric, exactly.

The metrics that went leave first, then the scores of those in both quarters change, then those
that came enter: three averages between two, so the steps add up to the whole change.
"""

import pandas as pd

from oversight_lib.frames import DRIVERS
from oversight_lib.method import kinds_of_change
from oversight_lib.method.assessment import Assessment
from oversight_lib.rules.model import Framework

_KEYS = ["org", "metric"]


def drivers(before: Assessment, after: Assessment, framework: Framework) -> pd.DataFrame:
    """Return the frame DRIVERS: one row a trust, metric and kind of change.

    A trust's contributions add up to the change in its unrounded average. A metric that went
    contributes what the others' average moves when it is taken out, one that came likewise; a
    change of weight stands apart. Trusts in one of the quarters only are left out.
    """
    rows = _weighed(paired(before, after))
    common = rows["step"] == "common"
    changes = kinds_of_change.split(rows[common], before, after, framework)
    reweighed = common & rows["reweighed"].abs().gt(1e-12)
    moved = pd.concat([
        changes.assign(contribution=changes["share_after"] * changes["difference"]),
        rows.assign(kind="weight", contribution=rows["reweighed"])[reweighed],
        rows.assign(kind=rows["step"], contribution=rows["entry"] + rows["exit"])[~common],
    ])  # fmt: skip
    quarters = {"quarter": quarter_of(after), "previous": quarter_of(before)}
    return DRIVERS.arrange(moved.assign(**quarters).reindex(columns=DRIVERS.names))


def quarter_of(assessment: Assessment) -> str:
    """Return which quarter an assessment is of."""
    return str(assessment.segments["quarter"].iloc[0])


def paired(before: Assessment, after: Assessment) -> pd.DataFrame:
    """Return one row a trust and counted metric of either quarter, each column before and after.

    `step` says whether the metric is 'common' to both, 'went' or 'came'.
    """
    both = _counted(before).merge(
        _counted(after), on=_KEYS, how="outer", suffixes=("_before", "_after"), indicator="step"
    )
    known = set(before.overall["org"]) & set(after.overall["org"])
    steps = {"both": "common", "left_only": "went", "right_only": "came"}
    rows = both[both["org"].isin(known)].sort_values(_KEYS, ignore_index=True)
    return rows.assign(step=rows["step"].astype("str").map(steps))


def _counted(assessment: Assessment) -> pd.DataFrame:
    """Return the scores that enter the average, with the values behind them."""
    scores = assessment.scores
    counted = scores[scores["weight"].gt(0) & scores["score"].notna()]
    columns = [*_KEYS, "score", "recomputed_score", "weight", "period", "pool"]
    values = assessment.observations[[*_KEYS, "value", "unit"]]
    return counted[columns].merge(values, on=_KEYS, how="left", validate="one_to_one")


def _weighed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with what each step needs: shares, and what entries and exits move."""
    common = rows["step"] == "common"
    old, new = rows["weight_before"].fillna(0), rows["weight_after"].fillna(0)
    total_old, total_new = _per_trust(old, rows), _per_trust(new, rows)
    share_old = old.where(common, 0) / _per_trust(old.where(common, 0), rows)
    share_new = new.where(common, 0) / _per_trust(new.where(common, 0), rows)
    average_old = _per_trust(old * rows["score_before"].fillna(0), rows) / total_old
    # Without a common metric there is nothing between: the old average stands in, so that the
    # metrics that came carry the whole change.
    kept_old = _per_trust(share_old * rows["score_before"], rows, empty=average_old)
    kept_new = _per_trust(share_new * rows["score_after"], rows, empty=average_old)
    return rows.assign(
        share_after=share_new,
        difference=rows["score_after"] - rows["score_before"],
        reweighed=(share_new - share_old) * (rows["score_before"] - kept_old),
        exit=(old / total_old * (kept_old - rows["score_before"])).where(~common).fillna(0),
        entry=(new / total_new * (rows["score_after"] - kept_new)).where(~common).fillna(0),
    )


def _per_trust(
    numbers: pd.Series, rows: pd.DataFrame, *, empty: pd.Series | None = None
) -> pd.Series:
    """Return each trust's sum on every one of its rows; `empty` where there is nothing to add."""
    sums = numbers.groupby(rows["org"]).transform("sum", min_count=1)
    return sums if empty is None else sums.fillna(empty)
