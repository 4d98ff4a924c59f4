"""Where one segment ends and the next begins, and which segment an average lies in."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from oversight_lib.errors import RulesError
from oversight_lib.frames import CUTS, OVERALL
from oversight_lib.method.publication import Publication
from oversight_lib.method.rounding import half_up
from oversight_lib.rules.base import known
from oversight_lib.rules.model import Framework
from oversight_lib.rules.segmenting import ThresholdCuts

_KEYS = ["quarter", "org", "scope"]


def cut_points(means: pd.DataFrame, publication: Publication, framework: Framework) -> pd.DataFrame:
    """Return the frame CUTS: three boundaries a scope.

    Computed as quantiles where every trust type of the pool is loaded. Otherwise bracketed by the
    published segments: the largest average in one and the smallest in the next, all types
    together. Refused, naming the scopes, where neither can be had. Under defined thresholds the
    overall scope alone has cuts; refused while one of them is not known.
    """
    if isinstance(framework.cuts, ThresholdCuts):
        return _defined(means, framework.cuts, str(publication.quarter))
    probabilities = framework.cuts.probabilities
    pool = next(pool for pool in framework.pool if pool.id == framework.cuts.pool)
    lacking = publication.lacking(pool)
    segments = publication.published_results[[*_KEYS, "unadjusted"]]
    printed = means.assign(printed=half_up(means["average"])).merge(segments, how="left", on=_KEYS)
    if lacking:
        _refuse_unpublished(printed, lacking)
    boundaries = [
        _boundary(group, str(scope), k + 1, probability, bracket=bool(lacking))
        for scope, group in printed.groupby("scope", sort=True)
        for k, probability in enumerate(probabilities)
    ]
    words = ", ".join(lacking) or None
    return CUTS.arrange(
        pd.concat(boundaries).assign(quarter=str(publication.quarter), lacking=words)
    )


def place(averages_: pd.Series, cuts: pd.DataFrame) -> pd.Series:
    """Return the segment of each printed average among one scope's cuts.

    Missing where the average lies inside a bracket, where brackets contradict one another, and in
    a scope without cuts.
    """
    if cuts.empty:
        return pd.Series(pd.NA, averages_.index, dtype="Int64")
    values = averages_.to_numpy()[:, None]
    above_low = 1 + (values > cuts["low"].to_numpy()).sum(axis=1)
    at_high = 1 + (values >= cuts["high"].fillna(np.inf).to_numpy()).sum(axis=1)
    return pd.Series(above_low, averages_.index).where(above_low == at_high).astype("Int64")


def _defined(means: pd.DataFrame, cuts: ThresholdCuts, quarter: str) -> pd.DataFrame:
    """Return the frame CUTS of defined thresholds, for the overall scope."""
    boundary = known(cuts.boundary, "on which side of a threshold an average equal to it lies")
    known(cuts.compares, "what is compared with the thresholds")
    limits = pd.Series([known(cut, "a threshold between segments") for cut in cuts.thresholds])
    # The next number there is: an average is at or below the one, or at or above the other.
    inside = boundary == "at_or_below"
    return CUTS.arrange(pd.DataFrame({
        "quarter": quarter,
        "scope": OVERALL,
        "boundary": limits.index + 1,
        "low": limits if inside else np.nextafter(limits, -np.inf),
        "high": np.nextafter(limits, np.inf) if inside else limits,
        "cut": limits if inside else np.nextafter(limits, -np.inf),
        "at_hand": np.nan,
        "method": "defined",
        "pool_size": int(means["scope"].eq(OVERALL).sum()),
        "lacking": None,
    }))  # fmt: skip


def _boundary(
    rows: pd.DataFrame, scope: str, boundary: int, probability: float, *, bracket: bool
) -> pd.DataFrame:
    """Return one row of CUTS without its quarter."""
    at_hand = float(np.quantile(rows["printed"], probability, method="linear"))
    below = rows["unadjusted"].le(boundary) if bracket else rows["printed"].le(at_hand)
    lower, upper = (
        rows.loc[below.fillna(False), "printed"],
        rows.loc[~below.fillna(True), "printed"],
    )
    return pd.DataFrame({
        "scope": [scope],
        "boundary": [boundary],
        "low": [lower.max()],
        "high": [upper.min()],
        "cut": [lower.max() if bracket else at_hand],
        "at_hand": [at_hand],
        "method": ["bracketed" if bracket else "computed"],
        "pool_size": [len(rows)],
    })  # fmt: skip


def _refuse_unpublished(rows: pd.DataFrame, lacking: Iterable[str]) -> None:
    published = rows.groupby("scope")["unadjusted"].count()
    scopes = list(published.index[published == 0])
    if scopes:
        raise RulesError(
            f"no cut points for {', '.join(scopes)}: the pool lacks {', '.join(lacking)} trusts "
            "and no segments are published to bracket them",
            do_this="load the files of every trust type, or files that carry segments",
        )
