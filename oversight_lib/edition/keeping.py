"""What an edition keeps from one run to the next, and the digests of what it was made from."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.intake import store
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import Answers
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.cache.files import Files
from oversight_lib.press.cache.pages import Pages
from oversight_lib.press.cache.papers import Papers
from oversight_lib.press.cache.standing import around
from oversight_lib.press.cache.tables import Tables
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import CACHE, mark
from oversight_lib.press.rap.subject import Verdict

_SHARED = ("__init__.py", "errors.py", "frames.py", "periods.py", "rules", "method")
_EXECUTING = ("warm", "cache", "kernels.py", "notebooks.py", "templates.py", "making.py", "crew.py")
ASSESSING = (*_SHARED, "intake")
"""The parts of our package that an assessment is made by."""
PAGES = (*_SHARED, "intake", "report", *(f"press/{name}" for name in _EXECUTING))
"""The parts that an executed page is made by: the staircase of imports allows it no others."""
PRINTED = (*_SHARED, "report", "press", "edition")
"""The parts that packs and tables to download are made by."""


@dataclass
class Keeping:
    """What is kept in the folder of an edition, for figures from a data directory."""

    out: Path
    data: Path
    tables: Path

    def __post_init__(self) -> None:
        self._began = self._sources()
        self._saved: Mapping[str, pd.DataFrame] = {}

    @property
    def _folder(self) -> Path:
        return self.out / CACHE

    @cached_property
    def _world(self) -> Mapping[str, str]:
        """The digests of what everything is made from: packages, and rules of one's own."""
        return {
            "the packages installed": digests.versions(),
            "the rules of one's own": digests.own_rules(),
        }

    @cached_property
    def _answers(self) -> Answers:
        return Answers(Tables(self.tables))

    def assessment(self, quarter: Quarter, assess: Callable[[], Assessment]) -> Assessment:
        """Return the assessment of a quarter as it was kept, or else made now and kept."""
        mark(self._folder)
        folder, entries = self._folder / "assessment", Entries(self._folder)
        parts = {
            **self._world,
            "quarter": str(quarter),
            "code": digests.code(*ASSESSING),
            "data": digests.folder(self.data),
        }
        if entries.get("assessment") == {"parts": parts, "tables": digests.folder(folder)}:
            try:
                self._saved = store.load_tables(folder, known=True)
                return Assessment.from_tables(self._saved)
            except StoreError:
                pass  # it is made again
        entries.drop("assessment")
        assessed = assess()
        store.save_assessment(assessed.tables, folder)
        entries.put("assessment", {"parts": parts, "tables": digests.folder(folder)})
        self._saved = assessed.tables
        return assessed

    def write_tables(self, assessed: Assessment) -> None:
        """Write the tables where pages read them; those that are kept are copied."""
        folder, tables = self._folder / "assessment", assessed.tables
        # The very object that was read or written there, and no other that may differ from it.
        same = {name: folder for name, table in tables.items() if table is self._saved.get(name)}
        store.save_assessment(tables, self.tables, saved=same)

    def pages(self, edition: EditionFacts) -> Pages:
        """Return the executed pages of earlier runs, for the tables as they stand."""
        code = {"our code": digests.code(*PAGES), "the date": str(edition.epoch)}
        return Pages(
            Entries(self._folder / "pages"),
            self._answers,
            {**self._world, **code},
            {"the data": digests.folder(self.data)},
        )

    def packs(self, edition: EditionFacts, register: pd.DataFrame) -> Papers:
        """Return the packs of earlier runs, for the tables as they stand."""
        common = {
            "our code": digests.code(*PRINTED),
            "the register": digests.words(register.to_csv(index=False)),
            "what the edition says of itself": digests.words(repr(edition)),
        }
        return Papers(Entries(self._folder / "packs"), self._answers, {**self._world, **common})

    def files(self) -> Files:
        """Return the files of earlier runs to hand out, for the tables as they stand."""
        common = {**self._world, "our code": digests.code(*PRINTED)}
        return Files(self._folder / "handouts", self._answers, common)

    def of_checkout(
        self, home: Path, look: Callable[[], Mapping[str, Verdict]]
    ) -> Mapping[str, Verdict]:
        """Return what a look at the checkout found: then, if it is the same, or else now."""
        parts = {
            **self._world,
            "our code": digests.code(),
            "the templates": digests.folder(home / "notebooks"),
            "the prose": digests.folder(home / "book", but=["commentary"]),
            "the checkout": around(home),
            "its names": digests.names(home),
        }
        entries = Entries(self._folder)
        entry = entries.get("checkout")
        if entry and entry["parts"] == parts:
            return {name: (met, told) for name, (met, told) in entry["found"].items()}
        found = look()
        entries.put("checkout", {"parts": parts, "found": found})
        return found

    @property
    def readings(self) -> Entries:
        """Where it is kept what the pages of the book say."""
        return Entries(self._folder)

    def settle(self) -> None:
        """Forget everything if code or data were changed while the run went on."""
        if self._sources() != self._began:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _sources(self) -> tuple[str, str]:
        return digests.code(), digests.folder(self.data)
