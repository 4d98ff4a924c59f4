"""The whole run: from the figures of one quarter to everything that is published about it."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pandas as pd

from oversight_lib.edition import publishing
from oversight_lib.edition.handouts import hand_out
from oversight_lib.edition.keeping import Keeping
from oversight_lib.edition.papers import Papers
from oversight_lib.errors import LeakError, Problem, visible
from oversight_lib.frames import CAPABILITY, COMMENTARY, COMMENTARY_FIGURES
from oversight_lib.intake import (
    DATA,
    assessments,
    breakdowns,
    catalogue,
    commentary,
    organisations,
)
from oversight_lib.intake.capability import capability
from oversight_lib.intake.cards import files_read, publications_read
from oversight_lib.intake.head_offices import head_offices
from oversight_lib.intake.store import save_assessment
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.cells import Ledger
from oversight_lib.periods import Quarter
from oversight_lib.press import (
    book,
    checkout,
    finder,
    folders,
    lint,
    manifest,
    packs,
    pages,
    release,
    runner,
    scan,
)
from oversight_lib.press.crew import Crew, local
from oversight_lib.press.downloads.package import Source
from oversight_lib.press.edition_facts import DataFile, EditionFacts
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.packs import PackResult
from oversight_lib.press.results import PageResult
from oversight_lib.press.workers import stoppable
from oversight_lib.rules import OWN, load_framework

HOME = checkout.HOME
"""Where templates, prose and configuration stand."""

PROSE = HOME / "book"
"""Where the pages stand that a person wrote, and who publishes by which policies."""

WORDS = PROSE / "commentary"
"""Where people write for the pages, and sign."""

TABLES = "tables"
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


def assessment(
    quarter: Quarter, *, data: Path = DATA, own: Path | None = None, recompute: bool = False
) -> Assessment:
    """Return the assessment of a quarter from a data directory, under its year's rules.

    With every further table: ranges, firmness, distance, and the change since the quarter before.
    `own` is a file of rules that is laid over the year's.
    """
    framework = load_framework(quarter.year, own)
    return assessments.analysed(quarter, framework, data=data, recompute=recompute)


def back_test(quarter: Quarter, *, data: Path = DATA, own: Path | None = None) -> Assessment:
    """Return the assessment of a quarter with its whole back-test, and no further tables."""
    return assessments.back_tested(quarter, load_framework(quarter.year, own), data=data)


def with_words(assessed: Assessment, quarter: Quarter, *, data: Path, words: Path) -> Assessment:
    """Return the assessment with what people wrote about it, and ratings from a user's file."""
    remarks = commentary.read(words, quarter, commentary.codes(data, quarter))
    written = commentary.tables(remarks, quarter, assessed.tables)
    ratings = capability(data)
    rated = {} if ratings.empty else {CAPABILITY.name: ratings}
    return assessed.with_tables({**(written if remarks else {}), **rated})


def clear_to_release(
    quarter: Quarter, *, data: Path = DATA, words: Path = WORDS, now: datetime
) -> None:
    """Raise `ReleaseError` with every reason why the edition may not be released now."""
    assessed = with_words(assessment(quarter, data=data), quarter, data=data, words=words)
    lacking = publishing.lacking(quarter, assessed.tables, PROSE)
    offered = replace(candidate(assessed), lacking=lacking)
    release.check(sign_off(quarter, words), offered, now=now)


def sign_off(quarter: Quarter, words: Path = WORDS) -> release.SignOff | None:
    """Return who signed the edition of a quarter; None if nobody did."""
    return release.read(words / str(quarter) / release.NAME)


def candidate(assessed: Assessment) -> release.Candidate:
    """Return what would be released: the digest of all tables, the commit, what is stale."""
    return release.Candidate(
        digest=release.digest(assessed.tables),
        commit=checkout.commit(),
        stale=commentary.stale(assessed.table(COMMENTARY_FIGURES)),
        newest=max(assessed.table(COMMENTARY)["date"], default=""),
    )


def planned(
    quarter: Quarter, assessed: Assessment, data: Path, selection: pages.Selection
) -> list[pages.Page]:
    """Return the pages an edition of the quarter has."""
    return pages.plan(
        quarter,
        assessed.organisations,
        organisations.icbs(data, quarter),
        organisations.regions(data),
        templates=HOME / "notebooks",
        selection=selection,
    )


