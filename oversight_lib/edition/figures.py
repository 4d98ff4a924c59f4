"""The figures of a quarter: its assessment, what people wrote about it, and its back-test."""

from pathlib import Path

from oversight_lib.frames import CAPABILITY
from oversight_lib.intake import DATA, assessments, commentary
from oversight_lib.intake.capability import capability
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework


def assessment(
    quarter: Quarter, *, data: Path = DATA, own: Path | None = None, recompute: bool = False
) -> Assessment:
    """Return the assessment of a quarter from a data directory, under its year's rules.

    With every further table: ranges, firmness, distance, and the change since the quarter before.
    `own` is a file of rules that is laid over the year's.
    """
    framework = load_framework(quarter.year, own)
    return assessments.analysed(quarter, framework, data=data, recompute=recompute)


def back_test(quarter: Quarter, *, data: Path = DATA, own: Path | None = None) -> Assessment:
    """Return the assessment of a quarter with its whole back-test, and no further tables."""
    return assessments.back_tested(quarter, load_framework(quarter.year, own), data=data)


def with_words(assessed: Assessment, quarter: Quarter, *, data: Path, words: Path) -> Assessment:
    """Return the assessment with what people wrote about it, and ratings from a user's file."""
    remarks = commentary.read(words, quarter, commentary.codes(data, quarter))
    written = commentary.tables(remarks, quarter, assessed.tables)
    ratings = capability(data)
    rated = {} if ratings.empty else {CAPABILITY.name: ratings}
    return assessed.with_tables({**(written if remarks else {}), **rated})
