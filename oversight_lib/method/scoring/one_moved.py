"""The score of one organisation's new value among everybody else's old ones."""

import numpy as np
import pandas as pd

from oversight_lib.method.scoring import grid
from oversight_lib.method.scoring.values import fixes
from oversight_lib.rules.model import Metric, Ranked


def moved_scores(rows: pd.DataFrame, metric: Metric) -> pd.Series:
    """Return, for each row, the score of `value_after` among the others' `value_before`.

    One row an organisation of one metric, with its `pool`; everybody who was ranked must be there.
    Ties share the best score. Missing where either value is, and for metrics not scored by rank.
    """
    if rows.empty or not isinstance(metric.scoring, Ranked):
        return pd.Series(np.nan, rows.index)
    pools = rows.groupby("pool", sort=True)
    scores: pd.Series = pd.concat([_within(group, metric, metric.scoring) for _, group in pools])
    return scores


def _within(rows: pd.DataFrame, metric: Metric, scoring: Ranked) -> pd.Series:
    old, new = rows["value_before"], rows["value_after"]
    ranked = old.where(~fixes(old, metric)).to_numpy(dtype=float)
    mine = new.to_numpy(dtype=float)[:, None]
    better = ranked > mine if metric.better == "higher" else ranked < mine
    others = ~np.eye(len(rows), dtype=bool)
    places = pd.Series((better & others).sum(axis=1), rows.index)
    sizes = pd.Series(((~np.isnan(ranked)) & others).sum(axis=1) + 1, rows.index)
    scores = grid.on_grid(places, best=scoring.best, lowest=scoring.lowest, size=sizes)
    fixed = getattr(scoring, "fixed", np.nan)
    return scores.mask(fixes(new, metric), fixed).where(old.notna() & new.notna())
