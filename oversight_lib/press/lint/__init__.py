"""The lint of the bound book: what it may not say, found on every page before it is published."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from oversight_lib.errors import LintError, Problem
from oversight_lib.method.cells import Cell, Ledger
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.lint.bindings import Statements, unlike_its_cell
from oversight_lib.press.lint.readings import Reading, read, said
from oversight_lib.press.lint.rules import plain, rules

_OWN = frozenset({"search", "index", "genindex"})


def check(
    html: Path,
    names: Collection[str],
    ledger: Ledger | None = None,
    kept: Entries | None = None,
    jobs: int = 1,
) -> None:
    """Raise `LintError` with everything that the pages of a bound book may not say.

    `names` are those of trusts and boards, as the reference writes them; `ledger` the figures of
    the edition. A finding is a banned word outside its exceptions, a name that is in no reference,
    a percentage without base or period; a number that is bound to no cell or is not what its cell
    holds, a verb of change without its licence, a rank without its range, one figure said in two
    ways. What pages say is `kept` for the next run; figures are looked up each time. Many pages are
    read by `jobs` processes.
    """
    known = {plain(name) for name in names}
    pages = {path.relative_to(html).with_suffix("").as_posix(): path
             for path in sorted(html.rglob("*.html"))}  # fmt: skip
    ours = {page: path for page, path in pages.items() if page not in _OWN}
    found = read(ours, rules(), known, kept, jobs)
    problems = [
        *(Problem(page, what) for page, one in found.items() for what in _of_page(one, ledger)),
        *_differing(found),
    ]
    if problems:
        raise LintError(
            f"{len(problems)} findings in the bound book",
            problems,
            "say it otherwise; or declare an exception with its reason in press/lint/rules.toml",
        )


def look_up(ledger: Ledger, kept: Entries) -> None:
    """Have the ledger find every figure the pages named the last time; it keeps what it found.

    Most pages will name the same, and whoever waits for them may as well look.
    """
    for cell in said(kept):
        with suppress(ValueError):  # it named none; the lint says so
            ledger.figure(Cell.parse(cell))


def _of_page(read: Reading, ledger: Ledger | None) -> Iterator[str]:
    """Yield what one page may not say, each finding once."""
    unlicensed = [claim.what for claim in read.claims if not claim.allowed(ledger)]
    unlike = [what for of, words in read.said for what in unlike_its_cell(of, words, ledger)]
    yield from dict.fromkeys([*read.found, *unlicensed, *unlike])


def _differing(read: dict[str, Reading]) -> Iterator[Problem]:
    """Yield each figure that two pages, or one, print in two ways that cannot both be right."""
    heard = Statements()
    for page, one in read.items():
        for of, words in one.said:
            heard.hear(page, of, words)
    yield from heard.problems()
