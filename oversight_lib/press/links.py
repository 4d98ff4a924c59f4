"""The bound book read back: every page is there, links lead somewhere, images have words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import SplitResult, unquote, urlsplit

from oversight_lib.errors import BindingError, Problem
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.entries import Entries

OWN = frozenset({"index", "search"})
"""Pages the book has of itself, beside those of the plan."""
_READ = "links"


@dataclass
class Document(HTMLParser):
    """What one page points to, can be pointed at, and shows without words."""

    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    wordless: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def told(self) -> dict[str, list[str]]:
        """Return all this as plain lists."""
        return {"links": self.links, "anchors": sorted(self.anchors), "wordless": self.wordless}

    @classmethod
    def of(cls, told: Mapping[str, list[str]]) -> "Document":
        """Return what was told as plain lists."""
        return cls(told["links"], set(told["anchors"]), told["wordless"])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one element."""
        found = dict(attrs)
        self.anchors |= {value for key in ("id", "name") if (value := found.get(key))}
        self.links += [value for key in ("href", "src") if (value := found.get(key))]
        if tag == "img" and not found.get("alt"):
            self.wordless.append(found.get("src") or "")


def read(html: Path, entries: Entries | None = None) -> Mapping[str, Document]:
    """Return every page of a book as what it points to, by its path.

    Pages of the same bytes as some that were read before, and are among the entries, are not read
    again.
    """
    pages = {path.relative_to(html).as_posix(): path for path in sorted(html.rglob("*.html"))}
    sums = {name: digests.file(path) for name, path in pages.items()}
    by = digests.file(Path(__file__))
    kept = (entries.get(_READ) if entries else None) or {}
    known = kept["pages"] if kept.get("by") == by else {}
    told = {sums[name]: known.get(sums[name]) or _read(path).told() for name, path in pages.items()}
    if entries:
        entries.put(_READ, {"by": by, "pages": told})
    return {name: Document.of(told[sums[name]]) for name in pages}


def targets(page: str, document: Document) -> set[str]:
    """Return the files of the book that a page points to."""
    return {_target(page, urlsplit(link)) for link in document.links}


def check(
    html: Path, expected: Sequence[str], documents: Mapping[str, Document] | None = None
) -> None:
    """Raise `BindingError` unless the book has exactly these pages and all its links resolve.

    Jupyter Book can make nothing at all and end well; a Markdown link to a file it does not
    know becomes a dead one without a warning. `documents` are its pages, if they were read.
    """
    documents = read(html) if documents is None else documents
    files = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    problems = [
        *_missing_or_extra(documents, expected),
        *(p for name in documents for p in _dead(name, documents, files)),
        *(
            Problem(name, f"the image {image} has no alt text")
            for name, document in documents.items()
            for image in document.wordless
        ),
    ]
    if problems:
        raise BindingError("the book was built, but is not whole", problems[:50])


def _read(path: Path) -> Document:
    document = Document()
    document.feed(path.read_text(encoding="utf-8"))
    return document


def _missing_or_extra(documents: Mapping[str, Document], expected: Sequence[str]) -> list[Problem]:
    there = {name.removesuffix(".html") for name in documents} - OWN
    return [
        *(Problem(name, "the page is missing") for name in sorted(set(expected) - there)),
        *(Problem(name, "a page nobody planned") for name in sorted(there - set(expected))),
    ]


def _dead(name: str, documents: Mapping[str, Document], files: set[str]) -> list[Problem]:
    return [
        Problem(name, f"the link {link} leads nowhere")
        for link in sorted(set(documents[name].links))
        if not _leads_somewhere(name, link, documents, files)
    ]


def _leads_somewhere(
    name: str, link: str, documents: Mapping[str, Document], files: set[str]
) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = _target(name, parts)
    if target not in files:
        return False
    if not parts.fragment or target not in documents:
        return True
    return unquote(parts.fragment) in documents[target].anchors


def _target(name: str, parts: SplitResult) -> str:
    """Return the path within the book that a link on a page leads to."""
    return normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
