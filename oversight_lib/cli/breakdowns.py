"""`oversight breakdowns`: indicators by deprivation, ethnicity, age or sex, taken in."""

from pathlib import Path
from typing import Annotated

import typer

from oversight_lib.cli.options import Age, Better, Data, Indicator, Quiet, Sex, Unit
from oversight_lib.cli.printing import say
from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns import Choice, take
from oversight_lib.intake.breakdowns.fingertips import EVERYBODY


def breakdowns(  # noqa: PLR0913, PLR0917 - one parameter an option is what typer reads
    files: Annotated[list[Path], typer.Argument(help="Fingertips downloads, or filled tables.")],
    better: Better = "",
    unit: Unit = "",
    indicator: Indicator = "",
    sex: Sex = EVERYBODY,
    age: Age = "",
    data: Data = DATA,
    quiet: Quiet = False,
) -> None:
    """Take breakdowns into the data directory: all of the files, or none if anything is wrong.

    A file is a CSV download of Fingertips, which says neither which way is better nor the unit, or
    `data/inequality/local-breakdown-template.csv`, filled. A folder of publishers’ files makes the
    bundled tables again. Counts under a policy that is not already protected are shown only
    through the disclosure gate.

    Example: `oversight breakdowns indicator.csv --better lower --unit "per 100,000"`
    """
    taken = take(files, data, Choice(better, unit, indicator, sex, age))
    if not quiet:
        names = "; ".join(f"{found.indicator}: {found.name}" for found in taken) or "none"
        say(f"Taken in: {names}\nThe tables are in {data / 'inequality'}")
