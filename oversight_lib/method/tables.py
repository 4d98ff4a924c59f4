"""Many league tables at once: averages, one row a table, placed by the rules in every row."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.frames import OVERALL
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.segmentation import adjust
from oversight_lib.rules.model import Framework

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

_CHUNK = 1_000
"""Tables ranked at a time: what they need stays in the processor's cache."""

_HUNDREDTHS = 301
"""Printed averages there can be between 1.00 and 4.00."""


@dataclass(frozen=True)
class Tables:
    """How the averages of one quarter's trusts become segments and ranks, table by table.

    Arrays of averages have one row a table and one column a trust, in the order of `orgs`.
    `adjusted[t, s]` is the adjusted segment of trust t whose average alone gives s; 0 where its
    override is not known.
    """

    orgs: tuple[str, ...]
    kinds: NDArray[np.str_]
    adjusted: NDArray[np.int8]
    held: Numbers
    probabilities: tuple[float, ...] | None

    @classmethod
    def of(cls, assessment: Assessment, framework: Framework) -> "Tables":
        """Return the tables of an assessment; its cuts are held unless its pool is complete."""
        overall = assessment.overall
        cuts = assessment.cuts[assessment.cuts["scope"] == OVERALL].sort_values("boundary")
        redrawn = bool(cuts["method"].eq("computed").all())
        outcomes = [
            adjust(pd.Series(s, overall.index, dtype="Int64"), overall["override"], framework)
            for s in (1, 2, 3, 4)
        ]
        known = [outcome.fillna(0).to_numpy(dtype=np.int8) for outcome in outcomes]
        return cls(
            orgs=tuple(overall["org"]),
            kinds=overall["trust_type"].to_numpy(dtype=str),
            adjusted=np.column_stack([np.zeros(len(overall), dtype=np.int8), *known]),
            held=cuts["cut"].to_numpy(dtype=float),
            probabilities=framework.cuts.probabilities if redrawn else None,
        )

    @property
    def redraws(self) -> bool:
        """True if the cuts are made again in every table."""
        return self.probabilities is not None

    def unadjusted(self, printed: Numbers) -> Whole:
        """Return the segments from the printed averages alone."""
        if self.probabilities is None:
            return np.asarray(1 + np.searchsorted(self.held, printed, side="left"))
        cuts = np.quantile(printed, self.probabilities, axis=1, method="linear")
        above = [(printed > cut[:, None]).astype(np.int64) for cut in cuts]
        return np.asarray(1 + sum(above))

    def after_override(self, unadjusted: Whole) -> Whole:
        """Return the segments after the override; 0 where it is not known."""
        return self.adjusted[np.arange(len(self.orgs)), unadjusted].astype(np.int64)

    def ranks(self, printed: Numbers, segments: Whole) -> Whole:
        """Return the league ranks within trust type, ties sharing the best; 0 without a segment."""
        hundredths = np.rint(printed * 100).astype(np.int64) - 100
        keys = np.where(segments > 0, (segments - 1) * _HUNDREDTHS + hundredths, _LAST)
        ranks = np.zeros_like(keys)
        for kind in np.unique(self.kinds):
            mine = self.kinds == kind
            for start in range(0, len(keys), _CHUNK):
                rows = slice(start, start + _CHUNK)
                ranks[rows, mine] = _competition_ranks(keys[rows, mine])
        return np.where(segments > 0, ranks, 0)


_LAST = 4 * _HUNDREDTHS
"""The key of a trust without a segment: behind everybody."""


def _competition_ranks(keys: Whole) -> Whole:
    """Return, per row, one more than how many keys are smaller; by counting, not by sorting."""
    span = _LAST + 1
    flat = keys + span * np.arange(len(keys))[:, None]
    counts = np.bincount(flat.ravel(), minlength=span * len(keys)).reshape(len(keys), span)
    smaller = counts.cumsum(axis=1) - counts
    return np.asarray(1 + np.take_along_axis(smaller, keys, axis=1))
