"""What this process asked an assessment for: whole tables, or the rows of somebody in one."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

Made = TypeVar("Made")
Read = str
"""One thing asked for, as JSON: the table's name, and the values of columns asked for, if any."""

_READS: set[Read] = set()


def note(table: str, where: Mapping[str, Collection[str]] | None = None) -> None:
    """Take note that a table was asked for; with `where`, only its rows with these values."""
    asked = {name: sorted(values) for name, values in (where or {}).items()}
    _READS.add(json.dumps([table, asked], sort_keys=True, ensure_ascii=False))


def reads() -> list[Read]:
    """Return everything asked for since this process began, in order.

    A page that is made again with the same answers to all of it is the same page.
    """
    return sorted(_READS)


def forget() -> None:
    """Begin again with nothing asked for."""
    _READS.clear()


def gathered(make: Callable[[], Made]) -> tuple[Made, frozenset[Read]]:
    """Return what is made, and everything that was asked for to make it, which is not noted."""
    before = frozenset(_READS)
    _READS.clear()
    try:
        return make(), frozenset(_READS)
    finally:
        _READS.clear()
        _READS.update(before)


def again(reads: Iterable[Read]) -> None:
    """Take note that something was asked for which somebody else asked for before."""
    _READS.update(reads)


def table(read: Read) -> str:
    """Return the name of the table that was asked for."""
    return str(json.loads(read)[0])
