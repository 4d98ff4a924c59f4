"""HTML and SVG as pieces: what is shown, what is said aloud, what hides in attributes, scripts."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from oversight_lib.press.scan.pieces import Piece

_BLOCKS = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "caption",
        "summary",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "title",
        "desc",
        "text",
        "pre",
        "td",
        "th",
        "option",
        "blockquote",
        "label",
        "div",
        "section",
    ]
)
_HEADINGS = frozenset(("title", "h1", "h2", "h3", "h4", "caption", "summary", "thead"))
_SPOKEN = re.compile(r"alt|title|aria-\w+|content|placeholder|value|data-.+|srcdoc")


def html(path: Path) -> Iterator[Piece]:
    """Yield the pieces of a page."""
    yield from of_html(path.read_text(encoding="utf-8"))


def svg(path: Path) -> Iterator[Piece]:
    """Yield the pieces of a picture; and the whole of it, since a label stands beside its mark."""
    yield from of_svg(path.read_text(encoding="utf-8"))


def of_html(markup: str) -> Iterator[Piece]:
    """Yield the pieces of HTML: blocks, table rows, attributes, comments and scripts."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end_block()
    yield from reader.pieces


def of_svg(markup: str) -> Iterator[Piece]:
    """Yield the pieces of SVG, and all of its text as one."""
    pieces = list(of_html(markup))
    yield from pieces
    yield Piece(" ".join(piece.text for piece in pieces), "the whole picture")


class _Reader(HTMLParser):
    """Collects text block by block; rows of a table are one piece each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._headings: dict[str, str] = {}
        self._block, self._row, self._head = "text", 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._headings.pop("caption", None)
            self._headings.pop("thead", None)
        self._head = (self._head or tag == "thead") and tag != "tbody"
        if tag in _BLOCKS and not (self._row and tag in ("td", "th", "div", "p")):
            self.end_block()
            self._block, self._row = tag, int(tag == "tr")
        if tag == "script":
            self.end_block()
            self._block = "script"
        for name, value in attrs:
            if value and _SPOKEN.fullmatch(name):
                self._add(value, f"{name} of a {tag}")
        self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" or (tag in _BLOCKS and not self._row) or tag in ("script", "table"):
            self.end_block()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self._add(data, "a comment")

    def end_block(self) -> None:
        """Make what was collected a piece, and a heading of what follows if it is one."""
        words = " ".join("".join(self._text).split())
        self._text = []
        if words:
            self._add(words, {"tr": "a row of a table"}.get(self._block, f"a {self._block}"))
            kind = "thead" if self._head and self._block == "tr" else self._block
            if kind in _HEADINGS:
                self._headings[kind] = words
        self._block, self._row = "text", 0

    def _add(self, words: str, where: str) -> None:
        self.pieces.append(Piece(words, where, " ".join(self._headings.values())))
