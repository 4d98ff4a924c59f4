"""Runs pages: every one in a kernel of its own, several at once, and one that fails fails alone."""

import logging
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from papermill.exceptions import PapermillExecutionError

from oversight_lib.press import kernels, notebooks, provenance, templates
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import fresh
from oversight_lib.press.pages import Page
from oversight_lib.press.results import Failure, PageResult, failed
from oversight_lib.press.warm.preparation import Preparation
from oversight_lib.press.warm.ready import ready

NOTEBOOKS = "notebooks"
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Job:
    """Everything a worker needs to make one page."""

    page: Page
    ending: str
    out: Path
    scratch: Path
    execute: kernels.Execute


def run(
    pages: Sequence[Page],
    *,
    out: Path,
    tables: Path,
    edition: EditionFacts,
    using: kernels.Kernels = kernels.ORDINARY,
    on_done: Callable[[PageResult], None] = lambda _: None,
) -> list[PageResult]:
    """Execute the pages' templates, some at a time, and return a result for each, in order.

    Notebooks go to `out/notebooks`, half-run ones to `out/failed`; what stood there before is
    gone first. `tables` is the folder of the assessment's tables. `on_done` is called in the
    caller's process as each page ends. Raises `PageError` before any kernel starts if a
    template and its parameters disagree.
    """
    templates.check(pages)
    out = out.resolve()
    fresh(out / NOTEBOOKS)
    fresh(out / FAILED)
    with tempfile.TemporaryDirectory(prefix="oversight-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        (scratch / "matplotlibrc").write_text(kernels.MATPLOTLIB, encoding="utf-8")
        surroundings = kernels.environment(tables, edition.epoch, scratch)
        with (
            _executing(using, pages, surroundings, scratch) as execute,
            _workers(using.jobs, surroundings, scratch) as pool,
        ):
            jobs = [
                _Job(_rooted(page), provenance.block(page, edition), out, scratch, execute)
                for page in pages
            ]
            futures = {pool.submit(_make, job): page for job, page in zip(jobs, pages, strict=True)}
            made = {result.page.slug: result for result in _ended(futures, on_done)}
    return [made[page.slug] for page in pages]


@contextmanager
def _executing(
    using: kernels.Kernels, pages: Sequence[Page], surroundings: Mapping[str, str], scratch: Path
) -> Iterator[kernels.Execute]:
    """Give what was asked for to execute notebooks, or else warm kernels where they can be."""
    if using.execute is not None:
        yield using.execute
        return
    imports = templates.imports(sorted({page.template for page in pages}))
    preparation = Preparation((*imports, *using.rehearsal), using.memory)
    with ready(preparation, using.seconds, surroundings, scratch) as execute:
        yield execute


def _rooted(page: Page) -> Page:
    """Return the page with its template's whole path: workers stand in a folder of their own."""
    return replace(page, template=page.template.resolve())


def _ended(
    futures: Mapping[Future[PageResult], Page], on_done: Callable[[PageResult], None]
) -> Iterator[PageResult]:
    for future in as_completed(futures):
        page = futures[future]
        try:
            result = replace(future.result(), page=page)
        except BrokenProcessPool:
            result = PageResult(page, None, Failure("a process of the press was killed"), 0.0)
        on_done(result)
        yield result


@contextmanager
def _workers(
    jobs: int, surroundings: Mapping[str, str], scratch: Path
) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that is gone at once if anything interrupts us."""
    ours = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), _settle, (surroundings, scratch)
    )
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - ours:
            worker.terminate()
        raise
    pool.shutdown()


def _settle(surroundings: Mapping[str, str], scratch: Path) -> None:
    """Prepare a worker: its surroundings, and a folder where no stray module can be imported."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.update(surroundings)
    os.chdir(scratch)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the run ends, be it killed; else it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(job: _Job) -> PageResult:
    began = time.perf_counter()
    half_run = job.scratch / f"{job.page.slug.replace('/', '-')}.ipynb"
    try:
        kernels.restarting(job.execute, job.page.template, half_run, job.page.parameters)
        executed = notebooks.read(half_run)
        finished = notebooks.finished(executed, job.page.title, job.ending)
    except (PapermillExecutionError, notebooks.ImageError, RuntimeError, OSError) as error:
        failure = failed(error, half_run, job.out / FAILED / f"{job.page.slug}.ipynb")
        return PageResult(job.page, None, failure, time.perf_counter() - began)
    path = notebooks.write(finished, job.out / NOTEBOOKS / f"{job.page.slug}.ipynb")
    seconds = time.perf_counter() - began
    return PageResult(job.page, path, None, seconds, notebooks.stderr(executed))
