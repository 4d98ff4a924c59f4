"""The ways a run can fail that a user can mend, each with its exit code.

Every message says what is wrong, where, what was expected and what to do. Problems are collected
and raised once. Anything that is not an `OversightError` is a bug and keeps its traceback.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_SHOWN = 50
"""Problems that are printed; nobody reads more, and a log should not hold a whole bad file."""
_LENGTH = 600
"""Characters of one part of a problem that are printed."""


def visible(text: str) -> str:
    """Return a text of somebody else's as it may stand in a message: one line, nothing hidden.

    Control characters and those that turn the direction of writing are spelled out; what is very
    long is cut short.
    """
    spelled = "".join(
        char if char.isprintable() or unicodedata.category(char) == "Zs" else _spelled(char)
        for char in text[:_LENGTH]
    )
    more = len(text) - _LENGTH
    return f"{spelled}… ({more:,} more characters)" if more > 0 else spelled


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it is, what is wrong, and what was expected instead."""

    where: str
    what: str
    expected: str = ""

    def __str__(self) -> str:
        said = f"{visible(self.where)}: {visible(self.what)}"
        return said + (f"; expected {visible(self.expected)}" if self.expected else "")


@dataclass
class OversightError(Exception):
    """A failure the user can mend; printed without a traceback."""

    summary: str
    problems: Sequence[Problem | str] = field(default_factory=tuple)
    do_this: str = ""

    exit_code = 1

    def __str__(self) -> str:
        lines = [self.summary, *(f"  {problem}" for problem in self.problems[:_SHOWN])]
        if more := len(self.problems) - _SHOWN:
            lines += [f"  … and {more:,} more"] if more > 0 else []
        return "\n".join([*lines, *([f"  Do this: {self.do_this}"] if self.do_this else [])])


class UnknownNameError(OversightError):
    """A quarter, region, ICB, trust or metric that is not known. Exit code 3."""

    exit_code = 3


class PublicationError(OversightError):
    """A published file that cannot be read as one. Exit code 4; nothing was written."""

    exit_code = 4


class StoreError(OversightError):
    """A tidy table that breaks its contract, or is not there. Exit code 5."""

    exit_code = 5


class RulesError(OversightError):
    """A rule set that contradicts itself or lacks a number that is needed. Exit code 6."""

    exit_code = 6


class CorrectionError(OversightError):
    """A declared correction that no longer applies. Exit code 7."""

    exit_code = 7


class BackTestError(OversightError):
    """Our figures and the published ones differ by more than the rules tolerate. Exit code 8."""

    exit_code = 8


class PageError(OversightError):
    """A page that could not be made; the others were. Exit code 9."""

    exit_code = 9


class BindingError(OversightError):
    """The pages were made but the book could not be bound. Exit code 10."""

    exit_code = 10


class LeakError(OversightError):
    """The edition would give away numbers of people; it was taken away. Exit code 11."""

    exit_code = 11


class CommentaryError(OversightError):
    """Commentary or a sign-off that cannot be read as one. Exit code 21; nothing was built."""

    exit_code = 21


class LintError(OversightError):
    """The bound book says what it may not say. Exit code 22; no book was published."""

    exit_code = 22


class ReleaseError(OversightError):
    """An edition that is not ready to be released. Exit code 23; nothing was built."""

    exit_code = 23


class FetchError(OversightError):
    """A published file that could not be fetched. Exit code 24; nothing was taken in."""

    exit_code = 24


class VerificationError(OversightError):
    """An edition that is not what its manifest says. Exit code 25."""

    exit_code = 25


def exit_codes() -> dict[int, str]:
    """Return each exit code with the first sentence of what it means, in order."""
    kinds = sorted(OversightError.__subclasses__(), key=lambda kind: kind.exit_code)
    meanings = {kind.exit_code: (kind.__doc__ or "").split(" Exit code")[0] for kind in kinds}
    return {
        0: "Done.",
        1: "Something else went wrong.",
        2: "The command was not understood.",
    } | meanings
