"""Board packs: one PDF for each page about England, a region, an ICB or a trust."""

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.errors import PageError, Problem
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.packs.typesetting import Content, pdf
from oversight_lib.press.pages import Page
from oversight_lib.press.workers import workers

KINDS = ("england", "region", "icb", "trust")
"""The kinds of page that have a pack."""

Write = Callable[[Page], Content]
"""Returns what a page's pack says. It is sent to other processes once, with what it holds."""

_FEW = 6
"""Up to so many packs, starting other processes takes longer than they would save."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a process needs to print packs: who writes them, where they go, and their edition."""

    write: Write
    to: Path
    edition: EditionFacts

    def print(self, page: Page) -> "PackResult":
        """Print one pack; whatever goes wrong with it goes wrong with it alone."""
        began, path = time.perf_counter(), self.to / f"{page.slug}.pdf"
        try:
            made = pdf(self.write(page), self.edition)
        except Exception as error:
            # As a page's kernel does: the other packs are still to be made, and this is told.
            told = f"{type(error).__name__}: {error}"
            seconds = time.perf_counter() - began
            return PackResult(page, None, told, seconds, traceback.format_exc())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made)
        return PackResult(page, path, "", time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class PackResult:
    """What became of a pack: its path, or why there is none; `trace` is for the run log."""

    page: Page
    path: Path | None
    failure: str
    seconds: float
    trace: str = ""


def run(
    pages: Sequence[Page],
    write: Write,
    *,
    to: Path,
    edition: EditionFacts,
    jobs: int = 1,
    on_done: Callable[[PackResult], None] = lambda _: None,
) -> list[PackResult]:
    """Print the packs of those pages that have one, into `to` at their addresses, in order."""
    press, wanted = Press(write, to, edition), [page for page in pages if page.kind in KINDS]
    if jobs == 1 or len(wanted) <= _FEW:
        return [_told(press.print(page), on_done) for page in wanted]
    with workers(jobs, _settle, press) as pool:
        return [_told(result, on_done) for result in pool.map(_print, wanted)]


def pack_error(results: Sequence[PackResult]) -> PageError | None:
    """Return the error that names every pack that could not be made; None if all were."""
    failed = [Problem(result.page.slug, result.failure) for result in results if result.failure]
    if not failed:
        return None
    return PageError(f"{len(failed)} of {len(results)} board packs could not be made", failed)


def _told(result: PackResult, on_done: Callable[[PackResult], None]) -> PackResult:
    on_done(result)
    return result


_PRESS: list[Press] = []
"""The press of this process, where it is one of several."""


def _settle(press: Press) -> None:
    _PRESS[:] = [press]


def _print(page: Page) -> PackResult:
    return _PRESS[0].print(page)
