"""Inequality arithmetic: a breakdown by deprivation group in, rows with limits or a reason out.

Positive (a ratio above 1) always means worse for the most deprived. A number that cannot stand is
missing, and its reason stands beside it.
"""

from oversight_lib.method.inequality.breakdown import (
    Breakdown,
    Measure,
    from_counts,
    from_limits,
    of_counts,
    read,
)
from oversight_lib.method.inequality.change import slope_change
from oversight_lib.method.inequality.concentration import concentration
from oversight_lib.method.inequality.dispersion import dispersion, proportion_outliers
from oversight_lib.method.inequality.excess import excess
from oversight_lib.method.inequality.gaps import comparable, gaps
from oversight_lib.method.inequality.life import life_expectancy
from oversight_lib.method.inequality.means import mean
from oversight_lib.method.inequality.ntiles import ntiles
from oversight_lib.method.inequality.proportions import proportion
from oversight_lib.method.inequality.rates import rate
from oversight_lib.method.inequality.slope import slope_index
from oversight_lib.method.inequality.standardised import (
    directly_standardised,
    directly_standardised_repeats,
    indirectly_standardised,
)
from oversight_lib.method.inequality.trend import proportion_trend, value_trend

__all__ = [
    "Breakdown",
    "Measure",
    "comparable",
    "concentration",
    "directly_standardised",
    "directly_standardised_repeats",
    "dispersion",
    "excess",
    "from_counts",
    "from_limits",
    "gaps",
    "indirectly_standardised",
    "life_expectancy",
    "mean",
    "ntiles",
    "of_counts",
    "proportion",
    "proportion_outliers",
    "proportion_trend",
    "rate",
    "read",
    "slope_change",
    "slope_index",
    "value_trend",
]  # fmt: skip
