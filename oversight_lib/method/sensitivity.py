"""What a trust's segment hangs on besides chance: cuts nearby, the override, gaps and weights."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from oversight_lib.frames import OVERALL, SENSITIVITY
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.firmness import in_steps
from oversight_lib.method.resampling import DRAWS, SEED, stream
from oversight_lib.method.rounding import half_up
from oversight_lib.method.tables import Tables
from oversight_lib.rules.model import Framework

_CONCENTRATION = 16.0
"""Of the Dirichlet weights: each varies by about a quarter of itself."""


def sensitivity(
    assessment: Assessment,
    framework: Framework,
    *,
    history: Sequence[Assessment] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the frame SENSITIVITY: one row a trust.

    Distances are from the unrounded average to the cuts as they stand; below 0 means that only
    rounding keeps it where it is. `history` tells which metrics a trust lacks this quarter that
    it had in another. Random weights are the rules' weights times Dirichlet draws, the same for
    every trust of a draw.
    """
    tables = Tables.of(assessment, framework)
    overall = assessment.overall
    parts = [
        _distances(overall, tables),
        _without_override(overall, tables),
        _bounds(assessment, history, tables),
        _equal_domains(assessment, tables),
        _weights(assessment, tables, draws=draws, seed=seed),
    ]
    return SENSITIVITY.arrange(
        pd.concat(parts, axis=1).assign(
            quarter=assessment.segments["quarter"].iloc[0],
            org=tables.orgs,
            draws=draws,
            seed=seed,
            cuts=tables.method.when_all_move,
        )
    )


def _distances(overall: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return how far each average is from the cut on either side, and in points of score."""
    cuts = dict(enumerate(tables.held, start=1))
    segment = overall["unadjusted"]
    better = overall["average"] - (segment - 1).map(cuts)
    worse = segment.map(cuts) - overall["average"]
    counted = overall["metrics_counted"]
    return pd.DataFrame({
        "above_better_cut": better,
        "above_better_cut_points": better * counted,
        "below_worse_cut": worse,
        "below_worse_cut_points": worse * counted,
    }).astype(float)  # fmt: skip


def _without_override(overall: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return each trust's segment and league rank if its override alone were lifted."""
    adjusted = overall["adjusted"].fillna(0).to_numpy(dtype=int)
    alone = np.tile(adjusted, (len(overall), 1))
    np.fill_diagonal(alone, overall["unadjusted"].fillna(0).to_numpy(dtype=int))
    ranks = np.diag(tables.ranks(np.tile(tables.printed, (len(overall), 1)), alone))
    return pd.DataFrame({
        "segment_without_override": overall["unadjusted"],
        "rank_without_override": pd.Series(ranks, overall.index).where(ranks > 0),
    })  # fmt: skip


def _bounds(assessment: Assessment, history: Sequence[Assessment], tables: Tables) -> pd.DataFrame:
    """Return the metrics each trust lacks, and its average and segment had they scored 1 or 4."""
    counted = assessment.scores[assessment.scores["weight"].gt(0)]
    scored = counted.dropna(subset="score").set_index(["org", "metric"])
    elsewhere = [a.scores[a.scores["weight"].gt(0)] for a in history]
    known = pd.concat([counted, *elsewhere]).drop_duplicates(["org", "metric"])
    lacking = known.set_index(["org", "metric"])["weight"].drop(scored.index)
    orgs = pd.Index(tables.orgs)
    gaps = lacking.groupby("org").sum().reindex(orgs).fillna(0)
    names = lacking.sort_index().reset_index().groupby("org")["metric"].agg(" ".join)
    weight = scored["weight"].groupby("org").sum().reindex(orgs)
    total = (scored["weight"] * scored["score"]).groupby("org").sum().reindex(orgs)
    ends = {"best": 1.0, "lowest": 4.0}
    averages = {end: (total + score * gaps) / (weight + gaps) for end, score in ends.items()}
    placed = {
        f"unadjusted_if_{end}": tables.with_one_replaced(half_up(average), pd.Series(orgs, orgs))
        for end, average in averages.items()
    }
    found = {f"average_if_{end}": average for end, average in averages.items()}
    table = pd.DataFrame({"missing": names.reindex(orgs), **found, **placed})
    return table.reset_index(drop=True)


def _equal_domains(assessment: Assessment, tables: Tables) -> pd.DataFrame:
    """Return each trust's mean domain score, and its segment if everybody were so averaged."""
    domains = assessment.segments[assessment.segments["scope"] != OVERALL]
    means = domains.groupby("org")["average"].mean().reindex(list(tables.orgs))
    segments = tables.reweighed(half_up(means.to_numpy(dtype=float))[None, :])[0]
    return pd.DataFrame(
        {"average_equal_domains": means.to_numpy(), "unadjusted_equal_domains": segments}
    )


def _weights(assessment: Assessment, tables: Tables, *, draws: int, seed: int) -> pd.DataFrame:
    """Return the share of random weights that leave each trust's segment from the average."""
    counted = assessment.scores[assessment.scores["weight"].gt(0)].dropna(subset="score")
    wide = counted.pivot(index="metric", columns="org", values=["score", "weight"]).fillna(0)
    weights = wide["weight"][list(tables.orgs)].to_numpy()
    weighed = wide["score"][list(tables.orgs)].to_numpy() * weights
    # Each metric has a stream of its own: another metric more leaves the others' weights.
    gammas = [stream(seed, str(name)).gamma(_CONCENTRATION, size=draws) for name in wide.index]
    factors = np.column_stack(gammas)
    segments = tables.reweighed(half_up(factors @ weighed / (factors @ weights)))
    unadjusted = assessment.overall["unadjusted"]
    same = (segments == unadjusted.fillna(0).to_numpy(dtype=int)).mean(axis=0)
    steps = in_steps(np.column_stack([same, 1 - same]))[:, 0]
    return pd.DataFrame({"same_under_weights": pd.Series(steps).where(unadjusted.notna())})
