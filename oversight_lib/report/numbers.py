"""Numbers in sentences, with their nouns and their bases, each bound to where it stands."""

import re

from oversight_lib.frames import FINDINGS, Frame
from oversight_lib.method.cells import COUNT, Cell
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, Mark, bound, joined, tied
from oversight_lib.report.sentences import templates
from oversight_lib.report.views import View

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NONE = re.compile(r"no\b|none\b|neither\b|both\b")


def cell(page: View, frame: Frame, column: str = COUNT, /, **key: object) -> Cell:
    """Return a cell of the page's own rows of a table: counted, if no column is named."""
    return Cell.of(frame.name, column, **{**page.here, **key})


def found(page: View, kind: str, item: str = "all", *, column: str = "value") -> Cell:
    """Return the cell of a finding about the page."""
    key = {"page": page.kind, "code": page.code or page.kind, "kind": kind, "item": item}
    return Cell.of(FINDINGS.name, column, **key)


def noted(page: View, kind: str, item: str = "all") -> str:
    """Return which finding a sentence is about, as region/Y60/segment_changed/all."""
    return f"{page.kind}/{page.code or page.kind}/{kind}/{item}"


def rule(name: str, of: str) -> Cell:
    """Return where a number of the rules stands, which are no table."""
    return Cell.of("rules", name, of=of)


def shown(page: View, table: str, column: str, **key: object) -> Cell:
    """Return where a figure stands in one of the page's own tables, by the table's name."""
    return Cell.of("shown", column, **{"of": table, **page.here, **key})


def count(how_many: int, noun: str, at: Cell, plural: str = "") -> Bound:
    """Return a count with its noun: no trusts, 1 trust, 2 trusts."""
    return _first(formats.count(how_many, noun, plural), at)


def whole(figure: int, at: Cell) -> Bound:
    """Return a count without a noun."""
    return bound(f"{figure:,}", at)


def out_of(part: int, base: int, noun: str, at: tuple[Cell, Cell], plural: str = "") -> Bound:
    """Return a count with its base: 3 of 5 trusts; `at` is where the two of them stand."""
    words = formats.out_of(part, base, noun, plural)
    part_at, base_at = at
    if base == 0 or part >= base:
        return _first(words, base_at)
    first = _FIGURE.match(words) or _NONE.match(words)
    end = first.end() if first else 0
    rest = _first(words[end:].lstrip(), base_at)
    spaces = words[end : len(words) - len(rest)]
    return joined([bound(words[:end], part_at), spaces, rest], by="")


def rank(place: object, among: object, at: tuple[Cell, Cell]) -> Bound:
    """Return a rank with how many were ranked, as 24th of 61."""
    words = formats.rank(place, among)  # type: ignore[arg-type]
    first, of, last = words.partition(" of ")
    if not of:
        return Bound(words)
    return joined([bound(first, at[0]), of, bound(last, at[1])], by="")


def ends(words: str, at: tuple[Cell, Cell]) -> Bound:
    """Return a range in words, as 1.20 to 1.89, with both its ends bound."""
    between = "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}"
    low, to, high = words.partition(between)
    return joined([bound(low, at[0]), to, bound(high, at[1])], by="") if to else Bound(words)


def segment(number: object) -> Bound:
    """Return the name of a segment, which is a number but counts nothing."""
    return tied(str(number), "fixed", "segments")


def place(page: View) -> Bound:
    """Return the page's name as it stands within a sentence: the Midlands, London."""
    return Bound(templates().get(f"places.in.{page.name}", page.name))


def named(words: object) -> Bound:
    """Return a name, a code or a date: what stands in it for a number counts nothing."""
    return tied(str(words), "fixed", "names")


def _first(words: str, at: Cell) -> Bound:
    """Return words whose first figure, or word for one, is bound."""
    match = _NONE.match(words) or _FIGURE.search(words)
    return Bound(words, [Mark(*match.span(), "cell", str(at))] if match else [])
