"""The words of a bound page in blocks: a paragraph, a cell, a caption, an image's alt text."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "q", "s", "small", "span", "strong",
                     "sub", "sup", "time", "wbr"})  # fmt: skip
_SILENT = frozenset({"script", "style", "pre", "svg"})
SKIPPED = frozenset({"commentary", "headerlink", "provenance", "provenance-files"})
"""Classes whose words are not ours: a person's, or names of files and sums."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand together; `classes` are those of every element they stand in."""

    text: str
    classes: frozenset[str]

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


class _Article(HTMLParser):
    """Gathers text between the edges of block elements, inside the article."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, frozenset[str]]] = []
        self._words: list[str] = []
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
            self._blocks.append(Block(" ".join(alt.split()), self._classes() | {"alt"}))
        if tag not in _VOID:
            self._open.append((tag, frozenset((given.get("class") or "").split())))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and any inside it that was never closed."""
        if tag not in _INLINE:
            self._end()
        if tag in [name for name, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take words that a reader of the article sees."""
        if self._heard():
            self._words.append(data)

    def _end(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self._blocks.append(Block(text, self._classes()))

    def _classes(self) -> frozenset[str]:
        return frozenset().union(*(classes for _, classes in self._open))

    def _heard(self) -> bool:
        names = {name for name, _ in self._open}
        return "article" in names and not names & _SILENT and not self._classes() & SKIPPED
