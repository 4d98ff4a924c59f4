"""The tables about systems of one quarter, put together from a data directory."""

from pathlib import Path

import pandas as pd

from oversight_lib.frames import ADMISSIONS, SUCCESSIONS, SYSTEMS
from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import icbs
from oversight_lib.intake.series import load_series
from oversight_lib.intake.series.places import bundled
from oversight_lib.method.context import contextual_tests
from oversight_lib.method.succession import carried_over
from oversight_lib.periods import Quarter, ReportingPeriod
from oversight_lib.rules.context import load_context


def system_tables(data: Path, quarter: Quarter) -> dict[str, pd.DataFrame]:
    """Return the tables of `frames.SYSTEMS` of a quarter, by name, to stand beside an assessment.

    Series are those of the boards there were in the quarter: see `method.succession`. A directory
    that brings no series of its own uses the bundled ones.
    """
    boards = icbs(data, quarter)
    held = load_series(data if (data / "series").is_dir() else DATA)
    steps = bundled(SUCCESSIONS, data)
    series = carried_over(held, steps, f"{ReportingPeriod.parse(quarter.label).last}-28")
    tests = contextual_tests(series, list(boards["icb"]), quarter, load_context(quarter.year))
    tables = (series, tests.context, tests.figures, boards, steps, bundled(ADMISSIONS, data))
    return {frame.name: frame.arrange(table) for frame, table in zip(SYSTEMS, tables, strict=True)}
