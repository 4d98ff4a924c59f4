"""Published files taken into a data directory: all of them, or none if anything is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem, PublicationError
from oversight_lib.frames import REVISIONS
from oversight_lib.intake import DATA, taking
from oversight_lib.intake.breakdowns import taking as of_breakdowns
from oversight_lib.intake.breakdowns.fingertips import Choice
from oversight_lib.intake.comparison import Arrival, counted
from oversight_lib.intake.families import Family, by_family
from oversight_lib.intake.files import changes, write_all
from oversight_lib.intake.series import taking as of_series
from oversight_lib.periods import Quarter


@dataclass(frozen=True)
class IntakeReport:
    """What an intake did: every table of a publication, `frames.REVISIONS`, and the rest in words.

    `others` says of each series and breakdown what came.
    """

    arrivals: tuple[Arrival, ...] = ()
    revisions: pd.DataFrame = field(default_factory=REVISIONS.empty)
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([*map(str, self.arrivals), *self.others])

    def with_more(self, other: "IntakeReport") -> "IntakeReport":
        """Return both reports as one."""
        return IntakeReport(
            self.arrivals + other.arrivals,
            pd.concat([self.revisions, other.revisions], ignore_index=True),
            self.others + other.others,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What files do not say themselves: the quarter, and what a Fingertips download leaves out."""

    quarter: Quarter | None = None
    choice: Choice = field(default_factory=Choice)


Contents = dict[Path, bytes]
Prepare = Callable[[Sequence[Path], Path, Asked], tuple[Contents, IntakeReport]]


def _publications(paths: Sequence[Path], data: Path, asked: Asked) -> tuple[Contents, IntakeReport]:
    contents, arrivals, revised = taking.prepare(paths, data, asked.quarter)
    return contents, IntakeReport(arrivals, revised)


def _series(paths: Sequence[Path], data: Path, _: Asked) -> tuple[Contents, IntakeReport]:
    contents, report = of_series.prepare(paths, data)
    return contents, IntakeReport(others=report.lines)


def _breakdowns(paths: Sequence[Path], data: Path, asked: Asked) -> tuple[Contents, IntakeReport]:
    contents, indicators = of_breakdowns.prepare(paths, data, asked.choice)
    said = tuple(f"{found.indicator}: {found.name}" for found in indicators)
    return contents, IntakeReport(others=said)


ARRIVING: Mapping[Family, Prepare] = {
    Family.PUBLICATION: _publications,
    Family.SERIES: _series,
    Family.BREAKDOWN: _breakdowns,
}
"""What is done with the files of each family."""


def intake(
    paths: Sequence[Path],
    data: Path = DATA,
    *,
    quarter: Quarter | None = None,
    choice: Choice | None = None,
) -> IntakeReport:
    """Take published files of any family into a data directory, and say what they brought.

    The family and the layout are known by the header. Reading a file again changes nothing; a
    restated quarter replaces the old one as a whole and what differs is logged as revisions. If
    anything is wrong in any file, `PublicationError` names all of it and nothing is written.
    `quarter` is for files that do not say theirs, `choice` for Fingertips downloads.
    """
    asked = Asked(quarter, choice or Choice())
    contents: Contents = {}
    reports: list[IntakeReport] = []
    problems: list[Problem | str] = []
    for family, files in by_family(paths).items():
        if files:
            try:
                new, report = ARRIVING[family](files, data, asked)
            except PublicationError as error:
                problems += error.problems
                continue
            contents |= new
            reports.append(report)
    if problems:
        raise _refusal(paths, problems)
    write_all(changes(contents))
    return reduce(IntakeReport.with_more, reports, IntakeReport())


def _refusal(paths: Sequence[Path], problems: Sequence[Problem | str]) -> PublicationError:
    count = counted(len(problems), "problem")
    files = ", ".join(path.name for path in paths)
    return PublicationError(
        f"{count} in {files}; nothing was taken in",
        problems,
        "download the file again and compare; if it is as published, ask the publisher to mend it",
    )