def print_packs(  # noqa: PLR0913 - what a run is told, each by its name
    quarter: Quarter,
    *,
    data: Path = DATA,
    words: Path = WORDS,
    out: Path,
    selection: pages.Selection,
    england: bool = True,
    jobs: int = 1,
) -> list[PackResult]:
    """Print the packs of a quarter into the folder `out`, without pages or a book."""
    assessed = with_words(assessment(quarter, data=data), quarter, data=data, words=words)
    plan = planned(quarter, assessed, data, selection)
    wanted = [page for page in plan if england or page.kind != "england"]
    papers = Papers(assessed, _register(data, quarter))
    return packs.run(wanted, papers, to=out, edition=_facts(data, quarter), jobs=jobs)


def build(  # noqa: PLR0913 - what a run is told, each by its name
    quarter: Quarter,
    *,
    data: Path = DATA,
    words: Path = WORDS,
    out: Path,
    selection: pages.Selection,
    jobs: int,
    watch: "Watch",
    crew: Crew = local,
) -> Edition:
    """Make an edition in the folder `out`: tables, pages, book, manifest and run log.

    What did not change since the last run is not made again. A page that fails is replaced by one
    that says so; the caller finds it in the result.
    """
    with _logging(out := out.resolve()), stoppable():
        _take_away(out)
        keeping = Keeping(out, data, out / TABLES)
        assessed = _assessed(quarter, keeping, data=data, words=words)
        facts = _signed(_facts(data, quarter), assessed, words)
        plan = planned(quarter, assessed, data, selection)
        _LOG.info("%s: %d pages, commit %s", quarter.label, len(plan), facts.commit)
        watch.planned(plan)
        results = runner.run(
            plan, out=out, tables=out / TABLES, edition=facts,
            using=Kernels(jobs, rehearsal=_rehearsal(quarter)), kept=keeping.pages(facts),
            crew=crew, on_done=_logged(watch.done),
        )  # fmt: skip
        beside, printed = hand_out(
            assessed, plan, Papers(assessed, _register(data, quarter)), out=out, edition=facts,
            sources=_sources(data, quarter), jobs=jobs, keeping=keeping,
        )  # fmt: skip
        watch.binding()
        beside = publishing.with_levels(beside, facts, assessed, results, out,
                                        sign_off(quarter, words))  # fmt: skip
        index = _bound(results, beside, out, facts, data, _reading(assessed, data))
        keeping.settle()
    return Edition(assessed, tuple(results), index, tuple(printed))


def _take_away(out: Path) -> None:
    """Take an older edition away before a new one is made, so that no half one passes for it."""
    folders.clear(out / book.HTML)
    (out / manifest.NAME).unlink(missing_ok=True)


def _assessed(quarter: Quarter, keeping: Keeping, *, data: Path, words: Path) -> Assessment:
    """Return the assessment with what people wrote, its tables written where pages read them."""
    found = keeping.assessment(quarter, partial(assessment, quarter, data=data))
    assessed = with_words(found, quarter, data=data, words=words)
    for problem in commentary.stale(assessed.table(COMMENTARY_FIGURES)):
        _LOG.warning("commentary is out of date: %s", problem)
    save_assessment(assessed.tables, keeping.tables)
    return assessed


def _reading(assessed: Assessment, data: Path) -> Callable[[Path], None]:
    """Return what reads the bound book for what it may not say."""
    return partial(lint.check, names=_names(data), ledger=Ledger(assessed.tables))


def _bound(
    results: list[PageResult],
    beside: book.Beside,
    out: Path,
    facts: EditionFacts,
    data: Path,
    reading: Callable[[Path], None],
) -> Path:
    """Bind the pages into a book that passes the lint, with its manifest; return the way in."""
    index = book.bind(
        results,
        out=out,
        prose=PROSE,
        config=HOME / "_config.yml",
        edition=facts,
        beside=replace(
            publishing.with_policies(beside, facts, PROSE),
            entries=_entries(results, data, facts.quarter),
        ),
        reading=reading,
    )
    manifest.write(results, out=out, edition=facts)
    _scanned(out, data)
    _LOG.info("bound at %s", index.relative_to(out))
    return index


@dataclass(frozen=True)
class Watch:
    """Who wants to know how far a build is."""

    planned: Callable[[list[pages.Page]], None] = lambda _: None
    done: Callable[[PageResult], None] = lambda _: None
    binding: Callable[[], None] = lambda: None


