"""The NHS levels of reproducible analytical pipelines: every criterion, and whether it is met.

NHS RAP Community of Practice, "Levels of RAP" (baseline, silver, gold), in our words. Each check
looks at the checkout or the edition that is being made; what a build cannot see is called not
checked, never met.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from oversight_lib.press.downloads.markup import table
from oversight_lib.press.rap import code, edition, repository
from oversight_lib.press.rap.subject import Subject, Verdict

PAGE = "rap-levels"
Level = Literal["Baseline", "Silver", "Gold"]
_WORDS = {True: "met", False: "not met", None: "not checked"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its level, what it asks, and what looks whether it is met."""

    id: str
    level: Level
    asks: str
    look: Callable[[Subject], Verdict]


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion with what was found: met, not met, or not checked (None), and the evidence."""

    criterion: Criterion
    met: bool | None
    evidence: str


CRITERIA = (
    Criterion("B1", "Baseline", "Data are produced by code in an open language",
              edition.by_code),
    Criterion("B2", "Baseline", "Code is under version control", edition.committed),
    Criterion("B3", "Baseline", "A README says how to reproduce it", repository.taught),
    Criterion("B4", "Baseline", "Another person has reviewed it", edition.reviewed),
    Criterion("B5", "Baseline", "Code is open, and linked from the publication",
              edition.linked),
    Criterion("S1", "Silver", "One command, and nobody asked anything", repository.one_command),
    Criterion("S2", "Silver", "Documented: methods, structure, every public function",
              code.documented),
    Criterion("S3", "Silver", "A standard layout of folders", repository.laid_out),
    Criterion("S4", "Silver", "Logic is in functions of a package, not in notebooks",
              code.in_functions),
    Criterion("S5", "Silver", "A coding standard is kept to", code.standard),
    Criterion("S6", "Silver", "Unit tests and back tests", edition.tested),
    Criterion("S7", "Silver", "Dependencies are recorded with their versions",
              repository.locked),
    Criterion("S8", "Silver", "Logs are kept without anybody’s doing", edition.logged),
    Criterion("S9", "Silver", "Tidy data in and out", edition.tidy),
    Criterion("G1", "Gold", "Fully packaged", repository.packaged),
    Criterion("G2", "Gold", "Tests run on every change", repository.tested_on_change),
    Criterion("G3", "Gold", "It runs on a trigger or a schedule", repository.scheduled),
    Criterion("G4", "Gold", "Changes are signposted: log of changes, versions",
              repository.signposted),
)  # fmt: skip
"""Every criterion of the three levels, in their order."""


def of_checkout(subject: Subject) -> dict[str, Verdict]:
    """Return what the criteria find that look at nothing but the checkout and what is installed."""
    lasting = {code.__name__, repository.__name__}
    return {one.id: one.look(subject) for one in CRITERIA if one.look.__module__ in lasting}


def findings(subject: Subject, known: Mapping[str, Verdict] | None = None) -> list[Finding]:
    """Return what was found for each criterion, in the order of the levels.

    `known` is what is known already, by criterion; the others look.
    """
    known = known or {}
    return [
        Finding(one, *(known[one.id] if one.id in known else one.look(subject))) for one in CRITERIA
    ]


def reached(found: Sequence[Finding]) -> str:
    """Return the highest level all of whose criteria, and those below it, are met; or none."""
    level = "none"
    for name in ("Baseline", "Silver", "Gold"):
        if not all(one.met for one in found if one.criterion.level == name):
            break
        level = name
    return level


def page(found: Sequence[Finding]) -> str:
    """Return the page of what was found, in Markdown."""
    met = sum(bool(one.met) for one in found)
    level = reached(found)
    said = {"none": "no level is reached in full"}.get(level, f"the level reached is {level}")
    rows = [
        (
            f"{one.criterion.id} {one.criterion.asks}",
            one.criterion.level,
            _WORDS[one.met],
            one.evidence,
        )
        for one in found
    ]
    headings = ("Criterion", "Level", "Result", "Evidence")
    return (
        "# Levels of reproducible analysis\n\n"
        "The NHS community of practice for reproducible analytical pipelines (RAP) describes three "
        "levels. Each criterion was checked when this edition was made. Not checked means that a "
        "build cannot see it; it counts as not met.\n\n"
        f"{met} of {len(found)} criteria are met; {said}.\n\n"
        f"{table('Criteria, by level', headings, rows, classes='figures words')}"
    )
