"""Makes pages on dask.distributed: on processes of this machine, or where a scheduler says.

Tables and templates are sent by their bytes, once to each worker. Code and the data of the checkout
are not: every worker has them installed, and one whose are others is refused, by their digests.
"""

# mypy: allow-untyped-calls
# dask.distributed is typed in part; it is called from here and nowhere else.

import atexit
import io
import os
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import distributed

from oversight_lib.errors import PageError, Problem
from oversight_lib.press import making
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import Asked
from oversight_lib.press.checkout import HOME
from oversight_lib.press.crew import KILLED, Crew, Made, Site, Work, executing, surround
from oversight_lib.press.kernels import Execute
from oversight_lib.press.making import Outcome
from oversight_lib.press.packs import Press, Print, Printed
from oversight_lib.press.page import Page
from oversight_lib.press.results import Failure

_HOME, _TABLES = "{home}", "{tables}"
_RETRIES = 3
"""How often a page is begun again whose worker is lost."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent to every worker once: the site, its tables as a zip file, and its digests."""

    site: Site
    rehearsal: tuple[str, ...]
    tables: bytes
    installed: tuple[str, str]
    digest: str

    @classmethod
    def of(cls, site: Site, pages: Sequence[Page]) -> "Parcel":
        """Return the parcel for the pages of a site, whose tables are there by now."""
        tables, rehearsal = _zipped(site.tables), site.rehearsal(pages)
        digest = digests.of(tables, repr((site, rehearsal)).encode())
        return cls(site, rehearsal, tables, _installed(), digest)


def dask(scheduler: str | None, jobs: int) -> Crew:
    """Return what makes pages on a scheduler at an address, or on `jobs` processes of our own."""

    @contextmanager
    def crew(site: Site) -> Iterator[Work]:
        with _client(scheduler, jobs) as client:

            def work(pages: Sequence[Page]) -> Iterator[Made]:
                sent = client.scatter(Parcel.of(site, pages), broadcast=True, hash=False)
                futures = {
                    client.submit(
                        make, sent, page, page.template.read_bytes(), pure=False, retries=_RETRIES,
                        priority=-number,
                    ): page
                    for number, page in enumerate(pages)
                }  # fmt: skip
                return _ended(futures, site)

            yield work

    return crew


@contextmanager
def printers(scheduler: str | None, press: Press, jobs: int) -> Iterator[Print]:
    """Give what prints packs on a scheduler at an address, or on `jobs` processes of our own."""
    with _client(scheduler, jobs) as client:
        sent = client.scatter((press, _installed()), broadcast=True, hash=False)

        def work(pages: Sequence[Page]) -> Iterator[Printed]:
            futures = [client.submit(printed, sent, page, pure=False, retries=_RETRIES)
                       for page in pages]  # fmt: skip
            for future, page in zip(futures, pages, strict=True):
                try:
                    yield future.result()
                except distributed.KilledWorker:
                    yield Printed(page, None, KILLED, 0.0)

        yield work


def printed(told: tuple[Press, tuple[str, str]], page: Page) -> Printed:
    """Print a pack on a worker. Raises `PageError` where its code or data are others than ours."""
    press, installed = told
    _refuse_others(installed)
    with _LOCK:
        _clear()
        return press.print(page)


def _ended(futures: Mapping["distributed.Future[Outcome]", Page], site: Site) -> Iterator[Made]:
    for future in distributed.as_completed(futures):
        yield futures[future], _outcome(future, site)


@contextmanager
def _client(scheduler: str | None, jobs: int) -> Iterator[distributed.Client]:
    """Give a client of the scheduler, or of a cluster that ends with the block."""
    with ExitStack() as stack:
        if scheduler is None:
            cluster = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None
            )
            stack.enter_context(cluster)
        try:
            client = distributed.Client(scheduler or cluster, timeout="20s")
        except OSError as error:
            problem = Problem(str(scheduler), str(error), "a running `dask scheduler`")
            raise PageError("there is no scheduler at the address", [problem]) from None
        yield stack.enter_context(client)