def _facts(data: Path, quarter: Quarter) -> EditionFacts:
    rules = load_framework(quarter.year).year
    return EditionFacts(quarter, rules, _files(data, quarter), checkout.commit())


def _signed(facts: EditionFacts, assessed: Assessment, words: Path) -> EditionFacts:
    """Return the facts with whom to ask and when an edition that was signed may be seen."""
    digest = release.digest(assessed.tables)
    return publishing.as_signed(facts, sign_off(facts.quarter, words), digest, PROSE)


def _register(data: Path, quarter: Quarter) -> pd.DataFrame:
    """Return every trust that was open in the quarter, loaded or not."""
    return organisations.open_in(organisations.organisations(data), quarter)


def _entries(results: list[PageResult], data: Path, quarter: Quarter) -> list[finder.Entry]:
    """Return everybody a reader of the edition may look for, whether loaded or not."""
    who = finder.Register(
        _register(data, quarter),
        organisations.icbs(data, quarter),
        organisations.regions(data),
        head_offices(data),
    )
    return finder.entries([result.page for result in results], who)


def _scanned(out: Path, data: Path) -> None:
    """Look for what may not be seen in everything the run made; take the book away if it is there.

    With already protected figures only, there is nothing to look for.
    """
    try:
        made = (out / name for name in (book.HTML, runner.NOTEBOOKS, TABLES))
        scan.check(made, breakdowns.secrets(data))
    except LeakError:
        folders.clear(out / book.HTML)
        raise


def _rehearsal(quarter: Quarter) -> tuple[str, ...]:
    """Return, as a template would say it, what every page would do again if nobody had before."""
    return (
        "from oversight_lib import intake, report",
        f'intake.open_assessment("{quarter}")',
        f'intake.open_register("{quarter}")',
        "report.rehearse()",
    )


def _names(data: Path) -> set[str]:
    """Return the names of all trusts and boards of the reference."""
    return {*organisations.trusts(data)["name"], *organisations.icbs(data)["name"]}


def _files(data: Path, quarter: Quarter) -> tuple[DataFile, ...]:
    """Return the publishers' files behind an edition, as their source cards name them."""
    read = {DataFile(*found) for card in _cards(data, quarter) for found in files_read(card)}
    return tuple(sorted(read | _own_rules()))


def _own_rules() -> set[DataFile]:
    """Return the file of one's own that is laid over the rules, if there is one."""
    own = Path(os.environ[OWN]) if os.environ.get(OWN) else None
    return {DataFile(own.name, hashlib.sha256(own.read_bytes()).hexdigest())} if own else set()


def _sources(data: Path, quarter: Quarter) -> list[Source]:
    """Return the publications behind an edition, as their source cards name them."""
    cards = _cards(data, quarter)
    return sorted({Source(*read) for card in cards for read in publications_read(card)})


def _cards(data: Path, quarter: Quarter) -> list[Path]:
    """Return the source cards of an edition; figures of later quarters are no part of it."""
    later = {found.card_path(data) for found in catalogue.holdings(data) if found.quarter > quarter}
    return [card for card in sorted(data.rglob("*.card.toml")) if card not in later]


def _logged(done: Callable[[PageResult], None]) -> Callable[[PageResult], None]:
    """Return the callback, with a line in the run log for each page."""

    def tell(result: PageResult) -> None:
        outcome = str(result.failure) if result.failure else "made" if result.why else "kept, made"
        _LOG.info("%s: %s in %.1f s; %s", result.page.slug, outcome, result.seconds, result.why)
        if result.stderr:
            _LOG.warning("%s said: %s", result.page.slug, result.stderr.strip())
        done(result)

    return tell


class _OneEntry(logging.Formatter):
    """Writes a message so that no line of it can be taken for another entry, and all is seen."""

    def format(self, record: logging.LogRecord) -> str:
        first, *more = super().format(record).splitlines()
        return "\n".join([visible(first), *(f"    {visible(line)}" for line in more)])


@contextmanager
def _logging(out: Path) -> Iterator[None]:
    """Keep a run log with the edition, anew for each run."""
    out.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(out / manifest.LOG, mode="w", encoding="utf-8")
    handler.setFormatter(_OneEntry("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    try:
        yield
    except Exception:
        _LOG.exception("the run ended here")
        raise
    finally:
        _LOG.removeHandler(handler)
        handler.close()
