"""Files to hand out, beside everything they were made from: what a next run need not write."""

import json
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import Answers
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.downloads.handout import Handout


@dataclass(frozen=True, slots=True)
class Files:
    """The files of earlier runs, and the answers of this one.

    `common` are digests, by what they are of, of what every file is made from: code, packages,
    rules.
    """

    folder: Path
    answers: Answers
    common: Mapping[str, str]

    def handouts(
        self, name: str, to: Path, told: Mapping[str, str], make: Callable[[], list[Handout]]
    ) -> list[Handout]:
        """Return the handouts of a name, in the folder `to`: those that were kept, or made now.

        `told` are the digests, by what they are of, of what they are made from beside all that is
        common.
        """
        parts = {**self.common, **told}
        kept, entries = self.folder / name, Entries(self.folder)
        entry = entries.get(name)
        if entry and entry["parts"] == parts and entry["files"] == digests.folder(kept):
            shutil.copytree(kept, to, dirs_exist_ok=True)
            return [Handout(**told) for told in entry["handouts"]]
        entries.drop(name)
        handouts = make()
        shutil.rmtree(kept, ignore_errors=True)
        for one in handouts:
            (kept / one.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(to / one.path, kept / one.path)
        entry = {"parts": parts, "handouts": [asdict(handout) for handout in handouts]}
        entries.put(name, {**entry, "files": digests.folder(kept)})
        return handouts

    def rows(self, tables: Collection[str]) -> dict[str, str]:
        """Return the digest of all rows of some tables, by what it is of."""
        answers = {name: self.answers.tables.answer(json.dumps([name, {}])) for name in tables}
        return {"the tables": digests.mapping(answers)}
