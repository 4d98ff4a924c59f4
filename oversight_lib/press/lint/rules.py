"""The rules of the lint as data, and what each of them finds in a block of words."""

import re
import tomllib
from collections.abc import Collection, Iterator
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from oversight_lib.press.lint.blocks import Block

_TRUST = re.compile(r"\bNHS (?:Foundation )?Trust\b(?!s)")
_BOARD = re.compile(r"\bIntegrated Care Board\b(?!s)")
_SENTENCES = re.compile(r"(?<=[.?!]) +")
_ABOUT = 60


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Banned(_Part):
    """A word that a book may not use, and why."""

    word: str
    pattern: str
    why: str


class Exemption(_Part):
    """Where a banned word may stand all the same, and why."""

    word: str
    pages: tuple[str, ...]
    pattern: str
    reason: str


class Excepted(_Part):
    """Words with a percentage that need neither base nor period, and why."""

    pattern: str
    reason: str


class Percentage(_Part):
    """How a percentage is known, and its base and its period."""

    pattern: str
    base: str
    period: str
    exception: tuple[Excepted, ...] = ()


class Verb(_Part):
    """A verb of change, the licences of a finding that allow it, and why it needs one."""

    pattern: str
    licences: tuple[str, ...]
    why: str


class Rank(_Part):
    """How a rank is known in a sentence, and how its range is."""

    pattern: str
    range: str


class Number(_Part):
    """Where a number needs no cell: dates, quarters, names, scales."""

    exception: tuple[Excepted, ...] = ()


class Rules(_Part):
    """Everything the lint looks for."""

    banned: tuple[Banned, ...]
    exception: tuple[Exemption, ...] = ()
    percentage: Percentage
    number: Number
    picture: Number
    rank: Rank
    verb: tuple[Verb, ...]


@cache
def rules() -> Rules:
    """Return the rules of the file beside this module."""
    text = (files(__package__) / "rules.toml").read_text("utf-8")
    return Rules.model_validate(tomllib.loads(text))


def banned_words(page: str, block: Block, of: Rules) -> Iterator[str]:
    """Yield each banned word of a block that no exception lets stand on this page."""
    for rule in of.banned:
        matches = list(re.finditer(rule.pattern, block.text, re.IGNORECASE))
        excepted = _excepted(page, rule.word, block.text, of) if matches else []
        for match in matches:
            if not any(start <= match.start() and match.end() <= end for start, end in excepted):
                yield f'"{match[0]}" is not said: {rule.why}; in “{about(block.text, match)}”'


def _excepted(page: str, word: str, text: str, of: Rules) -> list[tuple[int, int]]:
    """Return where in a text a banned word may stand on a page."""
    return [
        match.span()
        for exception in of.exception
        if exception.word == word and any(fnmatch(page, p) for p in exception.pages)
        for match in re.finditer(exception.pattern, text, re.IGNORECASE)
    ]


def unknown_names(block: Block, names: Collection[str]) -> Iterator[str]:
    """Yield each name of a trust or board that is not the whole of a name of the reference.

    A name is known by its ending: what comes before it must end in one of `names`, each `plain`.
    """
    text = block.text.replace("\xa0", " ")
    for pattern in (_TRUST, _BOARD):
        for match in pattern.finditer(text):
            before = text[: match.end()]
            if _is_name(text[: match.start()]) and not plain(before).endswith(tuple(names)):
                yield f"no organisation of the reference is called “…{before[-_ABOUT:]}”"


def plain(name: str) -> str:
    """Return a name as names are compared: any apostrophe, space and case; publishers differ."""
    return " ".join(name.replace("’", "'").casefold().split())


def bare_percentages(block: Block, of: Rules) -> Iterator[str]:
    """Yield each percentage in a generated sentence that has no base, or no period near it."""
    if not block.generated:
        return
    rule = of.percentage
    for sentence in _SENTENCES.split(block.text):
        stripped = sentence
        for exception in rule.exception:
            stripped = re.sub(exception.pattern, "", stripped)
        if not re.search(rule.pattern, stripped):
            continue
        if not re.search(rule.base, sentence):
            yield f"a percentage without its base, in “{sentence}”"
        if not re.search(rule.period, block.text):
            yield f"a percentage without its period, in “{sentence}”"


def about(text: str, match: re.Match[str]) -> str:
    """Return the words around a finding."""
    start, end = max(0, match.start() - _ABOUT // 2), match.end() + _ABOUT // 2
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _is_name(before: str) -> bool:
    """Return whether the words before `NHS Trust` begin a name: the last one has a capital."""
    last = before.split()[-1:] or [""]
    return last[0][:1].isupper() and last[0] not in {"An", "The", "A", "Each", "Every", "No"}
