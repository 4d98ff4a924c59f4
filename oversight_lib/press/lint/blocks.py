"""The words of a bound page in blocks: a paragraph, a cell, a caption, an image's alt text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
_INLINE = frozenset({"a", "abbr", "b", "code", "data", "em", "i", "q", "s", "small", "span",
                     "strong", "sub", "sup", "time", "wbr"})  # fmt: skip
_SILENT = frozenset({"script", "style", "pre", "svg"})
SKIPPED = frozenset({"commentary", "headerlink", "provenance", "provenance-files"})
"""Classes whose words are not ours: a person's, or names of files and sums."""


_TIED = {"cell": "data-cell", "fixed": "data-fixed", "finding": "data-finding"}


@dataclass(frozen=True, slots=True)
class Tie:
    """Words of a block that are tied to a cell, to the wording or to a finding."""

    kind: str
    of: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand together; `classes` are those of every element they stand in.

    `loose` is the text without what is tied to a cell or to the wording.
    """

    text: str
    classes: frozenset[str]
    ties: tuple[Tie, ...] = ()
    loose: str = ""

    @property
    def generated(self) -> bool:
        """True if these are sentences that the program wrote."""
        return bool(self.classes & {"narrative", "notice"})


def blocks(html: str) -> list[Block]:
    """Return the blocks of a page's article, in order; without words of others and drawings."""
    page = _Article()
    page.feed(html)
    page.close()
    return list(page.found())


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet, and the words in it if they are tied to something.

    `classes` are its own and those of all it stands in; so it is `within` the article, or
    `silent`, if one of them is.
    """

    tag: str
    classes: frozenset[str] = frozenset()
    within: bool = False
    silent: bool = False
    kind: str = ""
    of: str = ""
    words: list[str] = field(default_factory=list)


class _Article(HTMLParser):
    """Gathers text between the edges of block elements, inside the article."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []
        self._words: list[str] = []
        self._loose: list[str] = []
        self._ties: list[Tie] = []
        self._blocks: list[Block] = []

    def found(self) -> Iterator[Block]:
        """Give the blocks gathered."""
        self._end()
        yield from self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; an image gives its alt text."""
        given = dict(attrs)
        if tag not in _INLINE:
            self._end()
        if tag == "img" and self._heard() and (alt := given.get("alt")):
            words = " ".join(alt.split())
            self._blocks.append(Block(words, self._classes() | {"alt"}, (), words))
        if tag not in _VOID:
            self._open.append(self._entered(tag, given))

    def _entered(self, tag: str, given: Mapping[str, str | None]) -> _Open:
        """Return the element that begins, inside the innermost one."""
        above = self._open[-1] if self._open else _Open("")
        classes = above.classes | {*(given.get("class") or "").split(), f"<{tag}>"}
        within = above.within or tag == "article"
        silent = above.silent or tag in _SILENT or not SKIPPED.isdisjoint(classes)
        kind = next((kind for kind, name in _TIED.items() if name in given), "")
        of = given.get(_TIED[kind]) if kind else ""
        return _Open(tag, classes, within, silent, kind, of or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and any inside it that was never closed."""
        if tag not in _INLINE:
            self._end()
        if tag in [one.tag for one in self._open]:
            while self._left().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take words that a reader of the article sees."""
        if not self._heard():
            return
        self._words.append(data)
        tied = [one for one in self._open if one.kind]
        for one in tied:
            one.words.append(data)
        held = any(one.kind != "finding" for one in tied)
        self._loose.append(" " * bool(data) if held else data)

    def _left(self) -> _Open:
        """Close the innermost element; what it ties belongs to the block it stands in."""
        one = self._open.pop()
        if one.kind and one.words:
            self._ties.append(Tie(one.kind, one.of, " ".join("".join(one.words).split())))
        return one

    def _end(self) -> None:
        if not (self._words or self._ties):
            return
        text, loose = (" ".join("".join(words).split()) for words in (self._words, self._loose))
        ties = tuple(self._ties)
        for gathered in (self._words, self._loose, self._ties):
            gathered.clear()
        if text:
            self._blocks.append(Block(text, self._classes(), ties, loose))

    def _classes(self) -> frozenset[str]:
        return self._open[-1].classes if self._open else frozenset()

    def _heard(self) -> bool:
        return bool(self._open) and self._open[-1].within and not self._open[-1].silent
