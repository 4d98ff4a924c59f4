"""Runs pages: those that are not kept already, the longest first; one that fails fails alone."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from oversight_lib.press import kernels, notebooks, provenance, templates
from oversight_lib.press.cache.pages import Executed, Found, Pages
from oversight_lib.press.crew import Crew, Made, Site, local
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import fresh
from oversight_lib.press.making import Outcome
from oversight_lib.press.page import Page
from oversight_lib.press.results import PageResult

NOTEBOOKS = "notebooks"
FAILED = "failed"


def run(  # noqa: PLR0913 - what a run is told, each by its name
    pages: Sequence[Page],
    *,
    out: Path,
    tables: Path,
    edition: EditionFacts,
    using: kernels.Kernels = kernels.ORDINARY,
    kept: Pages | None = None,
    crew: Crew = local,
    meanwhile: Callable[[], None] = lambda: None,
    on_done: Callable[[PageResult], None] = lambda _: None,
) -> list[PageResult]:
    """Make the pages, some at a time, and return a result for each, in order.

    Notebooks go to `out/notebooks`, half-run ones to `out/failed`; what stood there before is
    gone first. `tables` is the folder of the assessment's tables. A page that is `kept` from an
    earlier run, and is made from the same, is not executed; one that is made is kept at once,
    so that a run that is interrupted goes on where it was. `meanwhile` is done once in the caller's
    process, which would else only wait, and `on_done` as each page ends. Raises `PageError` before
    any kernel starts if a template and its parameters disagree.
    """
    templates.check(pages)
    out = out.resolve()
    fresh(out / NOTEBOOKS)
    fresh(out / FAILED)
    site = Site(tables, edition.epoch, using, tuple(_imports(pages)))
    made: dict[str, PageResult] = {}
    # Closed at once when a caller objects, and not when the last trace of the error is gone.
    with closing(_outcomes(pages, site, kept, crew, meanwhile)) as outcomes:
        for page, outcome, why in outcomes:
            made[page.slug] = _written(page, outcome, why, out, edition)
            on_done(made[page.slug])
    return [made[page.slug] for page in pages]


def _imports(pages: Sequence[Page]) -> list[str]:
    return templates.imports(sorted({page.template for page in pages}))


def _outcomes(
    pages: Sequence[Page], site: Site, kept: Pages | None, crew: Crew, meanwhile: Callable[[], None]
) -> Generator[tuple[Page, Outcome, str], None, None]:
    """Give what became of each page, and why it was made; the kept ones first."""
    looked = {page.slug: kept.found(page) if kept else Found(None) for page in pages}
    to_make = [page for page in pages if not looked[page.slug].executed]
    with crew(site) if to_make else nullcontext(_nobody) as work:
        made = work(longest_first(to_make, kept))
        for page in pages:
            if executed := looked[page.slug].executed:
                yield page, Outcome(executed, None, executed.seconds), ""
        meanwhile()
        for page, outcome in made:
            if kept and outcome.executed:
                kept.keep(page, outcome.executed)
            yield page, outcome, looked[page.slug].why


def _nobody(_: Sequence[Page]) -> Iterator[Made]:
    """Make no pages."""
    return iter(())


def longest_first(pages: Sequence[Page], kept: Pages | None = None) -> list[Page]:
    """Return pages by how long they took last, the longest first; so that none ends alone, late.

    One that was never made counts as long as others of its kind, or else as its template is.
    """
    known = {page.slug: kept.seconds(page) if kept else None for page in pages}
    by_kind: dict[str, list[float]] = {}
    for page in pages:
        if (seconds := known[page.slug]) is not None:
            by_kind.setdefault(page.kind, []).append(seconds)
    cells = {path: _cells(path) for path in {page.template for page in pages}}

    def expected(page: Page) -> tuple[float, float]:
        of_kind = by_kind.get(page.kind)
        guess = fmean(of_kind) if of_kind else float("inf")
        seconds = known[page.slug]
        return -(guess if seconds is None else seconds), -cells[page.template]

    return sorted(pages, key=expected)


def _cells(template: Path) -> int:
    return len(notebooks.read(template).cells)


def _written(
    page: Page, outcome: Outcome, why: str, out: Path, edition: EditionFacts
) -> PageResult:
    """Write a page's notebook with its ending, or what is left of one that failed."""
    if outcome.executed:
        return _whole(page, outcome.executed, why, out, edition)
    failure = outcome.failure
    if failure and outcome.half_run:
        place = notebooks.write(outcome.half_run, out / FAILED / f"{page.slug}.ipynb")
        failure = replace(failure, half_run=place)
    return PageResult(page, None, failure, outcome.seconds, why=why)


def _whole(
    page: Page, executed: Executed, why: str, out: Path, edition: EditionFacts
) -> PageResult:
    text = notebooks.ended(executed.notebook, provenance.block(page, edition))
    path = notebooks.write(text, out / NOTEBOOKS / f"{page.slug}.ipynb")
    return PageResult(page, path, None, executed.seconds, executed.stderr, why)
