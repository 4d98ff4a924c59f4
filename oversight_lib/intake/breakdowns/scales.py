"""What follows from a unit: how many people a value is per, its range, where limits are even."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """How values of a unit behave: per how many people, from where to where, symmetric on what."""

    per: float
    lowest: float | None
    highest: float | None
    symmetric: str


def scale_of(unit: str) -> Scale:
    """Return how values of a unit behave.

    Limits of percentages are taken as symmetric in log odds, those of rates (`per 100,000`) in
    logarithms, all others as they are.
    """
    if unit == "percent":
        return Scale(100, 0, 100, "logit")
    rate = re.fullmatch(r"per ([\d,]+)", unit)
    if rate:
        return Scale(float(rate[1].replace(",", "")), 0, None, "log")
    return Scale(1, None, None, "value")
