"""The value needed in a metric whose score depends on nobody else: bands and small counts."""

from collections.abc import Iterable

import pandas as pd

from oversight_lib.method.rounding import half_up
from oversight_lib.method.tables import Tables
from oversight_lib.rules.model import Band, Bands, Framework, Matrix, Metric

_FOUND = ["reachable", "score_needed", "value_needed", "relation", "reached"]


def needed(
    rows: pd.DataFrame, everything: pd.DataFrame, tables: Tables, framework: Framework
) -> pd.DataFrame:
    """Return the rows with `reachable`, `score_needed`, `value_needed`, `relation`, `reached`.

    `everything` has the scores of all the trust's metrics, for scores read from two of them.
    """
    steps = pd.concat([
        pd.DataFrame(columns=["metric", "score_needed", "value_needed", "relation"]),
        *(_steps(metric) for metric in framework.metric),
    ])  # fmt: skip
    tries = rows.merge(steps, on="metric", how="inner")
    better = tries[tries["score_needed"].astype(float) < tries["score"]].reset_index(drop=True)
    change = _change(better, everything, framework)
    averages = better["average"] + change / better["metrics_counted"]
    reached = tables.with_one_replaced(half_up(averages.astype(float)), better["org"])
    enough = better.assign(reached=reached)[reached <= better["target"]]
    least = enough.sort_values("score_needed", ascending=False).drop_duplicates(["org", "metric"])
    found = least.set_index(["org", "metric"])[_FOUND[1:]]
    both = rows[rows["metric"].isin(steps["metric"])].join(found, on=["org", "metric"])
    return both.assign(reachable=both["reached"].notna())


def _steps(metric: Metric) -> pd.DataFrame:
    """Return each score of a metric's table with the value that just gets it."""
    if isinstance(metric.scoring, Bands):
        steps = [_edge(band) for band in metric.scoring.bands[:-1]]
    elif metric.small_numbers is not None:
        steps = list(_counts(metric.small_numbers.scores))
    else:
        steps = []
    columns = ["score_needed", "value_needed", "relation"]
    return pd.DataFrame(steps, columns=columns).assign(metric=metric.id)


def _edge(band: Band) -> tuple[float, float, str]:
    if band.at_least is not None:
        return band.score, band.at_least, "at_least"
    return band.score, band.above or 0.0, "above"


def _counts(scores: tuple[float, ...]) -> Iterable[tuple[float, float, str]]:
    for count, score in enumerate(scores):
        yield score, float(count), "at_most"


def _change(tries: pd.DataFrame, everything: pd.DataFrame, framework: Framework) -> pd.Series:
    """Return what each tried score changes in its trust's weighted sum of scores."""
    change = (tries["score_needed"] - tries["score"]) * tries["weight"]
    for metric in framework.metric:
        if isinstance(metric.scoring, Matrix):
            change = change + metric.weight * _through(metric, metric.scoring, tries, everything)
    return change.astype(float)


def _through(
    metric: Metric, matrix: Matrix, tries: pd.DataFrame, everything: pd.DataFrame
) -> pd.Series:
    """Return what each tried score changes in the score read from it and another; 0 if none."""
    scores = everything.set_index(["org", "metric"])["score"]

    def score(name: str) -> pd.Series:
        keys = pd.MultiIndex.from_arrays([tries["org"], [name] * len(tries)])
        held = pd.Series(scores.reindex(keys).to_numpy(dtype=float), tries.index)
        return held.mask(tries["metric"].eq(name), tries["score_needed"].astype(float))

    table = {
        (row, column): value
        for row, line in enumerate(matrix.scores, start=1)
        for column, value in enumerate(line, start=1)
    }
    pairs = pd.Series(
        list(zip(score(matrix.rows), score(matrix.columns), strict=True)), tries.index, dtype=object
    )
    involved = tries["metric"].isin([matrix.rows, matrix.columns])
    now = scores.reindex(pd.MultiIndex.from_arrays([tries["org"], [metric.id] * len(tries)]))
    new = pairs.map(table).astype(float)
    return (new - now.to_numpy(dtype=float)).where(involved).fillna(0)
