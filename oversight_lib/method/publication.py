"""What was published for one quarter, as tidy tables: the one input of an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from oversight_lib.periods import Quarter
from oversight_lib.rules.model import Pool


@dataclass(frozen=True)
class Publication:
    """What was published for one quarter, as tidy tables.

    `reference_counts` says how many trusts of each type there are, loaded or not.
    """

    quarter: Quarter
    observations: pd.DataFrame
    published_scores: pd.DataFrame
    published_results: pd.DataFrame
    organisations: pd.DataFrame
    league: pd.DataFrame
    reference_counts: Mapping[str, int]

    @property
    def trust_types(self) -> pd.Series:
        """The trust type of each organisation, indexed by its code."""
        return self.organisations.set_index("org")["trust_type"]

    def lacking(self, pool: Pool) -> list[str]:
        """Return the trust types of a pool that are not loaded at all, sorted."""
        return sorted(set(pool.trust_types) - set(self.trust_types)) if pool.together else []

    def size(self, pool: Pool) -> int:
        """Return how many trusts a pool can have at most."""
        counts = [self.reference_counts.get(kind, 0) for kind in pool.trust_types]
        return sum(counts) if pool.together else max(counts)
