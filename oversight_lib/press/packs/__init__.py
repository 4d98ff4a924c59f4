"""Board packs: one PDF for each page about England, a region, an ICB or a trust."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.errors import PageError, Problem
from oversight_lib.method import reading
from oversight_lib.press.cache.papers import Papers
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
class Printed:
    """What became of a pack where it was printed: the PDF, or why there is none.

    `trace` is for the run log; `reads` is what it asked the assessment for, as `method.reading`
    writes it.
    """

    page: Page
    pdf: bytes | None
    failure: str
    seconds: float
    trace: str = ""
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """What a process needs to print packs: who writes them, and their edition."""

    write: Write
    edition: EditionFacts

    def print(self, page: Page) -> Printed:
        """Print one pack; whatever goes wrong with it goes wrong with it alone."""
        began = time.perf_counter()
        # Nothing of one pack is there for the next, so what was asked for is this one's alone.
        reading.forget()
        try:
            made = pdf(self.write(page), self.edition)
        except Exception as error:
            # As a page's kernel does: the other packs are still to be made, and this is told.
            told = f"{type(error).__name__}: {error}"
            seconds = time.perf_counter() - began
            return Printed(page, None, told, seconds, traceback.format_exc())
        return Printed(page, made, "", time.perf_counter() - began, reads=tuple(reading.reads()))


Print = Callable[[Sequence[Page]], Iterable[Printed]]
Printers = Callable[[Press, int], AbstractContextManager[Print]]
"""Has packs printed in so many other processes, which are told the press once."""


@dataclass(frozen=True, slots=True)
class PackResult:
    """What became of a pack: its path, or why there is none; `trace` is for the run log."""

    page: Page
    path: Path | None
    failure: str
    seconds: float
    trace: str = ""


@contextmanager
def local(press: Press, jobs: int) -> Iterator[Print]:
    """Give what prints packs in processes of this machine."""
    with workers(jobs, _settle, press) as pool:
        yield lambda pages: pool.map(_print, pages)


@dataclass
class Packs:
    """The packs of those pages that have one, as far as they are there; and what prints the others.

    Those `kept` from an earlier run, and made from the same, are put at their addresses at once.
    """

    pages: Sequence[Page]
    press: Press
    to: Path
    kept: Papers | None = None
    on_done: Callable[[PackResult], None] = lambda _: None

    def __post_init__(self) -> None:
        wanted = [page for page in self.pages if page.kind in KINDS]
        found = {page.slug: _kept(page, self.kept, self.to) for page in wanted}
        self._made = {slug: result for slug, result in found.items() if result}
        self._wanted = wanted

    @property
    def _lacking(self) -> list[Page]:
        return [page for page in self._wanted if page.slug not in self._made]

    @property
    def few(self) -> bool:
        """Whether so few are to be printed that one process does it sooner than several."""
        return len(self._lacking) <= _FEW

    def print(self, jobs: int = 1, printers: Printers = local) -> list[PackResult]:
        """Print those that are not there yet; return all of them, in order."""
        alone = jobs == 1 and printers is local
        with nullcontext(self._here) if alone or self.few else printers(self.press, jobs) as work:
            for printed in work(self._lacking):
                result = self._taken(printed)
                self._made[result.page.slug] = result
                self.on_done(result)
        return [self._made[page.slug] for page in self._wanted]

    def _here(self, pages: Sequence[Page]) -> Iterable[Printed]:
        return map(self.press.print, pages)

    def _taken(self, printed: Printed) -> PackResult:
        """Put what was printed where it belongs, and keep it."""
        page = printed.page
        path = _put(printed.pdf, page, self.to) if printed.pdf else None
        if self.kept and printed.pdf:
            self.kept.keep(page, printed.pdf, printed.reads)
        return PackResult(page, path, printed.failure, printed.seconds, printed.trace)


def run(  # noqa: PLR0913 - what is printed and how, each by its name
    pages: Sequence[Page],
    write: Write,
    *,
    to: Path,
    edition: EditionFacts,
    jobs: int = 1,
    kept: Papers | None = None,
    on_done: Callable[[PackResult], None] = lambda _: None,
) -> list[PackResult]:
    """Print the packs of those pages that have one, into `to` at their addresses, in order."""
    return Packs(pages, Press(write, edition), to, kept, on_done).print(jobs)


def _kept(page: Page, kept: Papers | None, to: Path) -> PackResult | None:
    """Return the pack that is kept of a page, put where it belongs."""
    pdf = kept.found(page) if kept else None
    if pdf is None:
        return None
    return PackResult(page, _put(pdf, page, to), "", 0.0)


def _put(pdf: bytes, page: Page, to: Path) -> Path:
    path = to / f"{page.slug}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf)
    return path


def pack_error(results: Sequence[PackResult]) -> PageError | None:
    """Return the error that names every pack that could not be made; None if all were."""
    failed = [Problem(result.page.slug, result.failure) for result in results if result.failure]
    if not failed:
        return None
    return PageError(f"{len(failed)} of {len(results)} board packs could not be made", failed)


_PRESS: list[Press] = []
"""The press of this process, where it is one of several."""


def _settle(press: Press) -> None:
    _PRESS[:] = [press]


def _print(page: Page) -> Printed:
    return _PRESS[0].print(page)
