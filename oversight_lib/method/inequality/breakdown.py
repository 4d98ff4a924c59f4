"""One measure by deprivation group, for many areas at once."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from oversight_lib.errors import Problem, StoreError
from oversight_lib.frames import BREAKDOWNS
from oversight_lib.method.inequality.estimate import (
    FloatArray,
    TextArray,
    first_reason,
    floats,
    summed,
)
from oversight_lib.method.inequality.quantiles import normal_quantile

Scale = Literal["value", "log", "logit"]

FEWEST_GROUPS, MOST_GROUPS = 5, 100
NOT_STATED_LIMIT = 0.10


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value is: which way is better, its possible range, and how many people it is per."""

    better: Literal["higher", "lower"]
    low: float | None = None
    high: float | None = None
    per: float = 1

    @property
    def sign(self) -> int:
        """What turns 'least minus most deprived' into 'positive is worse for the most deprived'."""
        return 1 if self.better == "higher" else -1


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Arrays of areas x groups; the first group is the most deprived.

    `not_stated` is each area's share of people whose group is not known. `grouping` names the
    groups (index, vintage, national or local): indices of different groupings do not compare.
    """

    areas: pd.Index
    population: FloatArray
    value: FloatArray
    standard_error: FloatArray
    count: FloatArray
    not_stated: FloatArray
    grouping: str
    not_stated_limit: float = NOT_STATED_LIMIT

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self.population.shape[1])

    @property
    def share(self) -> FloatArray:
        """Each group's share of the people whose group is stated."""
        return self.population / summed(self.population)[:, np.newaxis]

    @property
    def counted(self) -> bool:
        """True if every value is a proportion of people whose numerator is known."""
        return not bool(np.isnan(self.count).any())

    def reasons(self) -> TextArray:
        """Say for each area why it has no inequality measure; "" where it has."""
        few = np.full(len(self.areas), self.groups < FEWEST_GROUPS)
        many = np.full(len(self.areas), self.groups > MOST_GROUPS)
        absent = np.isnan(self.value) | ~(self.population > 0)
        uncertain = ~(self.standard_error > 0)
        wording = f"more than {self.not_stated_limit:.0%} of people are in no stated group"
        return first_reason(
            (few, f"{self.groups} groups; at least {FEWEST_GROUPS} are needed"),
            (many, f"{self.groups} groups; at most {MOST_GROUPS} are allowed"),
            *_by_group(absent, "group {} is missing or suppressed"),
            (self.not_stated > self.not_stated_limit, wording),
            (np.isnan(self.not_stated), "how many are in no stated group is suppressed"),
            *_by_group(uncertain, "group {} has no standard error (none or all of its people?)"),
        )

    def take(self, rows: NDArray[np.bool_]) -> "Breakdown":
        """Return the breakdown of these areas only."""
        return Breakdown(
            self.areas[rows], self.population[rows], self.value[rows], self.standard_error[rows],
            self.count[rows], self.not_stated[rows], self.grouping, self.not_stated_limit,
        )  # fmt: skip


def read(table: pd.DataFrame, *, groups: int, grouping: str,
         not_stated_limit: float = NOT_STATED_LIMIT) -> Breakdown:  # fmt: skip
    """Return the breakdown in a `BREAKDOWNS` table, in any row order.

    An area lacking a group keeps its place, with a reason later. Raises `StoreError` for a group
    beyond `groups`: a 'Persons' or 'Total' row is not a group, wherever it stands.
    """
    checked = BREAKDOWNS.check(table)
    beyond = checked.loc[checked["group"].gt(groups).fillna(value=False), "area"]
    if len(beyond):
        raise StoreError(
            "the table breakdowns has groups that do not exist",
            [Problem(f"area {area}", f"a group above {groups}") for area in sorted(set(beyond))],
        )
    areas = pd.Index(sorted(set(checked["area"])), name="area")
    stated = checked.dropna(subset="group").set_index(["area", "group"])
    places = pd.MultiIndex.from_product([areas, range(1, groups + 1)], names=["area", "group"])
    cells = stated.reindex(places)
    population, value, error, count = (
        floats(cells[name]).reshape(len(areas), groups)
        for name in ("population", "value", "standard_error", "count")
    )
    not_stated = checked[checked["group"].isna()].set_index("area")["population"]
    # No 'not stated' row is nobody; a suppressed one is unknown, and stays so.
    unknown = floats(not_stated.reindex(areas, fill_value=0.0))
    share = unknown / np.maximum(unknown + np.nansum(population, axis=1), 1)
    return Breakdown(areas, population, value, error, count, share, grouping, not_stated_limit)


