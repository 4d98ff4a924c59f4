"""Executed pages, each beside everything it was made from: what a next run need not execute."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import Answers, Asked, changed
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.page import Page

NEW = "it was not made before, or what was kept of it is not whole"


@dataclass(frozen=True, slots=True)
class Executed:
    """An executed page without its ending: its notebook as text, and how it came about.

    `asked` is None where nobody watched what it asked for: with an ordinary kernel.
    """

    notebook: str
    seconds: float
    stderr: str = ""
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The page that was kept; or None, and why it has to be made."""

    executed: Executed | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """The executed pages of earlier runs, and the answers of this one.

    `common` are digests, by what they are of, of what every page is made from: code, packages,
    rules. `unwatched` are those of what a page might have read besides where nobody watched.
    """

    entries: Entries
    answers: Answers
    common: Mapping[str, str]
    unwatched: Mapping[str, str]

    def found(self, page: Page) -> Found:
        """Return the page if it was kept and is still made from the same, or why it is not."""
        entry = self.entries.get(page.slug)
        if entry is None:
            return Found(None, NEW)
        parts, told = entry.pop("parts"), entry.pop("asked")
        asked = Asked.of(told) if told else None
        if why := changed(parts, self._parts(page, asked)):
            return Found(None, why)
        return Found(Executed(**entry, asked=asked))

    def keep(self, page: Page, executed: Executed) -> None:
        """Keep a page; not if a file it read was written to since the run began."""
        if executed.asked and not self.answers.hold(executed.asked):
            self.entries.drop(page.slug)
            return
        parts = self._parts(page, executed.asked)
        self.entries.put(page.slug, {**asdict(executed), "parts": parts})

    def seconds(self, page: Page) -> float | None:
        """Return how long a page took when it was made last, whatever it was made from."""
        entry = self.entries.get(page.slug)
        return float(entry["seconds"]) if entry else None

    def _parts(self, page: Page, asked: Asked | None) -> dict[str, str]:
        """Return the digest of everything a page is made from, by what it is of."""
        own = {
            "its template": self.answers.file(str(page.template)),
            "its parameters": digests.words(json.dumps(dict(page.parameters), sort_keys=True)),
            "its title": digests.words(page.title),
            **self.common,
        }
        if asked is None:
            return {**own, **self.unwatched, "the tables": self.answers.tables.everything}
        return own | self.answers.to(asked)
