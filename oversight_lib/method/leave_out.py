"""Averages and segments without one metric or one domain, for every trust."""

import pandas as pd

from oversight_lib.frames import LEAVE_OUT
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.resampling import Numbers
from oversight_lib.method.rounding import half_up
from oversight_lib.method.tables import Tables
from oversight_lib.rules.model import Framework


def leave_out(assessment: Assessment, framework: Framework) -> pd.DataFrame:
    """Return the frame LEAVE_OUT: one row a trust, metric or domain removed, and reading.

    Two readings. 'this trust': its own average is made without the metric, everybody's scores and
    the other trusts' averages stay; the cuts are made again with its new average where the pool
    is complete, and held otherwise. 'every trust': nobody's average counts the metric, and the
    cuts follow. Scores stay in both: nobody leaves the ranking behind them.
    """
    tables = Tables.of(assessment, framework)
    removals = _removals(assessment, tables.orgs)
    current = assessment.overall.set_index("org")[["unadjusted", "adjusted"]]
    rows = pd.concat([
        _own(removals, tables), _everybody(removals, tables)
    ])  # fmt: skip
    both = rows.join(current.add_suffix("_now"), on="org")
    return LEAVE_OUT.arrange(
        both.assign(
            quarter=assessment.segments["quarter"].iloc[0],
            changes=_differ(both["adjusted"], both["adjusted_now"]),
            changes_unadjusted=_differ(both["unadjusted"], both["unadjusted_now"]),
            cuts=both["reading"].map(
                {
                    "this trust": tables.method.when_one_moves,
                    "every trust": tables.method.when_all_move,
                }
            ),
        )
    )


def _removals(assessment: Assessment, orgs: tuple[str, ...]) -> pd.DataFrame:
    """Return one row a removal and trust: the unrounded `average` without it, and if it `had` it.

    Sorted by removal, then trust; every trust has a row in every removal.
    """
    scores = assessment.scores[assessment.scores["weight"].gt(0)].dropna(subset="score")
    weighed = scores.assign(weighed=scores["score"] * scores["weight"])
    sums = ["weighed", "weight"]
    totals = weighed.groupby("org")[sums].sum()
    parts = [weighed.groupby([by, "org"])[sums].sum() for by in ("metric", "domain")]
    removed = pd.concat([part.rename_axis(["removed", "org"]) for part in parts])
    names = removed.index.get_level_values("removed").unique().sort_values()
    grid = pd.MultiIndex.from_product([names, orgs], names=["removed", "org"])
    full = removed.reindex(grid)
    left = totals.reindex(grid.get_level_values("org")).set_axis(grid) - full.fillna(0)
    something = left["weight"] > 1e-9
    average = (left["weighed"] / left["weight"]).where(something)
    return full.assign(average=average, had=full["weight"].notna()).reset_index()


def _own(removals: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the segments when only this trust's average is made without the metric."""
    rows = removals[removals["had"]].reset_index(drop=True)
    unadjusted = tables.with_one_replaced(half_up(rows["average"]), rows["org"])
    return _placed(rows, unadjusted, tables).assign(reading="this trust")


def _everybody(removals: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the segments when nobody's average counts the metric."""
    averages: Numbers = removals["average"].to_numpy(dtype=float).reshape(-1, len(tables.orgs))
    segments = pd.Series(tables.reweighed(half_up(averages)).ravel(), removals.index)
    unadjusted = segments.astype("Int64").where(segments > 0)
    return _placed(removals, unadjusted, tables).assign(reading="every trust")


def _placed(rows: pd.DataFrame, unadjusted: pd.Series, tables: Tables) -> pd.DataFrame:
    adjusted = tables.overridden(unadjusted, rows["org"])
    return rows.assign(unadjusted=unadjusted, adjusted=adjusted)


def _differ(one: pd.Series, other: pd.Series) -> pd.Series:
    """Say where two segments differ; missing where either is."""
    return one.astype("Int64").ne(other.astype("Int64")).astype("boolean")
