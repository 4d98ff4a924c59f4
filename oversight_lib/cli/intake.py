"""`oversight intake`: files as their publishers publish them, taken in."""

from pathlib import Path
from typing import Annotated

import typer

from oversight_lib.cli.options import Age, Better, Data, Indicator, Quiet, Sex, Unit
from oversight_lib.cli.printing import say
from oversight_lib.intake import DATA, arrivals
from oversight_lib.intake.breakdowns import Choice
from oversight_lib.intake.breakdowns.fingertips import EVERYBODY
from oversight_lib.periods import Quarter


def intake(  # noqa: PLR0913, PLR0917 - one parameter an option is what typer reads
    files: Annotated[list[Path], typer.Argument(help="Files as the publisher published them.")],
    data: Data = DATA,
    quarter: Annotated[
        str | None, typer.Option(help="For a file that does not say which quarter it is of.")
    ] = None,
    better: Better = "",
    unit: Unit = "",
    indicator: Indicator = "",
    sex: Sex = EVERYBODY,
    age: Age = "",
    quiet: Quiet = False,
) -> None:
    """Take published files into the data directory: all of them, or none if anything is wrong.

    Publications of the framework, series of boards and breakdowns by groups of people, known by
    the header, not by the name. Reading a file again changes nothing; a restated quarter replaces
    the old one as a whole, and what differs is logged.

    Example: `oversight intake ~/Downloads/nhs-oversight-framework-*.csv Monthly-AE-*.csv`
    """
    asked = Quarter.parse(quarter) if quarter else None
    choice = Choice(better, unit, indicator, sex, age)
    report = arrivals.intake(files, data, quarter=asked, choice=choice)
    if not quiet:
        say(f"{report}\nThe tables are in {data}")