def _outcome(future: "distributed.Future[Outcome]", site: Site) -> Outcome:
    """Return what became of a page, as if it had been made in the folders of this machine."""
    try:
        outcome: Outcome = future.result()
    except distributed.KilledWorker:
        return Outcome(None, Failure(KILLED))
    executed = outcome.executed
    if executed is None or executed.asked is None:
        return outcome
    here = {_HOME: str(HOME), _TABLES: str(site.tables.resolve())}
    return replace(outcome, executed=replace(executed, asked=_moved(executed.asked, here)))


def make(parcel: Parcel, page: Page, template: bytes) -> Outcome:
    """Make a page on a worker. Raises `PageError` where its code or data are others than ours."""
    _refuse_others(parcel.installed)
    with _LOCK:
        bench = _bench(parcel)
        place = bench.scratch / f"{digests.of(template)}.ipynb"
        place.write_bytes(template)
        outcome = making.make(replace(page, template=place), bench.execute, bench.scratch)
    if outcome.executed is None or outcome.executed.asked is None:
        return outcome
    there = {str(bench.tables): _TABLES, str(HOME): _HOME}
    asked = _moved(outcome.executed.asked, there)
    return replace(outcome, executed=replace(outcome.executed, asked=_known(asked)))


def _refuse_others(installed: tuple[str, str]) -> None:
    """Raise `PageError` where our code or data are not these."""
    if _installed() != installed:
        raise PageError(
            "a worker's code or data are not those of the run",
            [Problem(str(HOME), "differs", "the same commit on every machine")],
        )


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where a worker makes pages of one parcel, and its kernels."""

    digest: str
    scratch: Path
    tables: Path
    execute: Execute
    stack: ExitStack


_LOCK = threading.Lock()
"""Pages of one process share a folder and environment variables, so they are made in turn."""
_BENCHES: list[_Bench] = []
"""The bench of this process: the last parcel's, until another comes or the process ends."""


def _bench(parcel: Parcel) -> _Bench:
    if not _BENCHES or _BENCHES[0].digest != parcel.digest:
        _clear()
        _BENCHES.append(_set_up(parcel))
        atexit.register(_clear)
    return _BENCHES[0]


def _set_up(parcel: Parcel) -> _Bench:
    """Unpack a parcel and start its kernels, which last as long as the bench does."""
    stack = ExitStack()
    scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="oversight-")))
    tables = scratch / "tables"
    with zipfile.ZipFile(io.BytesIO(parcel.tables)) as packed:
        packed.extractall(tables)
    site = replace(parcel.site, tables=tables)
    surroundings = surround(site, scratch)
    stack.callback(_resettle, dict(os.environ))
    os.environ.update(surroundings)
    os.chdir(scratch)
    ready = stack.enter_context(executing(site, surroundings, scratch))
    ready.rehearse(parcel.rehearsal)
    return _Bench(parcel.digest, scratch, tables.resolve(), ready.execute, stack)


def _clear() -> None:
    while _BENCHES:
        os.chdir(HOME)
        _BENCHES.pop().stack.close()


def _resettle(surroundings: Mapping[str, str]) -> None:
    """Put this process back under the environment variables it had."""
    os.environ.clear()
    os.environ.update(surroundings)


def _installed() -> tuple[str, str]:
    """Return the digests of our code and of the data beside it, as they are on this machine."""
    return digests.code(), digests.folder(HOME / "data")


def _zipped(folder: Path) -> bytes:
    """Return the files of a folder, packed; the same files are the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return buffer.getvalue()


def _moved(asked: Asked, places: dict[str, str]) -> Asked:
    """Return what was asked for with the beginnings of paths replaced."""

    def moved(path: str) -> str:
        for place, other in places.items():
            if path == place or path.startswith(f"{place}/"):
                return other + path.removeprefix(place)
        return path

    return Asked(asked.reads, *(tuple(map(moved, paths)) for paths in (asked.files, asked.folders)))


def _known(asked: Asked) -> Asked | None:
    """Return what was asked for; None if some of it is of the worker's machine alone."""
    named = all(path.startswith((_HOME, _TABLES)) for path in (*asked.files, *asked.folders))
    return asked if named else None
