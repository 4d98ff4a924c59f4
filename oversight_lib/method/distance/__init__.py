"""What it would take to come over the next cut by one metric alone.

Scores by rank are everybody's: when one trust's value changes, others' scores, averages and the
cuts move with it. So the table is made again for every value that is tried.
"""

from types import UnionType

import pandas as pd

from oversight_lib.frames import DISTANCE
from oversight_lib.method.assessment import Assessment, assess
from oversight_lib.method.distance import alone, held, ranked
from oversight_lib.method.publication import Publication
from oversight_lib.method.tables import Cut, Tables
from oversight_lib.rules.model import Bands, Framework, Ranked

AGAIN = "everybody scored again"

_CAVEAT = (
    "other trusts' values as they are; scores by rank and cuts are relative, so they move when "
    "anybody's value does"
)


def distance(
    assessment: Assessment, publication: Publication, framework: Framework
) -> pd.DataFrame:
    """Return the frame DISTANCE: one row a metric of each trust not yet in segment 1.

    Where the cuts are defined, or every trust of their pool is loaded, the values needed are found
    by scoring everybody again from values (`assess(..., recompute=True)`), which is then also
    what `score` and `target` are from. Otherwise, and for metrics whose value is not published, the
    score needed is given with the cuts held, and `basis` says why there is no value.
    """
    if Tables.of(assessment, framework).method is not Cut.BRACKETED:
        assessment = assess(publication, framework, recompute=True)
    tables = Tables.of(assessment, framework)
    rows = _rows(assessment)
    rescored = tables.method is not Cut.BRACKETED
    valued = rows["recomputed_score"].notna() & rows["value"].notna() & rescored
    small = _small(rows, framework)
    by_rank = valued & _scored_by(rows, framework, Ranked) & ~small
    by_table = valued & (_scored_by(rows, framework, Bands) | small)
    again = by_rank | by_table
    found = pd.concat([
        ranked.needed(rows[by_rank], assessment, tables, framework),
        alone.needed(rows[by_table], rows, tables, framework),
    ]).assign(basis=AGAIN)  # fmt: skip
    fixed = held.needed(rows[~again & rows["weight"].gt(0)], tables, assessment)
    every = pd.concat([found, fixed])
    return DISTANCE.arrange(
        every.assign(adjusted_after=_after(every, tables, framework), caveat=_CAVEAT)
    )


def _rows(assessment: Assessment) -> pd.DataFrame:
    """Return one row a scored metric of each trust that has a better segment to reach."""
    keys = ["quarter", "org", "metric"]
    overall = assessment.overall
    better = overall[overall["unadjusted"].gt(1)].set_index("org")
    values = assessment.observations[[*keys, "value", "unit"]]
    scores = assessment.scores.dropna(subset="score").merge(values, on=keys, how="left")
    rows = scores[scores["org"].isin(better.index)]
    columns = ["average", "metrics_counted", "unadjusted", "override_basis"]
    return rows.join(better[columns], on="org").assign(target=lambda table: table["unadjusted"] - 1)


def _scored_by(rows: pd.DataFrame, framework: Framework, rules: type | UnionType) -> pd.Series:
    """Say which rows are of metrics scored by one of these rules."""
    chosen = [metric.id for metric in framework.metric if isinstance(metric.scoring, rules)]
    return rows["metric"].isin(chosen)


def _small(rows: pd.DataFrame, framework: Framework) -> pd.Series:
    """Say which rows are scored from the table for trusts without a usable threshold."""
    units = {m.id: m.small_numbers.unit for m in framework.metric if m.small_numbers}
    return rows["unit"].eq(rows["metric"].map(units)).fillna(False).astype(bool)


def _after(rows: pd.DataFrame, tables: Tables, framework: Framework) -> pd.Series:
    """Return the adjusted segment once the cut is crossed; missing where it is not reachable."""
    segments = rows["reached"].astype("Int64").reset_index(drop=True)
    adjusted = tables.overridden(segments, rows["org"].reset_index(drop=True)).set_axis(rows.index)
    rules = [rule.estimate for rule in framework.adjustment if rule.estimate]
    estimates = {name for rule in rules for name in rule.sum_of}
    moves = rows["override_basis"].eq("estimated") & rows["metric"].isin(estimates)
    return adjusted.mask(moves)
