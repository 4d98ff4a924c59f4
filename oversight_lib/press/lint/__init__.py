"""The lint of the bound book: what it may not say, found on every page before it is published."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.errors import LintError, Problem
from oversight_lib.method.cells import Ledger
from oversight_lib.press.lint.bindings import (
    Statements,
    unbound,
    unlicensed,
    unlike_its_cell,
    unranged,
    unshown,
)
from oversight_lib.press.lint.blocks import Block, blocks
from oversight_lib.press.lint.rules import (
    Rules,
    banned_words,
    bare_percentages,
    plain,
    rules,
    unknown_names,
)  # fmt: skip

_OWN = frozenset({"search", "index", "genindex"})


def check(html: Path, names: Collection[str], ledger: Ledger | None = None) -> None:
    """Raise `LintError` with everything that the pages of a bound book may not say.

    `names` are those of trusts and boards, as the reference writes them; `ledger` the figures of
    the edition. A finding is a banned word outside its exceptions, a name that is in no reference,
    a percentage without base or period; a number that is bound to no cell or is not what its cell
    holds, a verb of change without its licence, a rank without its range, one figure said in two
    ways.
    """
    known, said = {plain(name) for name in names}, Statements()
    problems = [
        problem
        for path in sorted(html.rglob("*.html"))
        if (page := path.relative_to(html).with_suffix("").as_posix()) not in _OWN
        for problem in _of_page(page, path.read_text("utf-8"), Known(known, rules(), ledger, said))
    ]
    problems += said.problems()
    if problems:
        raise LintError(
            f"{len(problems)} findings in the bound book",
            problems,
            "say it otherwise; or declare an exception with its reason in press/lint/rules.toml",
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What a page is held against: names, rules, the edition's figures, what others said."""

    names: Collection[str]
    rules: Rules
    ledger: Ledger | None
    said: Statements


def _of_page(page: str, html: str, known: Known) -> Iterator[Problem]:
    """Yield what one page may not say, each finding once, in the order of the page."""
    every = blocks(html)
    found = [what for block in every for what in _of_block(page, block, known)]
    found += unshown(every, known.rules)
    yield from (Problem(page, what) for what in dict.fromkeys(found))


def _of_block(page: str, block: Block, known: Known) -> Iterator[str]:
    known.said.hear(page, block)
    yield from banned_words(page, block, known.rules)
    yield from unknown_names(block, known.names)
    yield from bare_percentages(block, known.rules)
    yield from unranged(block, known.rules)
    yield from unlicensed(block, known.rules, known.ledger)
    yield from unbound(block, known.rules)
    if known.ledger is not None:
        yield from unlike_its_cell(block, known.ledger)
