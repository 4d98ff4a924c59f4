"""The reading of what was made for what it may not say: the book by the lint, all for secrets."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from oversight_lib.edition.places import TABLES
from oversight_lib.edition.register import names
from oversight_lib.errors import LeakError
from oversight_lib.intake import breakdowns
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.cells import Ledger
from oversight_lib.press import book, folders, lint, runner, scan
from oversight_lib.press.cache.entries import Entries


def of_book(assessed: Assessment, data: Path, kept: Entries) -> Callable[[Path], None]:
    """Return what reads the bound book for what it may not say; pages not read again are `kept`."""
    return partial(lint.check, names=names(data), ledger=Ledger(assessed.tables), kept=kept)


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
