"""`oversight series`: monthly and yearly measures of boards, taken in."""

from pathlib import Path
from typing import Annotated

import typer

from oversight_lib.cli.options import Data, Quiet
from oversight_lib.cli.printing import say
from oversight_lib.intake import DATA
from oversight_lib.intake.series import take_in


def series(
    files: Annotated[list[Path], typer.Argument(help="Published files, or filled tidy ones.")],
    data: Data = DATA,
    quiet: Quiet = False,
) -> None:
    """Take series into the data directory: all of the files, or none if anything is wrong.

    The layout is known by the header: emergency care by provider (CSV or the workbook), the Quality
    and Outcomes Framework, the GP Patient Survey and physical health checks by board; or a CSV file
    you fill: measure, area, period, numerator, denominator, value, publisher, title, page. That is
    how 18-week waits, 62-day cancer waits and the finances of boards come in.

    Example: `oversight series Monthly-AE-*.csv rtt-by-icb.csv`
    """
    report = take_in(files, data)
    if not quiet:
        say(f"{report}\nThe tables are in {data / 'series'}")
