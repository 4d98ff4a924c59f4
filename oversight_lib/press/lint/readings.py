"""What each page says and what is wrong with it in itself: read once, and kept for the next run."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

from oversight_lib.press.cache import digests
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.lint.bindings import Claim, claims, unbound, unranged, unshown
from oversight_lib.press.lint.blocks import Block, blocks
from oversight_lib.press.lint.rules import (
    Rules,
    banned_words,
    bare_percentages,
    unknown_names,
)
from oversight_lib.press.workers import workers

_T = TypeVar("_T")
_READ = "lint"
_CODE = ("press/lint", "method/cells.py")
_MANY = 40
"""From so many pages on, several processes read them sooner than one, which need not be started."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page says: what is wrong in itself, the words for each cell, the verbs of change.

    Each once, in the order of the page. Whether words are what their cell holds, and verbs have
    their licence, depends on the figures of the edition, and is no part of it.
    """

    found: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]

    @classmethod
    def of(cls, page: str, html: str, rules: Rules, names: Collection[str]) -> "Reading":
        """Return the reading of a page; `names` are plain."""
        every = blocks(html)
        found = [what for block in every for what in _faults(page, block, rules, names)]
        said = [(tie.of, tie.words) for one in every for tie in one.ties if tie.kind == "cell"]
        made = [claim for block in every for claim in claims(block, rules)]
        return cls(_each_once([*found, *unshown(every, rules)]), _each_once(said), _each_once(made))

    @classmethod
    def told(cls, kept: Mapping[str, Any]) -> "Reading":
        """Return the reading that was written as plain lists."""
        said = tuple((of, words) for of, words in kept["said"])
        return cls(tuple(kept["found"]), said, tuple(map(Claim.told, kept["claims"])))

    def written(self) -> dict[str, Any]:
        """Return it as plain lists."""
        return {"found": self.found, "said": self.said, "claims": [*map(astuple, self.claims)]}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages by rules; what a process has to be told for that."""

    rules: Rules
    names: Collection[str]

    def read(self, page: str, path: Path) -> Reading:
        """Return the reading of a page."""
        return Reading.of(page, path.read_text("utf-8"), self.rules, self.names)


def read(
    html: Mapping[str, Path],
    rules: Rules,
    names: Collection[str],
    kept: Entries | None,
    jobs: int = 1,
) -> dict[str, Reading]:
    """Return the reading of each page, by its name; many are read by so many processes.

    One of the same name and bytes as a page that was read before, by the same code and rules and
    with the same names, is not read again.
    """
    by = digests.words(digests.code(*_CODE), digests.versions(), *sorted(names))
    was = (kept.get(_READ) if kept else None) or {}
    known = was["pages"] if was.get("by") == by else {}
    sums = {page: digests.words(page, path.read_text("utf-8")) for page, path in html.items()}
    unknown = {page: path for page, path in html.items() if sums[page] not in known}
    fresh = _read(unknown, Reader(rules, names), jobs)
    found = {page: fresh.get(page) or Reading.told(known[sums[page]]) for page in html}
    if kept:
        told = {sums[page]: one.written() for page, one in found.items()}
        kept.put(_READ, {"by": by, "pages": told})
    return found


def _read(html: Mapping[str, Path], reader: Reader, jobs: int) -> dict[str, Reading]:
    if jobs == 1 or len(html) < _MANY:
        return {page: reader.read(page, path) for page, path in html.items()}
    with workers(jobs, _settle, reader) as pool:
        return dict(zip(html, pool.map(_read_one, html, html.values(), chunksize=4), strict=True))


_READER: list[Reader] = []
"""Who reads in this process, where it is one of several."""


def _settle(reader: Reader) -> None:
    _READER[:] = [reader]


def _read_one(page: str, path: Path) -> Reading:
    return _READER[0].read(page, path)


def said(kept: Entries) -> set[str]:
    """Return every cell that a page named when it was read last."""
    pages = (kept.get(_READ) or {"pages": {}})["pages"]
    return {of for page in pages.values() for of, _ in page["said"]}


def _faults(page: str, block: Block, rules: Rules, names: Collection[str]) -> Iterator[str]:
    """Yield what a block of words may not say, whatever the figures are."""
    yield from banned_words(page, block, rules)
    yield from unknown_names(block, names)
    yield from bare_percentages(block, rules)
    yield from unranged(block, rules)
    yield from unbound(block, rules)


def _each_once(found: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(found))
