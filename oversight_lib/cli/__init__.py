"""The command line: verbs and exit codes, nothing else."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from oversight_lib import __version__, edition
from oversight_lib.cli.breakdowns import breakdowns
from oversight_lib.cli.commentary import Release, Words, commentary, print_stale
from oversight_lib.cli.diffing import diff, site
from oversight_lib.cli.fetch import fetch
from oversight_lib.cli.intake import intake
from oversight_lib.cli.listing import listing
from oversight_lib.cli.options import AQuarter, AsJson, Data, Own, Quiet, newest, selection
from oversight_lib.cli.printed import check_workbook, pack
from oversight_lib.cli.printing import err, out, print_checks, print_json, records, say, summary
from oversight_lib.cli.rules import rules
from oversight_lib.cli.series import series
from oversight_lib.cli.verify import verify
from oversight_lib.cli.watching import Watching
from oversight_lib.errors import BackTestError, OversightError, exit_codes
from oversight_lib.intake import DATA
from oversight_lib.intake.store import save_assessment
from oversight_lib.method.backtest import failing
from oversight_lib.periods import Quarter
from oversight_lib.press.packs import pack_error
from oversight_lib.press.results import page_error
from oversight_lib.rules import OWN

_CODES = "\n\n".join(f"{code}: {meaning}" for code, meaning in exit_codes().items())
app = typer.Typer(
    name="oversight",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Explain the NHS Oversight Framework: published figures in, a back-tested book out.\n\n"
    "Quarters are written `2025-26-q1` or `Q1 2025/26`; organisations by code or name.\n\n"
    "Start with `oversight list quarters`, then `oversight check 2025-26-q1` and "
    "`oversight build 2025-26-q1`.",
    epilog=f"Exit codes. {_CODES}",
)
app.add_typer(listing, name="list")
app.add_typer(commentary, name="commentary")
app.command()(pack)
app.command("check-workbook")(check_workbook)
app.command()(diff)
app.command()(site)
app.add_typer(rules, name="rules")
app.command()(fetch)
app.command()(intake)
app.command()(series)
app.command()(breakdowns)
app.command()(verify)


def main() -> None:
    """Run the command; errors a user can mend print without a traceback."""
    try:
        app()
    except OversightError as error:
        err.print(f"[bold]{type(error).__name__}[/]: ", end="")
        err.print(str(error), markup=False, soft_wrap=True)
        sys.exit(error.exit_code)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Explain the NHS Oversight Framework: published figures in, a back-tested book out."""
    if show:
        out.print(__version__)
        raise typer.Exit


@app.command()
def check(
    quarter: AQuarter,
    data: Data = DATA,
    own: Own = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare our figures with the published ones; exit code 8 outside the rules' tolerances.

    Example: `oversight check 2025-26-q1`
    """
    assessed = edition.back_test(Quarter.parse(quarter), data=data, own=own)
    if as_json:
        tables = {"checks": assessed.checks, "differences": assessed.backtest}
        print_json({name: records(table) for name, table in tables.items()})
    elif not quiet:
        print_checks(assessed.checks)
        say(summary(assessed.checks, assessed.backtest))
    if outside := failing(assessed.checks):
        raise BackTestError(
            f"{len(outside)} checks of {Quarter.parse(quarter).label} are outside their tolerance",
            outside,
            "see backtest.csv (oversight assess) for every difference and its cause",
        )


@app.command()
def assess(
    quarter: AQuarter,
    to: Annotated[Path, typer.Option("--out", help="Where the tables go.")],
    data: Data = DATA,
    own: Own = None,
    recompute: Annotated[
        bool, typer.Option(help="Score from values wherever the whole pool is loaded.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a quarter's tables as CSV and Parquet: scores, segments, ranges, changes ….

    Example: `oversight assess 2025-26-q1 --out tables`
    """
    assessed = edition.assessment(Quarter.parse(quarter), data=data, own=own, recompute=recompute)
    tables = assessed.tables
    save_assessment(tables, to)
    if not quiet:
        rows = ", ".join(f"{name} {len(table):,}" for name, table in tables.items())
        say(f"{rows} rows, as CSV and Parquet, in {to}")


@app.command()
def build(  # noqa: PLR0913, PLR0917 - one parameter an option is what typer reads
    quarter: Annotated[str | None, typer.Argument(help="The newest at hand if left out.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only these regions.")] = None,
    icb: Annotated[list[str] | None, typer.Option(help="Only these ICBs.")] = None,
    trust: Annotated[list[str] | None, typer.Option(help="Only these trusts.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every page, the trusts' too.")] = False,
    jobs: Annotated[int, typer.Option(help="Pages made at once.", min=1)] = os.cpu_count() or 2,
    to: Annotated[
        Path | None, typer.Option("--out", help="The edition's folder; build/QUARTER if left out.")
    ] = None,
    data: Data = DATA,
    words: Words = edition.WORDS,
    release: Release = False,
    own: Own = None,
    quiet: Quiet = False,
) -> None:
    """Make an edition: pages of England, regions, ICBs and trusts, bound into a book.

    Without a choice: England, every region and every ICB. With `--all`: the trusts too. With
    `--region`, `--icb` or `--trust`: England and those.

    Examples: `oversight build 2025-26-q1 --all`, `oversight build --trust RTF --region London`
    """
    if own:
        # Every page's kernel reads the rules again, and is told of one's own the same way.
        os.environ[OWN] = str(own.resolve())
    which = Quarter.parse(quarter) if quarter else newest(data)
    chosen = selection(region, icb, trust, every=every, data=data)
    target = to or Path("build") / str(which)
    if release:
        edition.clear_to_release(which, data=data, words=words, now=datetime.now(UTC))
    with Watching(err, quiet=quiet) as watch:
        made = edition.build(
            which, data=data, words=words, out=target, selection=chosen, jobs=jobs, watch=watch
        )
    _tell(made, quiet=quiet)


def _tell(made: edition.Edition, *, quiet: bool) -> None:
    """Say what was made and what is out of date; raise what failed."""
    if not quiet:
        count = f"{len(made.results) - len(made.failed)} of {len(made.results)} pages"
        say(f"{count} made. Open {made.index}")
        print_stale(made.stale)
    for error in (page_error(made.results), pack_error(made.packs)):
        if error:
            raise error
