"""The command line: verbs and exit codes, nothing else."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from oversight_lib import __version__, edition
from oversight_lib.cli.breakdowns import breakdowns
from oversight_lib.cli.building import build
from oversight_lib.cli.commentary import commentary
from oversight_lib.cli.diffing import diff, site
from oversight_lib.cli.fetch import fetch
from oversight_lib.cli.intake import intake
from oversight_lib.cli.listing import listing
from oversight_lib.cli.options import AQuarter, AsJson, Data, Own, Quiet
from oversight_lib.cli.printed import check_workbook, pack
from oversight_lib.cli.printing import err, out, print_checks, print_json, records, say, summary
from oversight_lib.cli.rules import rules
from oversight_lib.cli.series import series
from oversight_lib.cli.verify import verify
from oversight_lib.errors import BackTestError, OversightError, exit_codes
from oversight_lib.intake import DATA
from oversight_lib.intake.store import save_assessment
from oversight_lib.method.backtest import failing
from oversight_lib.periods import Quarter
from oversight_lib.press.crew import Crew

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
app.command()(build)
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


def main(crew: Crew | None = None) -> None:
    """Run the command; errors a user can mend print without a traceback.

    `crew` makes the pages, if one is there already.
    """
    try:
        app(obj=edition.Hands(crew) if crew else None)
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
