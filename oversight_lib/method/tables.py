"""Many league tables at once: averages, one row a table, placed by the rules in every row."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.frames import OVERALL
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.cuts import place
from oversight_lib.method.rounding import half_up
from oversight_lib.method.segmentation import adjust
from oversight_lib.rules.model import Framework
from oversight_lib.rules.segmenting import QuantileCuts

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

_CHUNK = 1_000
"""Tables ranked at a time: what they need stays in the processor's cache."""

_HUNDREDTHS = 301
"""Printed averages there can be between 1.00 and 4.00."""


class Cut(StrEnum):
    """Where cuts come from: the whole pool, published segments, or the rules themselves."""

    COMPUTED = "computed"
    BRACKETED = "bracketed"
    DEFINED = "defined"

    @property
    def when_one_moves(self) -> str:
        """What becomes of the cuts when one trust's average changes, in words."""
        words = {Cut.COMPUTED: "made again", Cut.BRACKETED: "held", Cut.DEFINED: "defined"}
        return words[self]

    @property
    def when_all_move(self) -> str:
        """What becomes of the cuts when everybody is weighed otherwise, in words."""
        return "kept" if self is Cut.BRACKETED else self.when_one_moves


@dataclass(frozen=True)
class Tables:
    """How the averages of one quarter's trusts become segments and ranks, table by table.

    Arrays of averages have one row a table and one column a trust, in the order of `orgs`.
    `printed` are the averages of the quarter itself. `adjusted[t, s]` is the adjusted segment of
    trust t whose average alone gives s; 0 where its override is not known, or s is 0.
    """

    orgs: tuple[str, ...]
    kinds: NDArray[np.str_]
    printed: Numbers
    adjusted: NDArray[np.int8]
    method: Cut
    cuts: pd.DataFrame
    held: Numbers
    probabilities: tuple[float, ...] | None

    @classmethod
    def of(cls, assessment: Assessment, framework: Framework) -> "Tables":
        """Return the tables of an assessment; its cuts are held unless its pool is complete."""
        overall = assessment.overall
        cuts = assessment.cuts[assessment.cuts["scope"] == OVERALL].sort_values("boundary")
        method = Cut(str(cuts["method"].iloc[0]))
        rule = framework.cuts
        redrawn = rule.probabilities if isinstance(rule, QuantileCuts) else None
        outcomes = [
            adjust(pd.Series(s, overall.index, dtype="Int64"), overall["override"], framework)
            for s in (1, 2, 3, 4)
        ]
        known = [outcome.fillna(0).to_numpy(dtype=np.int8) for outcome in outcomes]
        return cls(
            orgs=tuple(overall["org"]),
            kinds=overall["trust_type"].to_numpy(dtype=str),
            printed=half_up(overall["average"].to_numpy(dtype=float)),
            adjusted=np.column_stack([np.zeros(len(overall), dtype=np.int8), *known]),
            method=method,
            cuts=cuts,
            held=cuts["cut"].to_numpy(dtype=float),
            probabilities=redrawn if method is Cut.COMPUTED else None,
        )

    @property
    def redraws(self) -> bool:
        """True if the cuts are made again in every table."""
        return self.probabilities is not None

    def unadjusted(self, printed: Numbers) -> Whole:
        """Return the segments from the printed averages alone."""
        if self.probabilities is None:
            return _above(printed, np.tile(self.held, (len(printed), 1)))
        return _above(printed, self._quantiles(printed, self.probabilities))

    def reweighed(self, printed: Numbers) -> Whole:
        """Return the segments from averages made with other weights for everybody.

        Cuts from an incomplete pool would mean little at their old place: as they cannot be made
        again, each keeps as many of the trusts at hand at or below it as it had.
        """
        if self.method is not Cut.BRACKETED:
            return self.unadjusted(printed)
        below = (self.printed[:, None] <= self.held).sum(axis=0)
        ordered = np.sort(np.column_stack([np.full(len(printed), -np.inf), printed]), axis=1)
        return _above(printed, ordered[:, below])

    @staticmethod
    def _quantiles(printed: Numbers, probabilities: tuple[float, ...]) -> Numbers:
        """Return the cuts of each table; a trust without an average is not in the pool."""
        quantile = np.nanquantile if np.isnan(printed).any() else np.quantile
        return np.asarray(quantile(printed, probabilities, axis=1, method="linear")).T

    def with_one_replaced(self, printed: pd.Series, orgs: pd.Series) -> pd.Series:
        """Return the segment of each printed average if its trust had it and the others theirs.

        Cuts are made again with it where the pool is complete; otherwise they are held, and an
        average inside a bracket has no segment.
        """
        if self.probabilities is None:
            return place(printed, self.cuts).where(printed.notna())
        rows = [slice(start, start + _CHUNK) for start in range(0, len(printed), _CHUNK)]
        values, mine = printed.to_numpy(dtype=float), self.columns(orgs)
        found = [self._replaced(values[some], mine[some]) for some in rows]
        segments = pd.Series(np.concatenate([[], *found]), printed.index).astype("Int64")
        return segments.where(segments > 0)

    def _replaced(self, values: Numbers, mine: Whole) -> Whole:
        pools = np.tile(self.printed, (len(values), 1))
        pools[np.arange(len(values)), mine] = values
        return self.unadjusted(pools)[np.arange(len(values)), mine]

    def columns(self, orgs: pd.Series) -> Whole:
        """Return the column of each trust."""
        return np.asarray(pd.Index(self.orgs).get_indexer(pd.Index(orgs)))

    def overridden(self, unadjusted: pd.Series, orgs: pd.Series) -> pd.Series:
        """Return the segments of single trusts after the override; missing where either is."""
        segments = unadjusted.fillna(0).to_numpy(dtype=int)
        adjusted = pd.Series(self.adjusted[self.columns(orgs), segments], unadjusted.index)
        return adjusted.where(adjusted > 0).astype("Int64")

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


def _above(printed: Numbers, cuts: Numbers) -> Whole:
    """Return one more than how many of its table's three cuts each average is above; 0 if none."""
    above = sum((printed > cuts[:, [k]]).astype(np.int64) for k in range(cuts.shape[1]))
    return np.where(np.isnan(printed), 0, 1 + above)


_LAST = 4 * _HUNDREDTHS
"""The key of a trust without a segment: behind everybody."""


def _competition_ranks(keys: Whole) -> Whole:
    """Return, per row, one more than how many keys are smaller; by counting, not by sorting."""
    span = _LAST + 1
    flat = keys + span * np.arange(len(keys))[:, None]
    counts = np.bincount(flat.ravel(), minlength=span * len(keys)).reshape(len(keys), span)
    smaller = counts.cumsum(axis=1) - counts
    return np.asarray(1 + np.take_along_axis(smaller, keys, axis=1))
