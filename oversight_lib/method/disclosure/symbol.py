"""The symbols that stand where no number does, and which of two wins."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Symbol(StrEnum):
    """What stands where no number does; five different things, strongest first.

    Government Analysis Function, "Symbols in tables".
    """

    CONFIDENTIAL = "[c]"
    UNRELIABLE = "[u]"
    NOT_AVAILABLE = "[x]"
    LOW = "[low]"
    NOT_APPLICABLE = "[z]"


IN_ORDER: NDArray[np.object_] = np.array([*map(str, Symbol), ""], dtype=object)
"""Every symbol, strongest first, and last none."""

_PLACE = {text: place for place, text in enumerate(IN_ORDER)}


def strength(symbols: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return each symbol's place in `IN_ORDER`."""
    return np.array([_PLACE[text] for text in symbols], dtype=np.intp)


def stronger(pair: Sequence[NDArray[np.object_]]) -> NDArray[np.object_]:
    """Return, place by place, the stronger of two columns of symbols."""
    return np.asarray(IN_ORDER[np.minimum(*(strength(part) for part in pair))])


def strongest(symbols: NDArray[np.object_]) -> str:
    """Return the strongest of the symbols, "" if there is none."""
    return min(symbols, key=lambda text: _PLACE[text], default="")
