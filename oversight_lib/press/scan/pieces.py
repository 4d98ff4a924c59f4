"""A piece of text somebody could read as one: a paragraph, a row, a tooltip; and seeking in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oversight_lib.method.disclosure.secret import Secret, plain

_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?(?![\d:])")
"""A figure; what a colon follows is the name of one, as in “3: 57.3%”."""
_NAME = re.compile(r"\b(?:fifth|tenth|group|segment|row|page) \d+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with where it is, and the headings it stands under, which say what it is about."""

    text: str
    where: str
    under: str = ""


class Seeker:
    """Finds secrets in pieces: one way of saying each label, and one of the hidden numbers."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self._secrets = secrets
        self._numbers = frozenset().union(*(secret.numbers for secret in secrets))

    def found_in(self, piece: Piece) -> Iterator[Secret]:
        """Yield the secrets that a piece gives away."""
        words = f"{piece.under} {piece.text}".casefold()
        if self._numbers.isdisjoint(numbers(piece.text)):
            return
        for secret in self._secrets:
            said = _said(secret, words, piece.text.casefold())
            if said is not None and not secret.numbers.isdisjoint(_left(piece.text, said)):
                yield secret

    def name(self, secret: Secret) -> str:
        """Return what a secret is about, without its numbers."""
        return ", ".join(max(label, key=len) for label in secret.labels)


def numbers(text: str) -> set[str]:
    """Return the numbers in a text as they are compared, thousands marks and end zeros gone.

    The number of a group is its name and no figure, as in “fifth 3”.
    """
    figures = _NUMBER.findall(_NAME.sub(" ", text))
    return {plain(float(found.replace(",", ""))) for found in figures}


def _said(secret: Secret, words: str, own: str) -> list[str] | None:
    """Return how each label is said in the words; None if one is not.

    A label that is only a number has to stand in the piece's own words: in a heading it may be
    any number.
    """
    ways = [
        next(
            (
                way
                for way in sorted(label, key=len, reverse=True)
                if _stands(way, own if way.isdigit() else words)
            ),
            None,
        )
        for label in secret.labels
    ]
    return None if None in ways else [way for way in ways if way is not None]


def _stands(way: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(way)}(?!\w)", words))


def _left(text: str, said: list[str]) -> set[str]:
    """Return the numbers of a text without those that are part of a label, as in “group 3”."""
    rest = text.casefold()
    for way in sorted(said, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(way)}(?!\w)", " ", rest, count=1)
    return numbers(rest)
