"""What an edition says about itself: its quarter, its rules and the very files behind it."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime

from oversight_lib.periods import Month, Quarter


@dataclass(frozen=True, slots=True, order=True)
class DataFile:
    """One file an edition is made from, by its name in the repository, with its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What every page of one edition shares.

    `rules` names the framework year whose rules were applied, as 2025-26. `commit` is the
    commit of the code, or "unknown". `released` is when it may be seen, as ISO time with its
    offset; empty if nobody signed it. `contact` is whom to ask; empty if nobody is named.
    """

    quarter: Quarter
    rules: str
    files: tuple[DataFile, ...] = ()
    commit: str = "unknown"
    released: str = ""
    contact: str = ""

    @property
    def last_month(self) -> Month:
        """The last month of the quarter."""
        return Month(self.quarter.year.start, 3).plus(3 * self.quarter.number)

    @property
    def epoch(self) -> int:
        """The last midnight of the quarter in Unix seconds: the one date an edition is given.

        A run reads no clock, so that the same inputs give the same bytes on any day.
        """
        year, month = self.last_month.year, self.last_month.month
        last_day = calendar.monthrange(year, month)[1]
        return int(datetime(year, month, last_day, tzinfo=UTC).timestamp())
