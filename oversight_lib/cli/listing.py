"""`oversight list`: quarters, regions, ICBs, trusts, metrics."""

from typing import Annotated

import pandas as pd
import typer

from oversight_lib.cli.options import AsJson, Data, newest
from oversight_lib.cli.printing import show
from oversight_lib.intake import DATA, catalogue, organisations
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework

listing = typer.Typer(no_args_is_help=True, help="Say what there is: quarters, regions, ICBs …")


@listing.command("quarters")
def list_quarters(data: Data = DATA, as_json: AsJson = False) -> None:
    """The quarters at hand, with the trust types of each."""
    held = catalogue.holdings(data)
    rows = [{"quarter": str(h.quarter), "label": h.quarter.label, "trust_type": h.trust_type,
             "kind": str(h.kind)} for h in held]  # fmt: skip
    show(pd.DataFrame(rows), as_json=as_json)


@listing.command("regions")
def list_regions(data: Data = DATA, as_json: AsJson = False) -> None:
    """The NHS England regions."""
    show(organisations.regions(data)[["region", "name"]], as_json=as_json)


@listing.command("icbs")
def list_icbs(
    data: Data = DATA,
    quarter: Annotated[str | None, typer.Option(help="Only boards open in this quarter.")] = None,
    as_json: AsJson = False,
) -> None:
    """The integrated care boards."""
    boards = organisations.icbs(data, Quarter.parse(quarter) if quarter else None)
    show(boards[["icb", "name", "region", "valid_from", "valid_to"]], as_json=as_json)


@listing.command("trusts")
def list_trusts(data: Data = DATA, as_json: AsJson = False) -> None:
    """The NHS trusts."""
    columns = ["org", "name", "trust_type", "region", "icb", "icb_disputed"]
    show(organisations.trusts(data)[columns], as_json=as_json)


@listing.command("metrics")
def list_metrics(
    quarter: Annotated[str | None, typer.Option(help="Whose rules; the newest at hand's.")] = None,
    data: Data = DATA,
    as_json: AsJson = False,
) -> None:
    """The scored metrics of a quarter's rules."""
    rules = load_framework((Quarter.parse(quarter) if quarter else newest(data)).year)
    rows = [{"metric": m.id, "name": m.short, "domain": m.domain, "unit": m.unit,
             "better": m.better, "scoring": m.scoring.kind} for m in rules.metric]  # fmt: skip
    show(pd.DataFrame(rows), as_json=as_json)
