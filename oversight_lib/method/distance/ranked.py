"""The value needed in a metric scored by rank: everybody's scores and the cuts follow."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.method.assessment import Assessment
from oversight_lib.method.resampling import Numbers
from oversight_lib.method.rounding import half_up
from oversight_lib.method.scoring.values import fixes
from oversight_lib.method.tables import Tables, Whole
from oversight_lib.rules.base import known
from oversight_lib.rules.model import Floor, Framework, Metric, Ranked, Standard

_RELATIONS = {"higher": ("above", "at_least"), "lower": ("below", "at_most")}
"""How a value needed is to be met, strictly or not."""


@dataclass(frozen=True)
class Ranking:
    """One metric's pool with the averages it enters; a smaller `distances` is a better value.

    `distances`, `old` and `member` have one entry a trust of the tables; the first is missing for
    a trust that is not ranked. `candidates` are the distances worth trying, best first: to draw
    level with somebody (one of `exact`), to come just ahead, to meet the threshold.
    """

    metric: Metric
    scoring: Ranked
    rounded: bool
    distances: Numbers
    old: Numbers
    weighed: Numbers
    weights: Numbers
    exact: Numbers
    candidates: Numbers

    @property
    def sign(self) -> float:
        """What turns a value into a distance."""
        return -1.0 if self.metric.better == "higher" else 1.0

    def fixed(self, distances: Numbers) -> NDArray[np.bool_]:
        """Say which distances have a fixed score."""
        return fixes(pd.Series(self.sign * distances), self.metric).to_numpy(dtype=bool)

    def scores(self, mine: Whole, tried: Numbers) -> Numbers:
        """Return everybody's scores, one row a trust that tries another value."""
        x, rows = self.distances, np.arange(len(mine))
        ranks = ~self.fixed(tried)
        # Missing distances compare as false, so whoever is not ranked is better than nobody.
        better = (x[:, None] < x[None, :]).sum(axis=0)
        places = better - (x[mine][:, None] < x) + ((tried[:, None] < x) & ranks[:, None])
        places[rows, mine] = (x < tried[:, None]).sum(axis=1)
        size = np.sum(~np.isnan(x)) - ~np.isnan(x[mine]) + ranks
        steps = (self.scoring.lowest - self.scoring.best) / np.maximum(size - 1, 1)
        ranked = ~np.isnan(np.tile(x, (len(mine), 1)))
        ranked[rows, mine] = ranks
        scores = np.where(ranked, self.scoring.best + steps[:, None] * places, self.old)
        scores[rows, mine] = np.where(
            ranks, scores[rows, mine], getattr(self.scoring, "fixed", np.nan)
        )
        return half_up(scores) if self.rounded else scores

    def averages(self, scores: Numbers) -> Numbers:
        """Return everybody's averages with these scores in place of the old ones."""
        change = np.nan_to_num(scores - self.old) * self.metric.weight
        return np.asarray((self.weighed + change) / self.weights)


def needed(
    rows: pd.DataFrame, assessment: Assessment, tables: Tables, framework: Framework
) -> pd.DataFrame:
    """Return the rows with `reachable`, `score_needed`, `value_needed`, `relation`, `reached`."""
    found = [
        _of_pool(group, str(pool), framework.find(str(name)), assessment, tables)
        for (name, pool), group in rows.groupby(["metric", "pool"], sort=True)
    ]
    return pd.concat([rows.iloc[:0], *found])


def _of_pool(
    rows: pd.DataFrame, pool: str, metric: Metric, assessment: Assessment, tables: Tables
) -> pd.DataFrame:
    """Return one pool's rows, the smallest change that suffices found by halving.

    A better value never makes the other trusts' scores better, but for the step over a standard,
    which is the last; so what suffices stays sufficient further on.
    """
    ranking = _ranking(metric, pool, assessment, tables)
    mine, target = tables.columns(rows["org"]), rows["target"].to_numpy(dtype=int)
    now = ranking.sign * rows["value"].to_numpy(dtype=float)
    low = len(ranking.candidates) - np.searchsorted(ranking.candidates, now, side="left")
    high = np.full(len(rows), max(len(ranking.candidates) - 1, 0))
    tries = low <= high
    reachable = tries.copy()
    reachable[tries] = _reached(ranking, tables, mine[tries], high[tries]) <= target[tries]
    open_ = reachable & (low < high)
    while open_.any():
        middle = (low + high) // 2
        enough = np.zeros(len(rows), dtype=bool)
        enough[open_] = _reached(ranking, tables, mine[open_], middle[open_]) <= target[open_]
        high = np.where(open_ & enough, middle, high)
        low = np.where(open_ & ~enough, middle + 1, low)
        open_ = reachable & (low < high)
    return _filled(rows, ranking, tables, np.where(reachable, high, -1))


