"""What the verbs are told: quarters, organisations, folders."""

from pathlib import Path
from typing import Annotated

import typer

from oversight_lib.intake import catalogue, organisations
from oversight_lib.periods import Quarter
from oversight_lib.press.pages import Selection

Data = Annotated[Path, typer.Option("--data", help="The data directory.", show_default=False)]
AQuarter = Annotated[str, typer.Argument(help="As 2025-26-q1, or 'Q1 2025/26'.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
Own = Annotated[
    Path | None,
    typer.Option("--rules", help="A TOML file of your own, laid over the year's rules."),
]

Better = Annotated[str, typer.Option(help="Fingertips: higher or lower.")]
Unit = Annotated[str, typer.Option(help="Fingertips: percent, or as “per 100,000”.")]
Indicator = Annotated[str, typer.Option(help="Fingertips: which of several.")]
Sex = Annotated[str, typer.Option(help="Fingertips: of whom the groups are.")]
Age = Annotated[str, typer.Option(help="Fingertips: which of several ages.")]


def newest(data: Path) -> Quarter:
    """Return the newest quarter the data directory has figures for."""
    return max(catalogue.quarters(data))


def selection(
    region: list[str] | None,
    icb: list[str] | None,
    trust: list[str] | None,
    *,
    every: bool,
    data: Path,
) -> Selection:
    """Return which pages to make; names and codes are both accepted."""
    if every:
        return Selection()
    if not (region or icb or trust):
        return Selection(trusts=())
    return Selection(
        regions=[organisations.find("region", name, data) for name in region or ()],
        icbs=[organisations.find("icb", name, data) for name in icb or ()],
        trusts=[organisations.find("trust", name, data) for name in trust or ()],
    )
