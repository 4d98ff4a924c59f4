"""The building of an edition: its steps in their order, and what came of them."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from oversight_lib.edition import places, publishing, reading, register, signing
from oversight_lib.edition.facts import facts, sources
from oversight_lib.edition.figures import assessment, with_words
from oversight_lib.edition.handouts import Handouts
from oversight_lib.edition.hands import OWN, Hands
from oversight_lib.edition.inputs import inputs
from oversight_lib.edition.keeping import Keeping
from oversight_lib.edition.log import kept_log, logged
from oversight_lib.edition.papers import Papers
from oversight_lib.edition.places import PROSE, TABLES, WORDS
from oversight_lib.errors import Problem
from oversight_lib.frames import COMMENTARY_FIGURES
from oversight_lib.intake import DATA, commentary
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.press import book, manifest, pages, runner
from oversight_lib.press.bindery import Bindery, waiting
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.hiring import using
from oversight_lib.press.packs import PackResult
from oversight_lib.press.results import PageResult
from oversight_lib.press.workers import stoppable

_LOG = logging.getLogger("oversight")


@dataclass(frozen=True)
class Edition:
    """What one run made: the assessment, what became of each page and pack, and the way in."""

    assessment: Assessment
    results: tuple[PageResult, ...]
    index: Path
    packs: tuple[PackResult, ...] = ()

    @property
    def stale(self) -> list[Problem]:
        """The figures that commentary leans on and that have changed since."""
        return commentary.stale(self.assessment.table(COMMENTARY_FIGURES))

    @property
    def failed(self) -> tuple[PageResult, ...]:
        """The pages that could not be made."""
        return tuple(result for result in self.results if result.failure)


@dataclass(frozen=True)
class Watch:
    """Who wants to know how far a build is."""

    planned: Callable[[list[pages.Page]], None] = lambda _: None
    done: Callable[[PageResult], None] = lambda _: None
    binding: Callable[[], None] = lambda: None


def build(  # noqa: PLR0913 - what a run is told, each by its name
    quarter: Quarter,
    *,
    data: Path = DATA,
    words: Path = WORDS,
    out: Path,
    selection: pages.Selection,
    jobs: int,
    watch: Watch,
    hands: Hands = OWN,
) -> Edition:
    """Make an edition in the folder `out`: tables, pages, book, manifest and run log.

    What did not change since the last run is not made again. A page that fails is replaced by one
    that says so; the caller finds it in the result.
    """
    with kept_log(out := out.resolve()), stoppable(), ExitStack() as stack:
        _take_away(out)
        keeping = Keeping(out, data, out / TABLES)
        assessed = _assessed(quarter, keeping, data=data, words=words)
        edition = signing.signed(facts(data, quarter), assessed, words)
        plan = register.planned(quarter, assessed, data, selection)
        _LOG.info("%s: %d pages, commit %s", quarter.label, len(plan), edition.commit)
        watch.planned(plan)
        handouts = Handouts(assessed, plan, Papers(assessed, register.trusts(data, quarter)), out,
                            edition, sources(data, quarter), keeping, hands)  # fmt: skip
        binder = stack.enter_context(waiting(edition.epoch))
        results = runner.run(
            plan, out=out, tables=out / TABLES, edition=edition, using=using(quarter, jobs),
            kept=keeping.pages(edition), crew=hands.pages, meanwhile=handouts.begin,
            on_done=logged(watch.done),
        )  # fmt: skip
        beside, printed = handouts.complete(jobs)
        watch.binding()
        who = signing.sign_off(quarter, words)
        beside = publishing.with_levels(beside, edition, assessed, results, keeping, who)
        read = reading.Reading.of(assessed, data, keeping.readings, jobs)
        index = _bound(results, beside, out, edition, read, binder)
        _finished(results, out, edition, keeping, words)
    return Edition(assessed, tuple(results), index, tuple(printed))


def _take_away(out: Path) -> None:
    """Take an older edition away before a new one is made, so that no half one passes for it."""
    book.take_away(out)
    (out / manifest.NAME).unlink(missing_ok=True)


def _assessed(quarter: Quarter, keeping: Keeping, *, data: Path, words: Path) -> Assessment:
    """Return the assessment with what people wrote, its tables written where pages read them."""
    found = keeping.assessment(quarter, partial(assessment, quarter, data=data))
    assessed = with_words(found, quarter, data=data, words=words)
    for problem in commentary.stale(assessed.table(COMMENTARY_FIGURES)):
        _LOG.warning("commentary is out of date: %s", problem)
    keeping.write_tables(assessed)
    return assessed


def _bound(
    results: list[PageResult],
    beside: book.Beside,
    out: Path,
    edition: EditionFacts,
    read: reading.Reading,
    binder: Bindery,
) -> Path:
    """Bind the pages into a book that passes the lint; return the way in."""
    index = book.bind(
        results,
        out=out,
        prose=PROSE,
        config=places.HOME / "_config.yml",
        edition=edition,
        beside=replace(
            publishing.with_policies(beside, edition, PROSE),
            entries=register.entries(
                [result.page for result in results], read.data, edition.quarter
            ),
        ),
        reading=read.check,
        bindery=binder,
        meanwhile=read.prepare,
    )
    _LOG.info("bound at %s", index.relative_to(out))
    return index


def _finished(
    results: list[PageResult], out: Path, edition: EditionFacts, keeping: Keeping, words: Path
) -> None:
    """Write the manifest, of every file the edition is and was made from; look for secrets."""
    read = inputs(places.HOME, data=keeping.data, words=words, quarter=edition.quarter)
    manifest.write(results, out=out, edition=edition, read=read)
    reading.scanned(out, keeping.data)
    keeping.settle()