def _reached(ranking: Ranking, tables: Tables, mine: Whole, steps: Whole) -> Whole:
    """Return the segment of each trust that tries the candidate so many steps from the last."""
    tried = ranking.candidates[::-1][steps]
    averages = ranking.averages(ranking.scores(mine, tried))
    return tables.unadjusted(half_up(averages))[np.arange(len(mine)), mine]


def _filled(rows: pd.DataFrame, ranking: Ranking, tables: Tables, steps: Whole) -> pd.DataFrame:
    """Return the rows with what was found; -1 steps where nothing suffices."""
    reachable = steps >= 0
    mine = tables.columns(rows["org"])
    tried = ranking.candidates[::-1][np.maximum(steps, 0)] if len(ranking.candidates) else (
        np.full(len(rows), np.nan)
    )  # fmt: skip
    scores = ranking.scores(mine, tried)
    reached = tables.unadjusted(half_up(ranking.averages(scores)))[np.arange(len(mine)), mine]
    strict = ~np.isin(tried, ranking.exact)
    shown = np.where(strict, np.nextafter(tried, np.inf), tried)
    relations = np.where(strict, *_RELATIONS[ranking.metric.better])
    return rows.assign(
        reachable=reachable,
        score_needed=np.where(reachable, scores[np.arange(len(mine)), mine], np.nan),
        value_needed=np.where(reachable, ranking.sign * shown, np.nan),
        relation=pd.Series(relations, rows.index).where(reachable),
        reached=pd.Series(reached, rows.index).where(reachable),
    )


def _ranking(metric: Metric, pool: str, assessment: Assessment, tables: Tables) -> Ranking:
    orgs = list(tables.orgs)
    scores = assessment.scores[assessment.scores["metric"] == metric.id].set_index("org")
    values = assessment.observations.query("metric == @metric.id and unit == @metric.unit")
    sign = -1.0 if metric.better == "higher" else 1.0
    loaded = values.set_index("org")["value"]
    ranked = loaded[~fixes(loaded, metric)].reindex(orgs)
    within = scores["pool"].reindex(orgs).eq(pool).to_numpy(dtype=bool)
    distances = np.where(within, sign * ranked.to_numpy(dtype=float), np.nan)
    overall = assessment.overall
    weights = overall["metrics_counted"].to_numpy(dtype=float)
    quarter = str(overall["quarter"].iloc[0])
    # What is scored alone never comes here: `distance` parts the two.
    scoring = cast("Ranked", metric.scoring)
    exact = _exact(distances, sign, scoring)
    return Ranking(
        metric=metric,
        scoring=scoring,
        rounded=quarter in metric.rounded_before_averaging,
        distances=distances,
        old=scores["score"].reindex(orgs).to_numpy(dtype=float),
        weighed=overall["average"].to_numpy(dtype=float) * weights,
        weights=weights,
        exact=exact,
        candidates=_candidates(exact, sign, scoring),
    )


def _exact(distances: Numbers, sign: float, scoring: Ranked) -> Numbers:
    """Return the distances that count as they stand: others' values, and a threshold included."""
    others = distances[~np.isnan(distances)]
    limit, strict = _threshold(scoring)
    return np.unique([*others, *([] if limit is None or strict else [sign * limit])])


def _candidates(exact: Numbers, sign: float, scoring: Ranked) -> Numbers:
    """Return these distances and, for each, the next better one; of a strict threshold too."""
    limit, strict = _threshold(scoring)
    ahead = [*exact, *([sign * limit] if limit is not None and strict else [])]
    return np.unique([*exact, *np.nextafter(ahead, -np.inf)])


def _threshold(scoring: Ranked) -> tuple[float | None, bool]:
    """Return a standard or floor and whether it is met strictly; none for a plain rank."""
    if isinstance(scoring, Standard):
        return known(scoring.threshold, "a standard"), scoring.meets in ("above", "below")
    if isinstance(scoring, Floor):
        return known(scoring.threshold, "a floor"), scoring.passes in ("above", "below")
    return None, False
