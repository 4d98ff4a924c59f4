"""Scores from values, by the rule of each metric.

The rule's `kind` picks the function; no code knows which metric or which year it is.
"""

import operator
from collections.abc import Callable

import numpy as np
import pandas as pd

from oversight_lib.method.scoring import grid
from oversight_lib.rules.base import known
from oversight_lib.rules.model import (
    Bands,
    Floor,
    Framework,
    Matrix,
    Metric,
    Rank,
    Ranked,
    Standard,
)

_COMPARE: dict[str, Callable[[pd.Series, float], pd.Series]] = {
    "at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt,
}  # fmt: skip


def score(rows: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Return one metric's rows with `recomputed_score`, `place`, `at_hand`, `small`, `fixed`.

    `place` is the place among those ranked, 0 best, ties sharing the best of their cluster;
    `at_hand` how many were ranked. A score by rank is missing unless its whole pool is loaded.
    Metrics whose value is not published have no score from values.
    """
    small = _small_numbers(rows, metric)
    fixed = fixes(rows["value"], metric) & ~small
    ranked = rows["value"].notna() & ~small & ~fixed & isinstance(metric.scoring, Ranked)
    place = _places(rows, metric, ranked)
    at_hand = ranked.groupby(rows["pool"]).transform("sum")
    scores = _scores(rows, metric, place=place, at_hand=at_hand)
    certain = rows["lacking"].eq("") | ~ranked
    return rows.assign(
        recomputed_score=_fill(scores, rows, metric, small=small, fixed=fixed).where(certain),
        place=place.where(certain),
        at_hand=at_hand,
        small=small,
        fixed=fixed,
    )


def band_numbers(values: pd.Series, bands: Bands) -> pd.Series:
    """Return the number of the first band each value fits, from 0; missing stays missing."""
    fits = [
        values >= band.at_least if band.at_least is not None else values > (band.above or 0.0)
        for band in bands.bands[:-1]
    ]
    numbers = np.select(fits, range(len(fits)), len(fits))
    return pd.Series(numbers, index=values.index).where(values.notna())


def fixes(values: pd.Series, metric: Metric) -> pd.Series:
    """Say which values have a fixed score: they meet the standard, or fail the floor."""
    scoring = metric.scoring
    if isinstance(scoring, Standard):
        limit = known(scoring.threshold, f"the standard of {metric.id}")
        return _COMPARE[scoring.meets](values, limit)
    if isinstance(scoring, Floor):
        limit = known(scoring.threshold, f"the floor of {metric.id}")
        return values.notna() & ~_COMPARE[scoring.passes](values, limit)
    return pd.Series(False, index=values.index)


def combine(rows: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return the rows with the scores that are read from two other metrics' scores."""
    combined = rows.assign(pair=pd.Series(pd.NA, rows.index, dtype="string"))
    for metric in framework.metric:
        if isinstance(metric.scoring, Matrix):
            combined = _combine(combined, metric.id, metric.scoring)
    return combined


def _small_numbers(rows: pd.DataFrame, metric: Metric) -> pd.Series:
    """Say which rows are counts of an organisation that has no usable threshold."""
    if metric.small_numbers is None:
        return pd.Series(False, index=rows.index)
    return rows["unit"].eq(metric.small_numbers.unit).fillna(False).astype(bool)


def _places(rows: pd.DataFrame, metric: Metric, ranked: pd.Series) -> pd.Series:
    values = rows["value"].where(ranked)
    return values.groupby(rows["pool"]).rank(method="min", ascending=metric.better == "lower") - 1


def _scores(
    rows: pd.DataFrame, metric: Metric, *, place: pd.Series, at_hand: pd.Series
) -> pd.Series:
    """Return the scores by rank or by band; missing for every other kind of rule."""
    scoring = metric.scoring
    if isinstance(scoring, Rank | Standard | Floor):
        return grid.on_grid(place, best=scoring.best, lowest=scoring.lowest, size=at_hand)
    if isinstance(scoring, Bands):
        table = {number: band.score for number, band in enumerate(scoring.bands)}
        return band_numbers(rows["value"], scoring).map(table)
    return pd.Series(np.nan, index=rows.index)


def _fill(
    scores: pd.Series, rows: pd.DataFrame, metric: Metric, *, small: pd.Series, fixed: pd.Series
) -> pd.Series:
    """Return the scores with those that a standard, a floor or a small-number table fixes."""
    if isinstance(metric.scoring, Standard | Floor):
        scores = scores.mask(fixed, metric.scoring.fixed)
    if metric.small_numbers is None:
        return scores
    table = np.array(metric.small_numbers.scores)
    counts = rows["value"].clip(0, len(table) - 1).fillna(0).astype(int)
    return scores.mask(small, pd.Series(table[counts], index=rows.index))


def _combine(rows: pd.DataFrame, metric: str, matrix: Matrix) -> pd.DataFrame:
    sides = rows[rows["metric"].isin([matrix.rows, matrix.columns])]
    wide = sides.pivot(index="org", columns="metric", values="recomputed_score")
    pairs = wide.reindex(columns=[matrix.rows, matrix.columns]).dropna().astype(int)
    first, second = pairs[matrix.rows], pairs[matrix.columns]
    table = np.array(matrix.scores, dtype=float)
    scores = pd.Series(table[first - 1, second - 1], index=pairs.index, dtype=float)
    words = first.astype("string") + " x " + second.astype("string")
    mine = rows["metric"].eq(metric)
    return rows.assign(
        recomputed_score=rows["recomputed_score"].mask(mine, rows["org"].map(scores)),
        pair=rows["pair"].mask(mine, rows["org"].map(words).astype("string")),
    )
