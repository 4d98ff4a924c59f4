"""Where one trust stands, what changed, what accounts for it, and how far the next cut is."""

import pandas as pd

from oversight_lib.frames import DISTANCE, DRIVERS, MOVEMENT, SENSITIVITY
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.findings.counts import unchanged
from oversight_lib.method.multiplicity import chance_of_none, discoveries
from oversight_lib.method.rounding import half_up

_TAKEN_APART = 3
"""Decimals of averages where a change is taken apart."""


def of_trusts(assessment: Assessment) -> pd.DataFrame:
    """Return each trust's position, change and reach: `code`, `kind`, `item`, `value` and more."""
    return pd.concat(
        [
            _position(assessment),
            (changes := _change(assessment.table(MOVEMENT))),
            _composition(changes, assessment.table(DRIVERS)),
            _parts(assessment),
            _next(assessment),
        ],
        ignore_index=True,
    )


def _position(assessment: Assessment) -> pd.DataFrame:
    rows = assessment.overall
    return pd.concat([
        pd.DataFrame({"code": rows["org"], "kind": kind, "item": "all", "n": n,
                      "value": rows[column].astype("float64")})
        for kind, column, n in (
            ("segment", "adjusted", pd.NA),
            ("average", "average", pd.NA),
            ("rank", "rank", rows["trusts_ranked"]),
        )
    ])  # fmt: skip


def _change(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each trust's change as it is printed, how clear it is, and what may be said of it.

    `q` allows for everybody compared in the edition.
    """
    before, after = (
        pd.Series(half_up(rows[f"average_{time}"], _TAKEN_APART), rows.index)
        for time in ("before", "after")
    )
    change = after - before
    chances = chance_of_none(rows["low"], rows["high"])
    strength = rows["clear"].map({True: "clear", False: "not clear"})
    strength = strength.where(rows["low"].notna(), "cannot be told")
    return pd.DataFrame({
        "code": rows["org"], "kind": "change_in_average", "item": "all", "value": change,
        "n": rows["metrics_better"] + rows["metrics_worse"],
        "direction": change.map(_direction),
        "strength": strength, "licence": strength.map({"clear": "changed"}).fillna("none"),
        "p": chances, "q": discoveries(chances, pd.Series("edition", rows.index)),
    })  # fmt: skip


def _composition(changes: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """Return the two parts of each change where the metrics counted are not the same ones.

    What chance is reckoned for, and what a change is called clear by, is the part of the metrics
    in both quarters; the other part is that of metrics that came, went or weigh otherwise.
    """
    terms = drivers[drivers["kind"].isin(["came", "went", "weight"])]
    sums = terms.groupby("org")["contribution"].sum()
    other = pd.Series(half_up(sums, _TAKEN_APART), sums.index).reindex(changes["code"]).to_numpy()
    rows = changes.assign(other=other)[pd.Series(other, changes.index).fillna(0).ne(0)]
    common, left = rows["value"] - rows["other"], ["strength", "licence", "p", "q"]
    return pd.concat([
        rows.assign(kind="change_common", value=common, direction=common.map(_direction)),
        rows.assign(kind="change_composition", value=rows["other"],
                    direction=rows["other"].map(_direction)).drop(columns=left),
    ]).drop(columns="other")  # fmt: skip


def _direction(change: float) -> str | None:
    if pd.isna(change) or change == 0:
        return None
    return "nearer 1" if change < 0 else "further from 1"


def _parts(assessment: Assessment) -> pd.DataFrame:
    rows = assessment.table(DRIVERS)
    sizes = rows.assign(size=rows["contribution"].abs())[rows["kind"].ne("unchanged")]
    ordered = sizes.sort_values(["size", "metric", "kind"], ascending=[False, True, True])
    largest = ordered.drop_duplicates("org")
    still = unchanged(assessment)
    return pd.concat([
        pd.DataFrame({"code": largest["org"], "kind": "largest_part", "item": largest["metric"],
                      "value": largest["contribution"],
                      "direction": largest["contribution"].map(_direction)}),
        pd.DataFrame({"code": still.index, "kind": "metrics_unchanged", "item": "all",
                      "value": still.to_numpy()}),
    ])  # fmt: skip


def _next(assessment: Assessment) -> pd.DataFrame:
    near, alone = assessment.table(SENSITIVITY), assessment.table(DISTANCE)
    reach = alone["reachable"].astype(int).groupby(alone["org"].rename("code"))
    counts = pd.DataFrame({"value": reach.sum(), "n": reach.size()}).reset_index()
    return pd.concat([
        *(pd.DataFrame({"code": near["org"], "kind": kind, "item": "all",
                        "value": near[column]})[near[column].notna()]
          for kind, column in (("next_cut", "above_better_cut"), ("worse_cut", "below_worse_cut"))),
        counts.assign(kind="reachable", item="all"),
    ])  # fmt: skip
