"""Counts of people as a column type that cannot be seen, only added up and published."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from pandas.api.extensions import ExtensionArray, ExtensionDtype, take

from oversight_lib.method.disclosure.policy import DisclosureError, Policy
from oversight_lib.method.disclosure.symbol import IN_ORDER, Symbol, strength, stronger


def counts(values: ArrayLike, policy: Policy, symbols: Sequence[str | None] | None = None
           ) -> "CountArray":  # fmt: skip
    """Return a column of counts under the policy.

    A missing value bears its symbol, `[x]` (not available) if none is given; a value with a symbol
    is forgotten. Raises ValueError for anything that is not a count.
    """
    number = pd.to_numeric(pd.Series(values), errors="raise").to_numpy(np.float64, na_value=np.nan)
    given = [""] * len(number) if symbols is None else [symbol or "" for symbol in symbols]
    known = np.array([Symbol(symbol).value if symbol else "" for symbol in given], dtype=object)
    symbol = np.where(np.isnan(number) & (known == ""), Symbol.NOT_AVAILABLE.value, known)
    number = np.where(symbol == "", number, np.nan)
    if ((number < 0) | (number % 1 > 0)).any():
        raise ValueError("a count of people is a whole number from 0; one of these is not")
    return CountArray(number, symbol, policy)


def _refuse(what: str) -> NoReturn:
    raise DisclosureError(f"{what} would show counts of people; use disclosure.publish")


class CountDtype(ExtensionDtype):
    """The type of a column of counts of people, with its policy."""

    _metadata = ("policy",)
    name: ClassVar[str] = "count"
    type: ClassVar[Any] = object

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    @classmethod
    def construct_array_type(cls) -> Any:
        """Return the class of the column."""
        return CountArray

    @classmethod
    def construct_from_string(cls, string: str) -> Self:
        """Refuse: a policy cannot be had from its name."""
        raise TypeError(f"cannot make a column of counts from {string!r}")


class CountArray(ExtensionArray):
    """A column of counts: adds, subtracts, sums, groups and selects; shows nothing."""

    def __init__(self, number: NDArray[np.float64], symbol: NDArray[np.object_], policy: Policy
                 ) -> None:  # fmt: skip
        self._number, self._symbol, self._dtype = number, symbol, CountDtype(policy)

    @classmethod
    def _from_sequence(cls, scalars: Iterable[Any], *, dtype: Any = None, copy: bool = False
                       ) -> "CountArray":  # fmt: skip
        cells = list(scalars)
        if not cells or not all(isinstance(cell, Count) for cell in cells):
            raise DisclosureError("a column of counts is made by disclosure.counts")
        return cls._concat_same_type([cell.column for cell in cells])

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence["CountArray"]) -> "CountArray":
        return cls(
            np.concatenate([part._number for part in to_concat]),
            np.concatenate([part._symbol for part in to_concat]),
            to_concat[0].policy,
        )

    @property
    def dtype(self) -> CountDtype:
        """The type, with the policy."""
        return self._dtype

    @property
    def policy(self) -> Policy:
        """The policy every cell is under."""
        return self._dtype.policy

    @property
    def nbytes(self) -> int:
        """Size in memory, in bytes."""
        return int(self._number.nbytes + self._symbol.nbytes)

    def __len__(self) -> int:
        return len(self._number)

    def __getitem__(self, item: Any) -> Any:
        where = pd.api.indexers.check_array_indexer(self, item)
        if np.ndim(where) == 0 and not isinstance(where, slice):
            place = slice(where, where + 1 or None)
            return Count(CountArray(self._number[place], self._symbol[place], self.policy))
        return CountArray(self._number[where], self._symbol[where], self.policy)

    def isna(self) -> NDArray[np.bool_]:
        """Say that no cell is missing: a cell without a number has its symbol."""
        return np.zeros(len(self), dtype=np.bool_)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None
             ) -> "CountArray":  # fmt: skip
        """Return the cells at these places; a place that is not there is not available."""
        nothing = Symbol.NOT_AVAILABLE.value
        number, symbol = (
            np.asarray(take(part, indices, allow_fill=allow_fill, fill_value=fill))
            for part, fill in ((self._number, np.nan), (self._symbol, nothing))
        )
        return CountArray(number, symbol, self.policy)

    def copy(self) -> "CountArray":
        """Return a column of its own."""
        return CountArray(self._number.copy(), self._symbol.copy(), self.policy)

    def _joined(self, other: Any, sign: int) -> Any:
        if isinstance(other, pd.Series | pd.DataFrame | pd.Index):
            return NotImplemented
        if isinstance(other, Count):
            other = other.column
        if not isinstance(other, CountArray):
            raise DisclosureError("a count of people adds only to another count of people")
        symbol = stronger(np.broadcast_arrays(self._symbol, other._symbol))
        number = np.where(symbol == "", self._number + sign * other._number, np.nan)
        return CountArray(number, symbol, self.policy.joined(other.policy))

    def __add__(self, other: Any) -> Any:
        return self._joined(other, 1)

    def __sub__(self, other: Any) -> Any:
        return self._joined(other, -1)

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any
                ) -> Any:  # fmt: skip
        if name != "sum":
            _refuse(f"{name} of a column")
        total = self._grouped(np.zeros(len(self), dtype=np.intp), 1)
        return total if keepdims else total[0]

    def _groupby_op(self, *, how: str, ngroups: int, ids: NDArray[np.intp], **kwargs: Any
                    ) -> "CountArray":  # fmt: skip
        if how != "sum":
            _refuse(f"{how} by group")
        return self._grouped(ids, ngroups)

    def _grouped(self, group: NDArray[np.intp], size: int) -> "CountArray":
        inside = group >= 0
        number = np.bincount(group[inside], self._number[inside], minlength=size)
        place = np.full(size, len(IN_ORDER) - 1)
        np.minimum.at(place, group[inside], strength(self._symbol[inside]))
        symbol = IN_ORDER[place]
        return CountArray(np.where(symbol == "", number, np.nan), symbol, self.policy)

    def __eq__(self, other: object) -> NoReturn:
        _refuse("a comparison")

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: object) -> NoReturn:
        _refuse("a comparison")

    __ne__ = __le__ = __gt__ = __ge__ = __lt__

    def _cannot_divide(self, other: object) -> NoReturn:
        raise DisclosureError("a share of people follows its count: publish(..., total=...)")

    __truediv__ = __rtruediv__ = __floordiv__ = __mul__ = __rmul__ = _cannot_divide

    def __iter__(self) -> NoReturn:
        _refuse("iterating")

    def __array__(self, dtype: Any = None, copy: Any = None) -> NoReturn:
        _refuse("an array")

    def _values_for_json(self) -> NDArray[np.object_]:
        # An error raised here kills pandas' JSON writer; a cell it cannot write makes it refuse.
        cells = np.empty(len(self), dtype=object)
        cells[:] = [self[i] for i in range(len(self))]
        return cells

    def __arrow_array__(self, type: Any = None) -> NoReturn:  # noqa: A002
        _refuse("an Arrow table")

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        _refuse("pickling")

    def __repr__(self) -> NoReturn:
        _refuse("printing")

    __str__ = __repr__

    def to_numpy(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        _refuse("an array")

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """Return the column itself for its own type; refuse any other."""
        if dtype == self.dtype:
            return self.copy() if copy else self
        _refuse(f"conversion to {dtype}")


class Count:
    """One cell of a column of counts; adds to others and shows nothing."""

    __slots__ = ("column",)

    def __init__(self, column: CountArray) -> None:
        self.column = column

    def __add__(self, other: Any) -> "Count":
        return Count(self.column + other)

    def __radd__(self, other: Any) -> "Count":
        # So that the built-in sum, which starts from 0, works.
        return self if isinstance(other, int) and other == 0 else self.__add__(other)

    def __sub__(self, other: Any) -> "Count":
        return Count(self.column - other)

    def _shown(self, *args: Any) -> NoReturn:
        _refuse("printing or converting a cell")

    __str__ = __repr__ = __format__ = __int__ = __float__ = __index__ = __bool__ = _shown
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _shown
    __reduce_ex__ = _shown
    __hash__ = None  # type: ignore[assignment]


def unguarded(column: CountArray) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return the numbers (missing where there is a symbol) and the symbols ("" where none).

    For this package alone: whoever calls it has taken the guard off.
    """
    return column._number.copy(), column._symbol.copy()
