"""`oversight pack` and `oversight check-workbook`: what is printed, and what is handed on."""

import os
from pathlib import Path
from typing import Annotated

import typer

from oversight_lib import edition
from oversight_lib.cli.commentary import Words
from oversight_lib.cli.options import AQuarter, AsJson, Data, Quiet, selection
from oversight_lib.cli.printing import print_json, say
from oversight_lib.errors import StoreError
from oversight_lib.intake import DATA
from oversight_lib.periods import Quarter
from oversight_lib.press.packs import pack_error
from oversight_lib.press.pages import Selection


def pack(  # noqa: PLR0913, PLR0917 - one parameter an option is what typer reads
    quarter: AQuarter,
    england: Annotated[bool, typer.Option("--england", help="England's pack.")] = False,
    region: Annotated[list[str] | None, typer.Option(help="These regions' packs.")] = None,
    icb: Annotated[list[str] | None, typer.Option(help="These ICBs' packs.")] = None,
    trust: Annotated[list[str] | None, typer.Option(help="These trusts' packs.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every pack, the trusts' too.")] = False,
    jobs: Annotated[int, typer.Option(help="Packs made at once.", min=1)] = os.cpu_count() or 2,
    to: Annotated[
        Path | None, typer.Option("--out", help="Where they go; build/packs/QUARTER if left out.")
    ] = None,
    data: Data = DATA,
    words: Words = edition.WORDS,
    quiet: Quiet = False,
) -> None:
    """Print board packs: accessible PDFs of two to four pages, longer for regions and England.

    Without a choice: England, every region and every ICB. What a person has to write, such as
    the recommendation, stands as "[to be completed]".

    Example: `oversight pack 2025-26-q1 --trust RTF --icb QMF`
    """
    which = Quarter.parse(quarter)
    chosen = selection(region, icb, trust, every=every, data=data)
    alone = england and not (region or icb or trust or every)
    printed = edition.print_packs(
        which,
        data=data,
        words=words,
        out=to or Path("build") / "packs" / str(which),
        selection=Selection(regions=(), icbs=(), trusts=()) if alone else chosen,
        england=england or every or not (region or icb or trust),
        jobs=jobs,
    )
    if not quiet:
        for result in printed:
            if result.path:
                say(str(result.path))
    if error := pack_error(printed):
        raise error


def check_workbook(
    file: Annotated[Path, typer.Argument(help="An .xlsx workbook.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check a workbook against the Analysis Function's checklist for spreadsheets.

    Every item a program can tell is checked; exit code 5 if an essential one is not met.

    Example: `oversight check-workbook annex.xlsx`
    """
    # Its library takes a while to import, and no other verb reads workbooks.
    from oversight_lib.press.downloads import checklist  # noqa: PLC0415

    found = checklist.faults(file)
    if as_json:
        print_json({name: [str(problem) for problem in told] for name, told in found.items()})
    elif not quiet:
        say(checklist.summary(found))
    essential = [told for name in found if checklist.ITEMS[name].essential for told in found[name]]
    if essential:
        raise StoreError(
            f"{file.name} does not meet the checklist",
            essential[:50],
            "mend these, and look at the advised items too",
        )
