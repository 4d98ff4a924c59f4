"""The lint of the bound book: what it may not say, found on every page before it is published."""

from collections.abc import Collection, Iterator
from pathlib import Path

from oversight_lib.errors import LintError, Problem
from oversight_lib.press.lint.blocks import blocks
from oversight_lib.press.lint.rules import (
    Rules,
    banned_words,
    bare_percentages,
    plain,
    rules,
    unknown_names,
)  # fmt: skip

_OWN = frozenset({"search", "index", "genindex"})


def check(html: Path, names: Collection[str]) -> None:
    """Raise `LintError` with everything that the pages of a bound book may not say.

    `names` are those of trusts and boards, as the reference writes them. A banned word outside its
    exceptions, a name that is in no reference, a percentage without base or period is a finding.
    """
    known = {plain(name) for name in names}
    problems = [
        problem
        for path in sorted(html.rglob("*.html"))
        if (page := path.relative_to(html).with_suffix("").as_posix()) not in _OWN
        for problem in findings(page, path.read_text("utf-8"), known, rules())
    ]
    if problems:
        raise LintError(
            f"{len(problems)} findings in the bound book",
            problems,
            "say it otherwise; or declare an exception with its reason in press/lint/rules.toml",
        )


def findings(page: str, html: str, names: Collection[str], of: Rules) -> Iterator[Problem]:
    """Yield what one page may not say, each finding once, in the order of the page."""
    found = (
        what
        for block in blocks(html)
        for what in (
            *banned_words(page, block, of),
            *unknown_names(block, names),
            *bare_percentages(block, of),
        )
    )
    yield from (Problem(page, what) for what in dict.fromkeys(found))
