"""What is looked at: the checkout an edition is made from, and the edition as far as it is made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.imprint.model import Imprint
from oversight_lib.press.release import SignOff
from oversight_lib.press.results import PageResult

Verdict = tuple[bool | None, str]
"""Whether a criterion is met, None if nobody can say here, and the evidence."""


@dataclass(frozen=True)
class Subject:
    """A checkout (`home`), the folder an edition is made in (`out`), and what is known of it.

    `checks` is the back-test of the edition, as the frame CHECKS; `sign_off` is None if nobody
    signed it. `sound` are the tables that were found to keep their contract when they were made.
    """

    home: Path
    out: Path
    facts: EditionFacts
    imprint: Imprint
    sign_off: SignOff | None
    results: Sequence[PageResult]
    tables: Mapping[str, pd.DataFrame]
    checks: pd.DataFrame
    sound: Collection[str] = ()

    def text(self, name: str) -> str:
        """The text of a file of the checkout; empty if it is not there."""
        path = self.home / name
        return path.read_text("utf-8") if path.is_file() else ""
