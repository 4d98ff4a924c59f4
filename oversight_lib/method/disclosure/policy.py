"""A disclosure policy, and what a single count looks like under it."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from oversight_lib.method.disclosure.symbol import Symbol


class DisclosureError(RuntimeError):
    """Code that would show people's counts without their policy; a bug, with its traceback."""


Level = Literal["national", "below national"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How counts of people from one source may be shown.

    Counts of 1 to `threshold` are hidden behind `symbol`; the others are rounded to
    `rounding_base` (1 is never), always or only if hiding alone fails the attack audit, which must
    leave at least `possible_values` values for each hidden count. `protected` counts were made
    safe by their publisher: they are shown as they are and never completed.
    """

    name: str
    threshold: int
    rounding_base: int = 1
    level: Level = "below national"
    symbol: Symbol = Symbol.CONFIDENTIAL
    protected: bool = False
    always_rounds: bool = True
    possible_values: int = 5
    applies_to: str = "people"
    licence: str = ""

    def __post_init__(self) -> None:
        if self.threshold < 0 or self.rounding_base < 1 or self.possible_values < 1:
            raise ValueError(f"policy {self.name}: expected threshold ≥ 0, base ≥ 1, values ≥ 1")

    @property
    def open(self) -> bool:
        """True if nothing is hidden or rounded: national figures, or already protected ones."""
        return self.protected or self.level == "national"

    def joined(self, other: "Policy") -> "Policy":
        """Return the policy of a figure made from counts under both: the stricter of each."""
        if self == other or other.open:
            return self
        if self.open:
            return other
        return replace(
            self,
            name=f"{self.name} and {other.name}",
            threshold=max(self.threshold, other.threshold),
            rounding_base=int(np.lcm(self.rounding_base, other.rounding_base)),
            always_rounds=self.always_rounds or other.always_rounds,
            possible_values=max(self.possible_values, other.possible_values),
        )


def small(count: NDArray[np.float64], policy: Policy) -> NDArray[np.bool_]:
    """Say which counts may not be shown: 1 to the threshold. Nobody (0) is shown."""
    return (count >= 1) & (count <= policy.threshold) & (not policy.open)


def rounded(count: NDArray[np.float64], base: int) -> NDArray[np.float64]:
    """Return the counts to the nearest multiple of `base`, halves upwards; missing stays so."""
    return np.floor(count / base + 0.5) * base
