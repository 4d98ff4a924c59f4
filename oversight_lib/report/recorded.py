"""What a page has said so far, kept so that its last table can lead each figure to its cell."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, runtime_checkable

from oversight_lib.report.bound import Bound, Numeral
from oversight_lib.report.views import View

P = ParamSpec("P")
R = TypeVar("R")

_SAID = "said"


@runtime_checkable
class Worded(Protocol):
    """What has words: paragraphs themselves, or a picture with those that stand in for it."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, one string a paragraph."""


def recorded(tell: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """Return the same function of a page, of whose words the page takes note."""

    @wraps(tell)
    def telling(page: View, /, *args: P.args, **kwargs: P.kwargs) -> R:
        told = tell(page, *args, **kwargs)
        if isinstance(told, Worded):
            notes = page.kept.setdefault(_SAID, [])
            if isinstance(notes, list):
                notes.extend(told.paragraphs)
        return told

    return telling


def numerals(page: View) -> list[Numeral]:
    """Return the figures of everything the page has said, each once, in the order of the page."""
    return list(dict.fromkeys(_numerals(page)))


def _numerals(page: View) -> Iterator[Numeral]:
    notes = page.kept.get(_SAID, [])
    for words in notes if isinstance(notes, list) else []:
        if isinstance(words, Bound):
            yield from words.numerals
