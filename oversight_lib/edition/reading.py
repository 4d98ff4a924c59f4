"""The reading of what was made for what it may not say: the book by the lint, all for secrets."""

from dataclasses import dataclass
from pathlib import Path

from oversight_lib.edition.places import TABLES
from oversight_lib.edition.register import names
from oversight_lib.errors import LeakError
from oversight_lib.intake import breakdowns
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.cells import Ledger
from oversight_lib.press import book, folders, lint, runner, scan
from oversight_lib.press.cache.entries import Entries


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of a bound book for what it may not say; of pages not read again it is `kept`."""

    data: Path
    ledger: Ledger
    kept: Entries
    jobs: int = 1

    @classmethod
    def of(cls, assessed: Assessment, data: Path, kept: Entries, jobs: int) -> "Reading":
        """Return the reading of an edition's book, with its figures and the names in `data`."""
        return cls(data, Ledger(assessed.tables), kept, jobs)

    def prepare(self) -> None:
        """Look up what the pages will probably say, while somebody binds them."""
        lint.look_up(self.ledger, self.kept)

    def check(self, html: Path) -> None:
        """Raise `LintError` with everything that the bound pages may not say."""
        lint.check(html, names(self.data), self.ledger, self.kept, self.jobs)


def scanned(out: Path, data: Path) -> None:
    """Look for what may not be seen in everything the run made; take the book away if it is there.

    With already protected figures only, there is nothing to look for.
    """
    try:
        made = (out / name for name in (book.HTML, runner.NOTEBOOKS, TABLES))
        scan.check(made, breakdowns.secrets(data))
    except LeakError:
        folders.clear(out / book.HTML)
        raise
