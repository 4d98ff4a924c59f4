"""Process limits: mean plus and minus 2.66 mean moving ranges, phase by phase."""

import pandas as pd

from oversight_lib.method.spc.design import SHORTEST_BASELINE, ChartDesign

FEWEST_FOR_LIMITS = 5
LIMIT = 2.66  # three sigma over the mean moving range: 3 / 1.128
SCREEN = 3.267  # the upper limit of moving ranges, in mean moving ranges
LARGEST_CARRYOVER = 0.9
RECENT = 6
"""A change in the latest six points must not count as carry-over and so hide itself."""
HAIR = 1e-12
"""Values closer than this share of the largest value are equal.

A mean such as that of 0.1, 0.1, 0.1 is off in the last binary digit; a point on it is on it.
"""


def hair(values: pd.Series) -> float:
    """Return the difference, in the values' unit, below which two of them are equal."""
    return HAIR * float(values.abs().max()) if values.notna().any() else 0.0


def phases(points: pd.DataFrame, design: ChartDesign) -> pd.DataFrame:
    """Return one row a phase: counts, mean, mean moving range, lag-1 autocorrelation.

    Only the first `baseline` recorded points of a phase set its figures, all if None; `carryover`
    leaves out the phase's latest six as well, but never goes below its first twelve. A moving range
    needs two consecutive periods. `mean` and `mean_range` are missing below five recorded points,
    and without a single pair of consecutive periods. No range at all is zero, not missing.
    """
    phase = points["phase"]
    order = points["value"].notna().groupby(phase).cumsum()
    basis = points["value"].where(order <= (design.baseline or len(points)))
    recorded = points["value"].groupby(phase).count()
    mean_range = _mean_range(basis, phase, screen=design.screen)
    mean_range = mean_range.mask(mean_range <= hair(points["value"]), 0.0)
    chartable = (recorded >= FEWEST_FOR_LIMITS) & mean_range.notna()
    table = pd.DataFrame(
        {
            "recorded": recorded,
            "counted": basis.groupby(phase).count(),
            "mean": basis.groupby(phase).mean().where(chartable),
            "mean_range": mean_range.where(chartable),
        }
    )
    settled = order <= phase.map((recorded - RECENT).clip(lower=SHORTEST_BASELINE))
    carryover = _carryover(basis.where(settled), phase).where(table["mean_range"] > 0)
    return table.assign(carryover=carryover)


def _mean_range(basis: pd.Series, phase: pd.Series, *, screen: bool) -> pd.Series:
    ranges = basis.groupby(phase).diff().abs()
    mean_range = ranges.groupby(phase).mean()
    if not screen:
        return mean_range
    cut = phase.map(SCREEN * mean_range)
    return ranges.where((ranges < cut) | (cut == 0)).groupby(phase).mean()


def _carryover(values: pd.Series, phase: pd.Series) -> pd.Series:
    """Lag-1 autocorrelation by phase, bias-corrected, held in 0 to 0.9.

    r + (1 + 4r) / n. Only pairs of consecutive periods count, scaled up to the n - 1 there would
    be without gaps. Missing where the values do not vary.
    """
    deviation = values - values.groupby(phase).transform("mean")
    deviation = deviation.mask(deviation.abs() <= hair(values), 0.0)
    pairs = deviation * deviation.groupby(phase).shift()
    count = values.groupby(phase).count()
    share = (count - 1) / pairs.groupby(phase).count()
    raw = share * pairs.groupby(phase).sum() / (deviation**2).groupby(phase).sum()
    return (raw + (1 + 4 * raw) / count).clip(0, LARGEST_CARRYOVER)


def with_limits(points: pd.DataFrame, table: pd.DataFrame, design: ChartDesign) -> pd.DataFrame:
    """Return the points with mean, limits, two-sigma lines, and limits as drawn.

    Rules use the limits as they are; only `drawn_lower` and `drawn_upper` stop at the bounds.
    """
    mean, width = (
        points["phase"].map(table["mean"]),
        LIMIT * points["phase"].map(table["mean_range"]),
    )
    lower, upper = mean - width, mean + width
    return points.assign(
        mean=mean,
        lower=lower,
        upper=upper,
        lower_two_sigma=mean - 2 * width / 3,
        upper_two_sigma=mean + 2 * width / 3,
        drawn_lower=lower.clip(design.lower_bound, design.upper_bound),
        drawn_upper=upper.clip(design.lower_bound, design.upper_bound),
    )
