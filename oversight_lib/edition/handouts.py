"""What an edition hands out beside its pages: made between the pages and their binding."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from oversight_lib.edition.keeping import Keeping
from oversight_lib.edition.papers import Papers
from oversight_lib.method.assessment import Assessment
from oversight_lib.press import downloads, packs
from oversight_lib.press.book import Beside
from oversight_lib.press.downloads.package import Source
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import fresh
from oversight_lib.press.packs import PackResult
from oversight_lib.press.pages import Page

_LOG = logging.getLogger("oversight")


def hand_out(  # noqa: PLR0913 - what an edition is made of
    assessed: Assessment,
    plan: Sequence[Page],
    papers: Papers,
    *,
    out: Path,
    edition: EditionFacts,
    sources: Sequence[Source],
    jobs: int,
    keeping: Keeping,
) -> tuple[Beside, list[PackResult]]:
    """Make tables, workbook, data package and packs; return them for the book, and the packs."""
    folder = fresh(out / downloads.FOLDER)
    make = partial(downloads.make, assessed.tables, to=folder, edition=edition, sources=sources)
    made = keeping.handouts(folder, edition, sources, make)
    printed = packs.run(
        plan,
        papers,
        to=folder / downloads.PACKS,
        edition=edition,
        jobs=jobs,
        kept=keeping.packs(edition, papers.register),
        on_done=_log,
    )
    files = [*made, *downloads.of_packs(printed, folder)]
    listed = [*files, downloads.tell_machines(files, plan, folder, edition)]
    pages = downloads.pages_about(listed, assessed.tables, edition)
    return Beside(pages, folder), printed


def _log(result: PackResult) -> None:
    outcome = result.failure or "printed"
    _LOG.info("pack %s: %s in %.1f s", result.page.slug, outcome, result.seconds)
    if result.trace:
        _LOG.warning("pack %s said: %s", result.page.slug, result.trace)
