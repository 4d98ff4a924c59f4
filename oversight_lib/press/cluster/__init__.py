"""Pages, packs and downloads on dask.distributed: on processes here, or where a scheduler says."""

# mypy: allow-untyped-calls
# dask.distributed is typed in part; it is called from here and nowhere else.

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import dask
import distributed

from oversight_lib.errors import PageError, Problem
from oversight_lib.press.cluster import bench
from oversight_lib.press.cluster.parcel import Parcel, came_home, installed
from oversight_lib.press.crew import KILLED, Made, Site, Work
from oversight_lib.press.downloads.handout import Handout, Write
from oversight_lib.press.making import Outcome
from oversight_lib.press.packs import Press, Print, Printed
from oversight_lib.press.page import Page
from oversight_lib.press.results import Failure

Told = TypeVar("Told")

_RETRIES = 3
"""How often a page is begun again whose worker is lost."""
_PATIENCE = 20.0
"""Seconds a scheduler has to answer, and then to have a worker."""
_UNWATCHED = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.worker.memory.monitor-interval": "1s",
}
"""Settings of a cluster of our own: nobody sees its figures of itself, which cost it a tenth."""
_SOON = 1
"""The priority of what pages would wait for; theirs are 0 and less."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a scheduler, at work for one edition. What is sent, is sent to each once."""

    client: distributed.Client

    @property
    def workers(self) -> Sequence[str]:
        """The addresses of the workers there are by now."""
        return sorted(self.client.nthreads())

    @contextmanager
    def pages(self, site: Site) -> Iterator[Work]:
        """Give what makes pages of a site; workers prepare as soon as the block begins."""
        preparing = [
            self.client.submit(bench.prepare, site, workers=[worker], pure=False, priority=_SOON)
            for worker in self.workers
        ]

        def work(pages: Sequence[Page]) -> Iterator[Made]:
            parcel = self._sent(Parcel.of(site, pages, len(self.workers)))
            futures = {
                self.client.submit(
                    bench.make, parcel, page, page.template.read_bytes(), pure=False,
                    retries=_RETRIES, priority=-number,
                ): page
                for number, page in enumerate(pages)
            }  # fmt: skip
            return _ended(futures, site)

        yield work
        self.client.cancel(preparing)

    @contextmanager
    def packs(self, press: Press, _: int) -> Iterator[Print]:
        """Give what prints packs."""
        sent = self._sent((press, installed()))

        def work(pages: Sequence[Page]) -> Iterator[Printed]:
            futures = [self.client.submit(bench.printed, sent, page, pure=False, retries=_RETRIES)
                       for page in pages]  # fmt: skip
            for future, page in zip(futures, pages, strict=True):
                try:
                    yield future.result()
                except distributed.KilledWorker:
                    yield Printed(page, None, KILLED, 0.0)

        yield work

    def files(self, write: Write, to: Path) -> list[Handout]:
        """Have handouts written by a worker, as soon as one is free; put them into a folder.

        Raises `PageError` where every worker that tried was lost.
        """
        sent = self._sent((write, installed()))
        written = self.client.submit(
            bench.written, sent, pure=False, retries=_RETRIES, priority=_SOON
        )
        try:
            handouts, contents = written.result()
        except distributed.KilledWorker:
            lost = Problem("a worker", KILLED, "workers with memory enough")
            raise PageError("downloads could not be written", [lost]) from None
        for one, content in zip(handouts, contents, strict=True):
            (to / one.path).parent.mkdir(parents=True, exist_ok=True)
            (to / one.path).write_bytes(content)
        return handouts

    def _sent(self, told: Told) -> "distributed.Future[Told]":
        sent: distributed.Future[Told] = self.client.scatter(told, broadcast=True, hash=False)
        return sent


@contextmanager
def opened(scheduler: str | None, jobs: int) -> Iterator[Cluster]:
    """Give the cluster of a scheduler at an address, or `jobs` processes that end with the block.

    Raises `PageError` where there is no scheduler, or none of its workers.
    """
    with ExitStack() as stack:
        own = stack.enter_context(_own(jobs)) if scheduler is None else None
        client = stack.enter_context(_client(own or str(scheduler)))
        yield Cluster(client)


def _own(jobs: int) -> distributed.LocalCluster:
    with dask.config.set(_UNWATCHED):
        return distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, dashboard_address=None
        )


def _client(scheduler: "str | distributed.LocalCluster") -> distributed.Client:
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE)
    except OSError as error:
        problem = Problem(str(scheduler), str(error), "a running `dask scheduler`")
        raise PageError("there is no scheduler at the address", [problem]) from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        client.close()
        problem = Problem(str(scheduler), "no worker came", "a running `dask worker`")
        raise PageError("the scheduler has nobody to work", [problem]) from None
    return client


def _ended(futures: Mapping["distributed.Future[Outcome]", Page], site: Site) -> Iterator[Made]:
    for future in distributed.as_completed(futures):
        yield futures[future], _outcome(future, site)


def _outcome(future: "distributed.Future[Outcome]", site: Site) -> Outcome:
    """Return what became of a page, as if it had been made in the folders of this machine."""
    try:
        outcome: Outcome = future.result()
    except distributed.KilledWorker:
        return Outcome(None, Failure(KILLED))
    executed = outcome.executed
    if executed is None or executed.asked is None:
        return outcome
    asked = came_home(executed.asked, site.tables)
    return replace(outcome, executed=replace(executed, asked=asked))
