"""Whether what pages say is bound: numbers to their cells, verbs to findings that allow them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from oversight_lib.errors import Problem
from oversight_lib.method.cells import APART, Cell, Ledger, prints, spoken
from oversight_lib.press.lint.blocks import Block
from oversight_lib.press.lint.rules import Rules, about

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def unbound(block: Block, of: Rules) -> Iterator[str]:
    """Yield each number of a generated sentence that is tied to nothing, and is no date or name."""
    if not block.generated:
        return
    loose = block.loose
    for exception in of.number.exception:
        loose = re.sub(exception.pattern, " ", loose)
    for match in _NUMBER.finditer(loose):
        yield f"the number {match[0]} is bound to no cell, in “{about(loose, match)}”"


def unshown(blocks: Sequence[Block], of: Rules) -> Iterator[str]:
    """Yield each number of an alt text or caption that no table or sentence of its page shows.

    Neither can hold a cell; so a reader finds the number on the page, where it has one. The last
    table of the page leads there and is not the place itself.
    """
    shown = {
        number
        for block in blocks
        if (block.ties or block.classes & {"<td>", "<th>"}) and not _leads_elsewhere(block)
        for number in _NUMBER.findall(block.text)
    }
    for block in blocks:
        if not block.classes & {"alt", "<caption>"}:
            continue
        loose = block.text
        for exception in (*of.number.exception, *of.picture.exception):
            loose = re.sub(exception.pattern, " ", loose)
        for match in _NUMBER.finditer(loose):
            if match[0] not in shown:
                yield f"the number {match[0]} stands in no table here, in “{about(loose, match)}”"


def _leads_elsewhere(block: Block) -> bool:
    """Say whether a block is the line that says which table of the page shows a figure."""
    shown = any(tie.kind == "cell" and tie.of.startswith("shown:") for tie in block.ties)
    return shown and "<th>" in block.classes


def unlike_its_cell(of: str, words: str, ledger: Ledger | None) -> Iterator[str]:
    """Yield what is wrong with words printed for a cell, if they are not what the ledger says."""
    if ledger is None:
        return
    try:
        cell = Cell.parse(of)
    except ValueError as error:
        yield str(error)
        return
    if cell.table not in APART and not prints(words, found := ledger.figure(cell)):
        yield f"{words} is printed for {cell}, which is {found}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A verb of change on a page: the findings it stands in, and the licences that allow it.

    `what` is the finding of the lint if none of them does.
    """

    what: str
    findings: tuple[str, ...]
    licences: tuple[str, ...]

    @classmethod
    def told(cls, said: Sequence[Any]) -> "Claim":
        """Return the claim that was written as plain lists."""
        what, findings, licences = said
        return cls(what, tuple(findings), tuple(licences))

    def allowed(self, ledger: Ledger | None) -> bool:
        """Say whether a finding has a licence; without a ledger, each is taken at its word."""
        if ledger is None:
            return bool(self.findings)
        return any(_licence(of, ledger) in self.licences for of in self.findings)


def claims(block: Block, of: Rules) -> Iterator[Claim]:
    """Yield each verb of change in a generated sentence, with the findings it stands in."""
    if not block.generated:
        return
    findings = [tie for tie in block.ties if tie.kind == "finding"]
    for rule in of.verb:
        for match in re.finditer(rule.pattern, block.text, re.IGNORECASE):
            what = f'"{match[0]}" has no licence: {rule.why}; in “{about(block.text, match)}”'
            around = tuple(tie.of for tie in findings if match[0] in tie.words)
            yield Claim(what, around, tuple(rule.licences))


def _licence(of: str, ledger: Ledger) -> object:
    parts = of.split("/", 3)
    if len(parts) != 4:
        return None
    key = dict(zip(("page", "code", "kind", "item"), parts, strict=True))
    return ledger.figure(Cell.of("findings", "licence", **key))


def unranged(block: Block, of: Rules) -> Iterator[str]:
    """Yield each rank in a generated sentence whose paragraph says nothing of its range."""
    if not block.generated or re.search(of.rank.range, block.text):
        return
    for match in re.finditer(of.rank.pattern, block.text):
        yield f"a rank without its range, in “{about(block.text, match)}”"


class Statements:
    """What the pages print for each cell, so that two pages that differ are found."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = defaultdict(dict)

    def hear(self, page: str, of: str, words: str) -> None:
        """Take note of the words that a page prints for a cell."""
        self._said[of].setdefault(words, page)

    def problems(self) -> Iterator[Problem]:
        """Yield each figure that is printed in two ways that cannot both be right."""
        for cell, words in self._said.items():
            (first, where), *others = words.items()
            for other, page in others:
                if not _agree(first, other):
                    yield Problem(page, f"{cell} is {other} here and {first} on {where}")


def _agree(one: str, other: str) -> bool:
    """Return whether two printed numbers can be roundings of the same figure."""
    numbers = [spoken(words) for words in (one, other)]
    if None in numbers:
        return one == other
    halves = [0.5 * 10.0 ** -len(words.rstrip("%").partition(".")[2]) for words in (one, other)]
    return abs(float(numbers[0] or 0) - float(numbers[1] or 0)) <= max(halves) + 1e-9
