"""Words whose numbers are bound: each figure in them knows the cell of a table it stands in.

They are text to everybody who wants text. Whoever shows them as HTML shows the cells too; whoever
checks them looks each figure up again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from oversight_lib.method.cells import Cell, spoken

Kind = Literal["cell", "fixed", "finding"]
"""What words are tied to: a figure to a cell, a number of the wording, a sentence to a finding."""


class Mark(NamedTuple):
    """A stretch of words and what it is tied to."""

    start: int
    end: int
    kind: Kind
    of: str

    def moved(self, by: int) -> "Mark":
        """Return the mark as it lies when as many characters come before."""
        return Mark(self.start + by, self.end + by, self.kind, self.of) if by else self


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure in words: how it is printed, and where it stands."""

    words: str
    cell: str


class Bound(str):
    """Text with marks, in order. Joined with `joined`, `listed` and `capital` it keeps them."""

    marks: tuple[Mark, ...]

    def __new__(cls, text: str = "", marks: Iterable[Mark] = ()) -> "Bound":
        """Return the text with its marks."""
        made = super().__new__(cls, text)
        made.marks = tuple(marks)
        return made

    @property
    def numerals(self) -> tuple[Numeral, ...]:
        """The figures bound to cells, in order."""
        cells = (mark for mark in self.marks if mark.kind == "cell")
        return tuple(Numeral(str(self)[mark.start : mark.end], mark.of) for mark in cells)

    def __html__(self) -> Markup:
        """Return the text as HTML: a figure is `data` with its cell, a finding's words a `span`."""
        return _html(str(self), sorted(self.marks, key=lambda m: (m.start, -m.end)))

    def replace(self, old: str, new: str, count: int = -1) -> "Bound":  # type: ignore[override]
        """Return the text with other words for some of its own; words with a mark stay."""
        parts = str(self).split(old, count) if count >= 0 else str(self).split(old)
        pieces: list[Bound] = []
        at = 0
        for number, part in enumerate(parts):
            pieces += [Bound(new)] if number else []
            pieces.append(self._part(at, at + len(part)))
            at += len(part) + len(old)
        return joined(pieces, by="")

    def _part(self, start: int, end: int) -> "Bound":
        inside = (m.moved(-start) for m in self.marks if start <= m.start and m.end <= end)
        return Bound(str(self)[start:end], inside)


def bound(words: str, cell: Cell) -> Bound:
    """Return words that are one figure, bound to its cell; words that are no number are no figure.

    A figure that is not there has words instead, and words need no binding.
    """
    marks = [Mark(0, len(words), "cell", str(cell))] if spoken(words) is not None else []
    return Bound(words, marks)


def joined(parts: Iterable[str], *, by: str = " ") -> Bound:
    """Return the parts that are not empty as one, with their marks."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    for part in filter(None, parts):
        if pieces:
            pieces.append(by)
            length += len(by)
        marks += [mark.moved(length) for mark in getattr(part, "marks", ())]
        pieces.append(part)
        length += len(part)
    return Bound("".join(pieces), marks)


def listed(words: Sequence[str], last_joined_by: str = "and") -> Bound:
    """Return words as a list: one; one and two; one, two and three."""
    if len(words) < 2:
        return joined(words)
    return joined([joined(words[:-1], by=", "), last_joined_by, words[-1]])


def capital(words: str) -> Bound:
    """Return words with a capital at their beginning."""
    return Bound(str(words)[:1].upper() + str(words)[1:], getattr(words, "marks", ()))


def sentence(words: str) -> Bound:
    """Return words with a capital at their beginning and a full stop at their end."""
    ended = words if words.endswith((".", "?", ":")) else joined([words, "."], by="")
    return capital(ended)


def tied(words: str, kind: Kind, of: str) -> Bound:
    """Return words that are tied to something as a whole, beside the marks they have."""
    return Bound(str(words), [Mark(0, len(words), kind, of), *getattr(words, "marks", ())])


def _html(text: str, marks: Sequence[Mark], start: int = 0) -> Markup:
    made, at, rest = Markup(), start, list(marks)
    while rest:
        mark, *rest = rest
        within = [inner for inner in rest if inner.end <= mark.end]
        rest = [outer for outer in rest if outer.start >= mark.end]
        made += escape(text[at : mark.start])
        inside = _html(text[: mark.end], within, mark.start)
        made += _element(mark, text[mark.start : mark.end], inside)
        at = mark.end
    return made + escape(text[at:])


def _element(mark: Mark, words: str, inside: Markup) -> Markup:
    if mark.kind == "finding":
        return Markup('<span data-finding="{}">{}</span>').format(mark.of, inside)
    if mark.kind == "fixed":
        return Markup('<span data-fixed="{}">{}</span>').format(mark.of, inside)
    value = spoken(words)
    return Markup('<data value="{}" data-cell="{}">{}</data>').format(
        "" if value is None else f"{value:g}", mark.of, inside
    )