def from_counts(table: pd.DataFrame, *, per: float) -> pd.DataFrame:
    """Return `BREAKDOWNS` rows from area, group, population and count: proportions of people.

    The standard error is the binomial one; where none or all are counted it is 0, and the area
    will have a reason rather than a number.
    """
    n, x = floats(table["population"]), floats(table["count"])
    share = np.divide(x, n, out=np.full_like(n, np.nan), where=n > 0)
    error = np.sqrt(share * (1 - share) / np.where(n > 0, n, np.nan))
    return BREAKDOWNS.arrange(table.assign(value=per * share, standard_error=per * error))


def from_limits(table: pd.DataFrame, *, symmetric: Scale = "value", top: float = 1,
                confidence: float = 0.95) -> pd.DataFrame:  # fmt: skip
    """Return `BREAKDOWNS` rows from area, group, population, value, low and high.

    `symmetric` is the scale the published limits are symmetric on: the value (means, life
    expectancy), its logarithm (rates) or its log odds out of `top` (proportions).
    """
    value, low, high = (floats(table[name]) for name in ("value", "low", "high"))
    width = to_scale(high, symmetric, top) - to_scale(low, symmetric, top)
    error = width / (2 * normal_quantile(confidence)) / steepness(value, symmetric, top)
    return BREAKDOWNS.arrange(table.assign(standard_error=error, count=np.nan))


def to_scale(value: FloatArray, scale: Scale, top: float = 1) -> FloatArray:
    """Return the value, its logarithm or its log odds; NaN where there is none."""
    if scale == "value":
        return value
    inside = np.where((value > 0) & ((scale == "log") | (value < top)), value, np.nan)
    return np.log(inside) if scale == "log" else np.log(inside / (top - inside))


def steepness(value: FloatArray, scale: Scale, top: float = 1) -> FloatArray:
    """Return how fast the scale moves with the value; NaN where it has none."""
    if scale == "value":
        return np.ones_like(value)
    inside = np.where((value > 0) & ((scale == "log") | (value < top)), value, np.nan)
    return 1 / inside if scale == "log" else top / (inside * (top - inside))


def from_scale(value: FloatArray, scale: Scale, top: float = 1) -> FloatArray:
    """Undo `to_scale`."""
    if scale == "value":
        return value
    return np.exp(value) if scale == "log" else top / (1 + np.exp(-value))


def _by_group(flags: NDArray[np.bool_], words: str) -> list[tuple[NDArray[np.bool_], str]]:
    return [(flags[:, i], words.format(i + 1)) for i in range(flags.shape[1])]


def of_counts(areas: ArrayLike, count: ArrayLike, population: ArrayLike, *,
                per: float, grouping: str) -> Breakdown:  # fmt: skip
    """Return the breakdown of counts given as arrays of areas x groups."""
    n, x = floats(population), floats(count)
    names = np.repeat(np.asarray(areas), n.shape[1])
    numbers = np.tile(np.arange(1, n.shape[1] + 1), len(n))
    cells = pd.DataFrame({"area": names, "group": numbers, "population": n.ravel(),
                          "count": x.ravel()})  # fmt: skip
    return read(from_counts(cells, per=per), groups=n.shape[1], grouping=grouping)
