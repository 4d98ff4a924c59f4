"""Whose doing a change in a metric score is: the trust's own, the others', or a new edition's."""

import numpy as np
import pandas as pd

from oversight_lib.method.assessment import Assessment
from oversight_lib.method.rounding import half_up
from oversight_lib.method.scoring.one_moved import moved_scores
from oversight_lib.periods import Quarter, ReportingPeriod
from oversight_lib.rules.model import Bands, Category, Floor, Framework, Matrix, Metric, Standard

_SAME = 1e-9


def split(
    rows: pd.DataFrame, before: Assessment, after: Assessment, framework: Framework
) -> pd.DataFrame:
    """Return the rows with `kind`; a row whose change can be told apart becomes two.

    One row a trust and metric counted in both quarters, with `difference`, the change in score.
    The two parts, own first and the others' after it, add up to the difference. They can be told
    apart where everybody ranked is loaded in both quarters and the scores follow from the values.
    """
    quarters = (_quarter(before), _quarter(after))
    kinds = rows.assign(kind=_kinds(rows, quarters, framework))
    own = _own_part(kinds, before, framework)
    apart = kinds["kind"].eq("own value and others") & own.notna()
    first = kinds.assign(
        kind=kinds["kind"].mask(apart, "own value"),
        difference=kinds["difference"].mask(apart, own),
    )
    second = kinds.assign(kind="other trusts", difference=kinds["difference"] - own)
    parts = pd.concat([first, second[apart]])
    return parts[parts["difference"].abs().ge(_SAME) | parts["kind"].eq("unchanged")]


def _kinds(
    rows: pd.DataFrame, quarters: tuple[Quarter, Quarter], framework: Framework
) -> pd.Series:
    """Return the kind of each row, the first that holds."""
    metrics = {metric.id: metric for metric in framework.metric}
    alone = rows["metric"].map({name: _scored_alone(metric) for name, metric in metrics.items()})
    same_value = rows["value_after"].eq(rows["value_before"])
    same_period = rows["period_after"].fillna("").eq(rows["period_before"].fillna(""))
    conditions = {
        "unchanged": rows["difference"].abs().lt(_SAME),
        "rounding": _rounded_once(rows),
        "new period": ~same_period & _leaps(rows, quarters),
        "own value": alone.eq(True) | _crosses(rows, metrics) | _small_twice(rows, metrics),
        "other trusts": same_value & same_period,
    }
    words = np.select(list(conditions.values()), list(conditions), "own value and others")
    return pd.Series(words, rows.index)


def _scored_alone(metric: Metric) -> bool:
    """Say whether a metric's score depends on nobody else's value."""
    return isinstance(metric.scoring, Bands | Matrix | Category)


def _rounded_once(rows: pd.DataFrame) -> pd.Series:
    """Say where the publisher rounded the score first in one quarter and nothing else changed."""
    before, after = half_up(rows["score_before"]), half_up(rows["score_after"])
    printed = (rows["score_before"] - before).abs().lt(_SAME) | (
        (rows["score_after"] - after).abs().lt(_SAME)
    )
    return printed & (before - after).abs().lt(_SAME)


def _crosses(rows: pd.DataFrame, metrics: dict[str, Metric]) -> pd.Series:
    """Say where a trust came to meet a standard or floor, or ceased to: nobody else decides."""
    fixed = rows["metric"].map({
        name: metric.scoring.fixed for name, metric in metrics.items()
        if isinstance(metric.scoring, Standard | Floor)
    })  # fmt: skip
    return rows["score_before"].eq(fixed) | rows["score_after"].eq(fixed)


def _small_twice(rows: pd.DataFrame, metrics: dict[str, Metric]) -> pd.Series:
    """Say where both scores are read from the table for trusts without a usable threshold."""
    units = rows["metric"].map({
        name: metric.small_numbers.unit for name, metric in metrics.items() if metric.small_numbers
    })  # fmt: skip
    return rows["unit_before"].eq(units) & rows["unit_after"].eq(units)


def _leaps(rows: pd.DataFrame, quarters: tuple[Quarter, Quarter]) -> pd.Series:
    """Say where the period moved on further than the quarters did: another survey, another year."""
    first, last = quarters
    months = 3 * (4 * (last.year.start - first.year.start) + last.number - first.number)
    return (_ends(rows["period_after"]) - _ends(rows["period_before"])).gt(months)


def _ends(periods: pd.Series) -> pd.Series:
    """Return the last month of each period as a running number; missing where it names none."""
    parsed = {text: ReportingPeriod.parse(text).last for text in periods.dropna().unique()}
    return periods.map({text: 12 * m.year + m.month for text, m in parsed.items() if m})


def _own_part(rows: pd.DataFrame, before: Assessment, framework: Framework) -> pd.Series:
    """Return what the trust's own new value does to its score among the others' old ones.

    Missing where the scores do not follow from the values at hand in both quarters.
    """
    follows = pd.Series(True, rows.index)
    for time in ("before", "after"):
        gap = half_up(rows[f"recomputed_score_{time}"]) - half_up(rows[f"score_{time}"])
        follows &= gap.abs().lt(_SAME)
    scores = [
        _moved(metric, rows[rows["metric"] == metric.id], before) for metric in framework.metric
    ]
    moved: pd.Series = pd.concat(scores).reindex(rows.index)
    return (moved - rows["score_before"]).where(follows)


def _moved(metric: Metric, rows: pd.DataFrame, before: Assessment) -> pd.Series:
    """Return the moved score of one metric's trusts, all of last quarter's trusts beside them."""
    observed = before.observations.query("metric == @metric.id and unit == @metric.unit")
    pools = before.scores.query("metric == @metric.id").set_index("org")["pool"]
    everybody = observed.assign(pool=observed["org"].map(pools), value_before=observed["value"])
    mine = rows[rows["unit_before"].eq(metric.unit) & rows["unit_after"].eq(metric.unit)]
    new = mine.set_index("org")["value_after"]
    moved = moved_scores(everybody.assign(value_after=everybody["org"].map(new)), metric)
    return mine["org"].map(dict(zip(everybody["org"], moved, strict=True))).astype(float)


def _quarter(assessment: Assessment) -> Quarter:
    return Quarter.parse(str(assessment.segments["quarter"].iloc[0]))
