"""What an edition hands out beside its pages: made between the pages and their binding."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from oversight_lib.edition.hands import OWN, Hands
from oversight_lib.edition.keeping import Keeping
from oversight_lib.edition.papers import Papers
from oversight_lib.method.assessment import Assessment
from oversight_lib.press import downloads, packs
from oversight_lib.press.book import Beside
from oversight_lib.press.cache import digests
from oversight_lib.press.downloads.handout import Handout
from oversight_lib.press.downloads.package import Source
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import fresh
from oversight_lib.press.packs import PackResult
from oversight_lib.press.pages import Page

_LOG = logging.getLogger("oversight")


@dataclass
class Handouts:
    """What an edition hands out: tables, which wait for no page, and then packs.

    `papers` writes the packs of the pages in `plan`; `sources` are the publications behind all.
    """

    assessed: Assessment
    plan: Sequence[Page]
    papers: Papers
    out: Path
    edition: EditionFacts
    sources: Sequence[Source]
    keeping: Keeping
    hands: Hands = OWN
    _made: list[Handout] = field(init=False)
    _packs: packs.Packs = field(init=False)

    @property
    def _folder(self) -> Path:
        return self.out / downloads.FOLDER

    def begin(self) -> None:
        """Make what waits for no page: all tables; and the packs, where few are to be printed."""
        self._made = self._tables(fresh(self._folder))
        press, to = packs.Press(self.papers, self.edition), self._folder / downloads.PACKS
        kept = self.keeping.packs(self.edition, self.papers.register)
        self._packs = packs.Packs(self.plan, press, to, kept, _log)
        if self._packs.few:
            self._packs.print()

    def _tables(self, folder: Path) -> list[Handout]:
        """Write tables, workbook and data package."""
        tables, kept = self.assessed.tables, self.keeping.files()
        about, frames = (self.edition, self.sources), downloads.frames_of(tables)
        said = digests.words(*map(repr, about), *sorted(tables))
        book = kept.handouts(
            "workbook", folder,
            {"what it says of itself": said, **kept.rows(downloads.in_workbook(tables))},
            # It takes as long as several pages, and who makes them may be elsewhere.
            partial(self.hands.files, partial(downloads.make_workbook, tables, *about), folder),
        )  # fmt: skip
        each = [
            handout
            for frame in frames
            for handout in kept.handouts(
                f"tables/{frame.name}", folder, kept.rows([frame.name]),
                partial(downloads.make_table, frame, tables[frame.name], to=folder),
            )
        ]  # fmt: skip
        return [*book, *each, downloads.make_package(frames, *about, to=folder)]

    def complete(self, jobs: int) -> tuple[Beside, list[PackResult]]:
        """Print the other packs beside all that; return it for the book, and the packs."""
        folder, printed = self._folder, self._packs.print(jobs, self.hands.packs)
        files = [*self._made, *downloads.of_packs(printed, folder)]
        listed = [*files, downloads.tell_machines(files, self.plan, folder, self.edition)]
        pages = downloads.pages_about(listed, self.assessed.tables, self.edition)
        return Beside(pages, folder), printed


def _log(result: PackResult) -> None:
    outcome = result.failure or "printed"
    _LOG.info("pack %s: %s in %.1f s", result.page.slug, outcome, result.seconds)
    if result.trace:
        _LOG.warning("pack %s said: %s", result.page.slug, result.trace)
