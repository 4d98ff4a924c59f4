"""Who makes the pages of a run: processes of this machine, with what all of them share."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from oversight_lib.press import kernels, making
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.making import Outcome
from oversight_lib.press.page import Page
from oversight_lib.press.rehearsal import rehearsals
from oversight_lib.press.results import Failure
from oversight_lib.press.warm.preparation import Preparation
from oversight_lib.press.warm.ready import Ready, ready
from oversight_lib.press.workers import workers

KILLED = "a process of the press was killed"


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a run share: the tables, the date, the kernels, and what they import."""

    tables: Path
    epoch: int
    using: Kernels
    imports: tuple[str, ...] = ()

    @property
    def preparation(self) -> Preparation:
        """What a server of warm kernels does while the tables are not there yet."""
        return Preparation(self.imports, self.using.memory)

    def rehearsal(self, pages: Sequence[Page], servers: int = 1) -> tuple[str, ...]:
        """Return the statements each of its servers executes before the first page is made."""
        return (*self.using.rehearsal, *rehearsals(pages, servers))


Made = tuple[Page, Outcome]
Work = Callable[[Sequence[Page]], Iterator[Made]]
"""Has pages made, the first of them first, from now on; gives what became of each as it ends."""
Crew = Callable[[Site], AbstractContextManager[Work]]
"""Prepares as soon as the block begins; the tables need not be there before the work is given."""


@contextmanager
def local(site: Site) -> Iterator[Work]:
    """Give what makes pages in processes of this machine."""
    with tempfile.TemporaryDirectory(prefix="oversight-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        surroundings = surround(site, scratch)
        place = _Place(surroundings, scratch)
        with (
            executing(site, surroundings, scratch) as ready,
            workers(site.using.jobs, _settle, place) as pool,
        ):
            pool.submit(os.getpid)  # so that a worker is there when there is work

            def work(pages: Sequence[Page]) -> Iterator[Made]:
                ready.rehearse(site.rehearsal(pages))
                futures = {
                    pool.submit(making.make, _rooted(page), ready.execute, scratch): page
                    for page in pages
                }
                return _ended(futures)

            yield work


def surround(site: Site, scratch: Path) -> Mapping[str, str]:
    """Return the environment variables of a site's pages, with `scratch` as home."""
    (scratch / "matplotlibrc").write_text(kernels.MATPLOTLIB, encoding="utf-8")
    return kernels.environment(site.tables, site.epoch, scratch)


@contextmanager
def executing(site: Site, surroundings: Mapping[str, str], scratch: Path) -> Iterator[Ready]:
    """Give what was asked for to execute notebooks, or else warm kernels where they can be."""
    if site.using.execute is not None:
        yield Ready(site.using.execute)
        return
    with ready(site.preparation, site.using.seconds, surroundings, scratch) as found:
        yield found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a worker stands, and under which environment variables."""

    surroundings: Mapping[str, str]
    scratch: Path


def _settle(place: _Place) -> None:
    """Put a worker into a folder where no stray module can be imported."""
    os.environ.update(place.surroundings)
    os.chdir(place.scratch)
    logging.getLogger("papermill").setLevel(logging.ERROR)


def _rooted(page: Page) -> Page:
    """Return the page with its template's whole path: workers stand in a folder of their own."""
    return replace(page, template=page.template.resolve())


def _ended(futures: Mapping[Future[Outcome], Page]) -> Iterator[Made]:
    for future in as_completed(futures):
        try:
            yield futures[future], future.result()
        except BrokenProcessPool:
            yield futures[future], Outcome(None, Failure(KILLED))
