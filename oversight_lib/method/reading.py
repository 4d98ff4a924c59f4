"""What this process asked an assessment for: whole tables, or the rows of somebody in one."""

import json
from collections.abc import Collection, Mapping

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
