"""Two framework years side by side: the year of a quarter and its neighbour."""

from dataclasses import dataclass

from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework, years
from oversight_lib.rules.compare import Difference, compare
from oversight_lib.rules.model import Framework
from oversight_lib.rules.words import Said, in_words


@dataclass(frozen=True)
class TwoYears:
    """Two framework years, the older first, and the quarter whose edition shows them."""

    quarter: Quarter
    old: Framework
    new: Framework

    @property
    def judged_by(self) -> Framework:
        """The rules of the quarter's own year."""
        return self.old if self.old.year == str(self.quarter.year) else self.new

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every subject of which the two say something else."""
        return compare(self.old, self.new)

    @property
    def alike(self) -> tuple[Said, ...]:
        """Every subject of which the two say the same."""
        differing = {difference.id for difference in self.differences}
        return tuple(said for said in in_words(self.old) if said.id not in differing)


def two_years(quarter: str) -> TwoYears:
    """Return the year of a quarter beside the one after it, or before it if it is the newest."""
    found, known = Quarter.parse(quarter), years()
    at = min(known.index(found.year), max(len(known) - 2, 0))
    old, new = known[at], known[min(at + 1, len(known) - 1)]
    return TwoYears(found, load_framework(old), load_framework(new))
