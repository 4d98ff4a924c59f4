"""Printed scores put back on the grid they were rounded from.

A score is printed to two decimals and carried unrounded into averages. The grid (`grid`) gives the
unrounded score back, the place behind it and how many were ranked, loaded or not.
"""

import pandas as pd

from oversight_lib.method.scoring import grid
from oversight_lib.rules.model import Floor, Metric, Rank, Ranked, Standard


def sharpen(rows: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Return one metric's rows with `sharp`, `exact`, `rank`, `pool_size`, and `fixed` completed.

    `sharp` is the printed score before rounding, `exact` says that it could be had; where it could
    not, `sharp` is the printed score. Scores that are whole numbers by rule are exact as printed.
    """
    if isinstance(metric.scoring, Rank | Standard | Floor):
        pools = rows.groupby("pool", sort=True)
        return pd.concat([_sharpen(group, metric.scoring) for _, group in pools])
    nothing = pd.Series(pd.NA, rows.index, dtype="Int64")
    return rows.assign(sharp=rows["published_score"], exact=True, rank=nothing, pool_size=nothing)


def _sharpen(rows: pd.DataFrame, scoring: Ranked) -> pd.DataFrame:
    in_print = rows["published_score"]
    fixed = rows["fixed"] | _is_fixed(in_print, scoring)
    ranked = ~fixed & ~rows["small"]
    on_grid = ranked & in_print.between(scoring.best, scoring.lowest)
    size = _size(rows, scoring, on_grid)
    if size is None:
        between = ranked & ~in_print.isin([scoring.best, scoring.lowest])
        return _as_printed(rows, fixed=fixed, ranked=ranked, exact=~between)
    best, lowest = scoring.best, scoring.lowest
    in_grid = in_print.where(on_grid)
    place = grid.positions(in_grid, best=best, lowest=lowest, size=size).fillna(rows["place"])
    unrounded = grid.on_grid(place, best=best, lowest=lowest, size=size)
    return rows.assign(
        fixed=fixed,
        sharp=in_print.mask(on_grid, unrounded),
        exact=True,
        rank=(place + 1).where(ranked),
        pool_size=pd.Series(size, rows.index).where(ranked & place.notna()),
    )


def _as_printed(
    rows: pd.DataFrame, *, fixed: pd.Series, ranked: pd.Series, exact: pd.Series
) -> pd.DataFrame:
    """Return the rows with the printed scores, and the places among the values at hand."""
    return rows.assign(
        fixed=fixed,
        sharp=rows["published_score"],
        exact=exact,
        rank=(rows["place"] + 1).where(ranked),
        pool_size=rows["at_hand"].where(ranked & rows["place"].notna()),
    )


def _is_fixed(scores: pd.Series, scoring: Ranked) -> pd.Series:
    if isinstance(scoring, Standard | Floor):
        return scores.eq(scoring.fixed)
    return pd.Series(False, scores.index)


def _size(rows: pd.DataFrame, scoring: Ranked, on_grid: pd.Series) -> int | None:
    """Return how many were ranked in one pool, read from the spacing of its printed scores."""
    scores = rows.loc[on_grid, "published_score"]
    complete = rows["lacking"].iloc[0] == ""
    most = int(rows["pool_limit"].iloc[0])
    return grid.ranked_set_size(
        scores,
        best=scoring.best,
        lowest=scoring.lowest,
        at_least=len(scores),
        at_most=len(scores) if complete and grid.too_few(scores) else max(most, len(scores)),
    )
