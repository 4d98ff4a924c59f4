"""A rule set with somebody's own numbers laid over it."""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any


def laid_over(rules: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules with one's own on top; neither is changed.

    A table is laid over key by key, a list of tables entry by entry, matched by `id`, `kind` or
    `number`; an entry that is new comes last, and one with `omit = true` is taken out. Anything
    else, and a number that was unknown, is replaced.
    """
    both = {key: _one_over(rules.get(key), value) for key, value in own.items()}
    return {**rules, **both}


def not_numbers(rules: object, where: str = "") -> Iterator[str]:
    """Yield the place of every `nan`: no comparison with it holds, so it would undo a rule."""
    if isinstance(rules, float) and isnan(rules):
        yield where
    entries = rules.items() if isinstance(rules, Mapping) else ()
    listed = enumerate(rules) if isinstance(rules, list) else ()
    for name, below in [*entries, *listed]:
        yield from not_numbers(below, f"{where}.{name}".lstrip("."))


def _one_over(old: object, new: object) -> object:
    if isinstance(new, Mapping) and isinstance(old, Mapping) and "unknown" not in old:
        return laid_over(old, new)
    if _is_table_list(new) and (old is None or _is_table_list(old)):
        return _entries(list(old or []), list(new))  # type: ignore[call-overload]
    return new


def _is_table_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def _entries(old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> list[Any]:
    """Return the old entries in their order, replaced or taken out, and then the new ones."""
    named = {_name(entry): entry for entry in old}
    merged = {_name(entry): laid_over(named.get(_name(entry), {}), entry) for entry in new}
    return [entry for entry in ({**named, **merged}).values() if not entry.get("omit", False)]


def _name(entry: Mapping[str, Any]) -> object:
    """Return what an entry is known by; one without a name is only ever itself."""
    for key in ("id", "number", "kind", "area", "what"):
        if key in entry:
            return key, entry[key]
    return id(entry)
