"""The wording of every generated sentence: templates as data, one file a subject, and `say`.

Whoever reviews the words reads the TOML files and no code. What stands in braces is filled in: a
figure with the cell it stands in, or a name. A number of the wording itself is marked as fixed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

from oversight_lib.report.bound import Bound, Mark, joined

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


def say(name: str, /, **facts: object) -> Bound:
    """Return a sentence in the words of its template, as `position.average`, with its facts.

    `KeyError` if there is no such template, it lacks a fact, or has no place for one: all of them
    are mistakes of whoever wrote the call or the template.
    """
    pieces, wanted = _templates()[name]
    if wanted != facts.keys():
        raise KeyError(f"{name} takes {sorted(wanted)}, not {sorted(facts)}")
    parts = (part for words, field in pieces for part in (words, _text(facts.get(field, ""))))
    return joined(parts, by="")


def _text(fact: object) -> str:
    return fact if isinstance(fact, str) else str(fact)


@cache
def templates() -> Mapping[str, str]:
    """Return every template by its name, in the order of the files."""
    return dict(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            subject = file.name.removesuffix(".toml")
            yield from _flat(subject, tomllib.loads(file.read_text("utf-8")))


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, within in value.items():
            yield from _flat(f"{name}.{key}", within)
    else:
        yield name, str(value)


@cache
def _templates() -> dict[str, tuple[tuple[tuple[Bound, str], ...], frozenset[str]]]:
    """Return each template in pieces, words and the field after them, with all its fields."""
    return {name: _pieces(name, text) for name, text in _texts()}


def _pieces(name: str, text: str) -> tuple[tuple[tuple[Bound, str], ...], frozenset[str]]:
    parsed = [(_fixed(name, words), field or "") for words, field, *_ in Formatter().parse(text)]
    return tuple(parsed), frozenset(field for _, field in parsed if field)


def _fixed(name: str, words: str) -> Bound:
    """Return words of a template with the numbers in them marked as its own."""
    marks = (Mark(*match.span(), "fixed", name) for match in _NUMBER.finditer(words))
    return Bound(words, marks)
