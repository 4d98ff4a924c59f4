"""What may not be seen of one figure: its labels, and the numbers that would give it away."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from oversight_lib.method.rounding import half_up

DECIMALS = (1, 2)
"""A percentage is looked for with as many decimals as pages and tables have, halves either way."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One figure: `labels` are the ways to say each thing it is about, `numbers` what is hidden.

    It is given away where a number stands with one way of saying each of its labels. Numbers are
    as `plain` writes them.
    """

    labels: tuple[frozenset[str], ...]
    numbers: frozenset[str]


def plain(number: float) -> str:
    """Return a number as it is compared: no thousands mark, no zeros at the end."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def secret(labels: Iterable[Iterable[str]], counts: Iterable[float], share: float) -> Secret:
    """Return what may not be seen of a share of people: its counts, and itself as printed."""
    roundings = [(half_up, d) for d in DECIMALS] + [(np.round, d) for d in DECIMALS]
    printed = {
        plain(float(how(np.array([share]), d)[0])) for how, d in roundings if not math.isnan(share)
    }
    ways = tuple(frozenset(word.casefold() for word in label if word) for label in labels)
    return Secret(ways, frozenset(plain(count) for count in counts) | printed)
