"""What a person decides about a control chart: direction, target, bounds, baseline, rebases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from oversight_lib.errors import Problem

Better = Literal["higher", "lower", "none"]
"""Which way is improvement; "none" where neither is, as for demand."""

TwoSigma = Literal["mdc2023", "ptd"]
"""Whether a point beyond a process limit counts towards two of three: yes, or no.

Making Data Count announced yes in November 2023; the R package NHSRplotthedots 0.2.2 says no.
"""

Bounds = tuple[float | None, float | None]
"""The least and the greatest value the measure can take; None where there is none."""

SHORTEST_BASELINE = 12


@dataclass(frozen=True, slots=True)
class Rebase:
    """A documented change of process from which limits, rules and counts start afresh.

    `period` is the first of the new phase, as the period is printed: 2025-04. `area` limits it to
    one area of a series frame; None means every area with periods on both sides of it.
    """

    period: str
    reason: str
    author: str
    area: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ChartDesign:
    """Everything declared about a chart before its values are looked at.

    `target` is a number, or a series over the same periods where the target moves. `baseline` is
    how many recorded points at the start of each phase set its limits (12 or more; None is all).
    `screen` drops moving ranges of 3.267 times their mean or more, once. `stock` says the measure
    is a stock such as a waiting list, which carries over from month to month whatever is measured.
    """

    better: Better
    two_sigma: TwoSigma = "mdc2023"
    rebases: Sequence[Rebase] = ()
    baseline: int | None = None
    target: float | pd.Series | None = None
    bounds: Bounds | None = None
    screen: bool = False
    stock: bool = False

    @property
    def lower_bound(self) -> float | None:
        """The least value the measure can take."""
        return self.bounds[0] if self.bounds else None

    @property
    def upper_bound(self) -> float | None:
        """The greatest value the measure can take."""
        return self.bounds[1] if self.bounds else None


def design_problems(design: ChartDesign) -> list[Problem]:
    """Return what is wrong with a design whatever the series."""
    return [
        *_choice_problems(design),
        *_number_problems(design),
        *(problem for rebase in design.rebases for problem in _rebase_problems(rebase)),
    ]


def _choice_problems(design: ChartDesign) -> list[Problem]:
    choices = (("better", design.better, Better), ("two_sigma", design.two_sigma, TwoSigma))
    return [
        Problem(name, f"{chosen!r}", " or ".join(get_args(kind)))
        for name, chosen, kind in choices
        if chosen not in get_args(kind)
    ]


def _number_problems(design: ChartDesign) -> list[Problem]:
    problems = []
    if design.baseline is not None and design.baseline < SHORTEST_BASELINE:
        expected = f"{SHORTEST_BASELINE} points or more"
        problems.append(Problem("baseline", f"{design.baseline} points", expected))
    low, high = design.lower_bound, design.upper_bound
    if low is not None and high is not None and low >= high:
        problems.append(Problem("bounds", f"{low} to {high}", "the lower first"))
    return problems


def _rebase_problems(rebase: Rebase) -> list[Problem]:
    where = f"rebase at {rebase.period}"
    return [
        Problem(where, f"no {name}", "every rebase says when, why and who decided")
        for name, words in (("reason", rebase.reason), ("author", rebase.author))
        if not words.strip()
    ]
