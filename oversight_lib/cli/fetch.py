"""`oversight fetch`: a quarter's published files from the publisher or a mirror, and taken in."""

from pathlib import Path
from typing import Annotated

import typer

from oversight_lib.cli.options import AQuarter, Data, Quiet
from oversight_lib.cli.printing import say
from oversight_lib.intake import DATA, arrivals, fetching
from oversight_lib.periods import Quarter


def fetch(
    quarter: AQuarter,
    base_url: Annotated[
        str | None,
        typer.Option(help="A mirror: a folder on the web with the files by their published names."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--out", help="Where the files go; build/downloads/QUARTER if left out."),
    ] = None,
    take_in: Annotated[
        bool, typer.Option("--intake/--no-intake", help="Take them into the data directory.")
    ] = True,
    data: Data = DATA,
    quiet: Quiet = False,
) -> None:
    """Fetch a quarter's published files and take them in.

    Over HTTPS, one at a time; a file that is here and has not changed is not fetched again. Which
    files there are, and where, stands in `data/oversight/published-files.toml`; a file whose
    address is not known is named and left out.

    Example: `oversight fetch 2025-26-q3 --base-url https://mirror.example.org/nof`
    """
    which = Quarter.parse(quarter)
    folder = to or Path("build") / "downloads" / str(which)
    found = fetching.fetch(which, folder, data=data, base_url=base_url)
    if not quiet:
        say(f"{found}\nThe files are in {folder}")
    if take_in:
        report = arrivals.intake([one.path for one in found.fetched], data)
        if not quiet:
            say(f"{report}\nThe tables are in {data}")
