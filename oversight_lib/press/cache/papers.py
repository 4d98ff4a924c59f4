"""Printed packs, each beside everything it was made from: what a next run need not print."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass

from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import Answers, Asked, changed
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.page import Page


@dataclass(frozen=True, slots=True)
class Papers:
    """The packs of earlier runs, and the answers of this one.

    `common` are digests, by what they are of, of what every pack is made from: code, packages,
    rules, the register, what the edition says of itself.
    """

    entries: Entries
    answers: Answers
    common: Mapping[str, str]

    def found(self, page: Page) -> bytes | None:
        """Return the pack of a page if it was kept and is still made from the same."""
        entry = self.entries.get(page.slug)
        if entry is None:
            return None
        parts = self._parts(page, Asked(reads=tuple(entry["reads"])))
        return None if changed(entry["parts"], parts) else base64.b64decode(entry["pdf"])

    def keep(self, page: Page, pdf: bytes, reads: tuple[str, ...]) -> None:
        """Keep a pack, and what of the tables it was made from."""
        parts = self._parts(page, Asked(reads=reads))
        entry = {"pdf": base64.b64encode(pdf).decode(), "reads": reads, "parts": parts}
        self.entries.put(page.slug, entry)

    def _parts(self, page: Page, asked: Asked) -> dict[str, str]:
        about = json.dumps([page.kind, page.code, page.title, page.slug])
        return {"whom it is about": digests.words(about), **self.common, **self.answers.to(asked)}
