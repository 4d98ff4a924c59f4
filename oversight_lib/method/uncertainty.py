"""Likely ranges: how far an average and a rank would move with another, similar set of metrics.

The publisher's own range, proved by its league tables: the 95% percentile bootstrap of a trust's
metric scores. It treats the metrics as a sample of possible metrics; it says neither how precisely
performance was measured nor what the next quarter will be.
"""

import numpy as np
import pandas as pd

from oversight_lib.frames import RANGES
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.resampling import DRAWS, LIMITS, SEED, Numbers, resampled_means, stream
from oversight_lib.method.rounding import half_up
from oversight_lib.method.tables import Cut, Tables
from oversight_lib.rules.model import Framework


def likely_ranges(
    assessment: Assessment, framework: Framework, *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Return the frame RANGES: the range of every trust's average and league rank.

    In each draw every trust's metrics are resampled with their weights, averages are printed, and
    cuts, override and league order follow. Cuts are made again where every trust of their pool is
    loaded; otherwise they are held, and `note` says so. Averages are not rounded. A trust whose
    override is not known has no range of rank.
    """
    tables = Tables.of(assessment, framework)
    averages = drawn_averages(assessment, tables.orgs, draws=draws, seed=seed)
    printed = half_up(averages)
    segments = tables.after_override(tables.unadjusted(printed))
    low, high = np.quantile(averages, LIMITS, axis=0)
    best, lowest = np.quantile(
        tables.ranks(printed, segments), LIMITS, axis=0, method="inverted_cdf"
    )
    ranked = best > 0
    return RANGES.arrange(
        pd.DataFrame({
            "quarter": assessment.segments["quarter"].iloc[0],
            "org": tables.orgs,
            "average_low": low,
            "average_high": high,
            "rank_low": pd.Series(best).where(ranked),
            "rank_high": pd.Series(lowest).where(ranked),
            "draws": draws,
            "seed": seed,
            "cuts_redrawn": tables.redraws,
            "note": _why_held(assessment, tables),
        })
    )  # fmt: skip


def drawn_averages(
    assessment: Assessment, orgs: tuple[str, ...], *, draws: int, seed: int
) -> Numbers:
    """Return the resampled averages: one row a draw, one column a trust.

    Every trust draws from its own stream, so another trust more or less changes nothing here.
    """
    scores = assessment.scores
    counted = scores[scores["weight"].gt(0) & scores["score"].notna()].sort_values("metric")
    trusts = dict(iter(counted.groupby("org")))
    columns = [
        resampled_means(
            trusts[org]["score"].to_numpy(),
            trusts[org]["weight"].to_numpy(),
            draws=draws,
            chance=stream(seed, org),
        )
        for org in orgs
    ]
    return np.column_stack(columns)


def _why_held(assessment: Assessment, tables: Tables) -> str | None:
    if tables.redraws:
        return None
    if tables.method is Cut.DEFINED:
        return "the cuts are defined by the rules and do not move"
    lacking = assessment.cuts["lacking"].dropna()
    return f"the cuts were held in every draw: the pool lacks {lacking.iloc[0]} trusts"
