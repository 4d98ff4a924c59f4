"""The tables about systems of one quarter, put together from a data directory."""

from pathlib import Path

from oversight_lib.frames import ADMISSIONS, ICBS, SUCCESSIONS
from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import icbs
from oversight_lib.intake.series import load_series
from oversight_lib.intake.series.places import bundled
from oversight_lib.method.context import contextual_tests
from oversight_lib.method.succession import carried_over
from oversight_lib.method.systems import Systems
from oversight_lib.periods import Quarter, ReportingPeriod
from oversight_lib.rules.context import load_context


def systems(data: Path, quarter: Quarter) -> Systems:
    """Return boards, series, contextual tests, successions and admissions of a quarter.

    Series are those of the boards there were in the quarter: see `method.succession`. A directory
    that brings no series of its own uses the bundled ones.
    """
    boards = icbs(data, quarter)
    held = load_series(data if (data / "series").is_dir() else DATA)
    steps = bundled(SUCCESSIONS, data)
    series = carried_over(held, steps, f"{ReportingPeriod.parse(quarter.label).last}-28")
    tests = contextual_tests(series, list(boards["icb"]), quarter, load_context(quarter.year))
    return Systems(
        series=series,
        context=tests.context,
        context_figures=tests.figures,
        icbs=ICBS.arrange(boards),
        successions=steps,
        admissions=bundled(ADMISSIONS, data),
    )
