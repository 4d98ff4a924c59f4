"""`oversight commentary`: a file to write in, and whether what was written still stands."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from oversight_lib import edition
from oversight_lib.cli.options import AQuarter, AsJson, Data
from oversight_lib.cli.printing import print_json, records, say
from oversight_lib.errors import CommentaryError, Problem
from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES
from oversight_lib.intake import DATA, organisations
from oversight_lib.intake import commentary as words_of
from oversight_lib.intake.commentary import Figure, Place, Remark
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter

Words = Annotated[
    Path, typer.Option("--commentary", help="Where people write, and sign.", show_default=False)
]
Release = Annotated[
    bool, typer.Option("--release", help="Only if signed, reviewed, current and due.")
]
commentary = typer.Typer(no_args_is_help=True, help="Words that people add to pages.")


@commentary.command("new")
def new(  # noqa: PLR0913, PLR0917 - one parameter an option is what typer reads
    quarter: AQuarter,
    kind: Annotated[str, typer.Argument(help="england, region, icb or trust.")],
    whom: Annotated[str, typer.Argument(help="Its code or name; england for England.")],
    section: Annotated[str, typer.Argument(help="As opening, domains, metrics.")],
    author: Annotated[str, typer.Option(help="Who writes.")],
    figure: Annotated[
        list[str] | None,
        typer.Option(
            help="What the words lean on, as 'segments: org=RTF, scope=overall: average'."
        ),
    ] = None,
    day: Annotated[str | None, typer.Option("--date", help="The day; today if left out.")] = None,
    data: Data = DATA,
    words: Words = edition.WORDS,
) -> None:
    """Make a file to write in, with the figures the words lean on as they are printed now.

    A trust's words lean on its average and its segment if no figure is named.

    Example: `oversight commentary new 2025-26-q1 trust RTF opening --author "A. Writer"`
    """
    which = Quarter.parse(quarter)
    place = _place(which, kind, whom, section, data)
    tables = edition.assessment(which, data=data).tables
    figures = [_recorded(text, tables) for text in figure or _usual(place)]
    date = day or datetime.now(UTC).date().isoformat()
    path = place.path(words, which)
    if path.exists():
        raise CommentaryError(f"{path} is there already", do_this="write in it, or move it away")
    words_of.write(Remark(author, date, tuple(figures), words_of.UNWRITTEN), path)
    say(f"Write in {path}")


@commentary.command("status")
def status(
    quarter: AQuarter, data: Data = DATA, words: Words = edition.WORDS, as_json: AsJson = False
) -> None:
    """Say which words are there, which are out of date, and whether the edition is signed.

    Example: `oversight commentary status 2025-26-q1`
    """
    which = Quarter.parse(quarter)
    assessed = edition.with_words(
        edition.assessment(which, data=data), which, data=data, words=words
    )
    if as_json:
        named = {frame.name: assessed.table(frame) for frame in (COMMENTARY, COMMENTARY_FIGURES)}
        print_json({name: records(table) for name, table in named.items()})
        return
    remarks = assessed.table(COMMENTARY)
    say(f"{len(remarks)} remarks for {which.label} in {words / str(which)}")
    for row in records(remarks):
        say(f"  {row['kind']}/{row['code']}/{row['section']}: {row['author']}, {row['date']}")
    print_stale(words_of.stale(assessed.table(COMMENTARY_FIGURES)))
    _print_signature(which, assessed, words)


def print_stale(stale: Sequence[Problem]) -> None:
    """Print what commentary leans on and has changed since; nothing if nothing has."""
    for line in stale_lines(stale):
        say(line)


def stale_lines(stale: Sequence[Problem]) -> list[str]:
    """Return what is printed of what commentary leans on and has changed since."""
    head = f"Commentary is out of date; figures changed since it was written: {len(stale)}"
    return [head, *(f"  {problem}" for problem in stale)] if stale else []


def _print_signature(quarter: Quarter, assessed: Assessment, words: Path) -> None:
    signed, offered = edition.sign_off(quarter, words), edition.candidate(assessed)
    if signed is None:
        say(f'Not signed. What a reviewer signs: tables = "{offered.digest}"')
    elif signed.tables != offered.digest:
        say(f'Signed for other tables. What there is now: tables = "{offered.digest}"')
    else:
        say(f"Signed by {signed.author}, reviewed by {signed.reviewer} on {signed.date}.")


def _place(quarter: Quarter, kind: str, whom: str, section: str, data: Path) -> Place:
    kinds: dict[str, organisations.Kind] = {"region": "region", "icb": "icb", "trust": "trust"}
    named = kinds.get(kind)
    code = organisations.find(named, whom, data) if named else whom.lower()
    place = Place(kind, code, section)
    if fault := place.fault(words_of.codes(data, quarter)):
        raise CommentaryError("no page shows words there", [fault])
    return place


def _usual(place: Place) -> list[str]:
    if place.kind != "trust":
        raise CommentaryError(
            "no figure named", do_this="name what the words lean on with --figure, once each"
        )
    return [
        f"segments: org={place.code}, scope=overall: {what}" for what in ("average", "adjusted")
    ]


def _recorded(text: str, tables: Mapping[str, pd.DataFrame]) -> Figure:
    try:
        figure = Figure.parse(text)
    except ValueError as error:
        raise CommentaryError("that is no figure", [str(error)]) from None
    current = figure.current(tables)
    if current is None:
        raise CommentaryError("that figure is not there", [f"{figure.name}: no such row"])
    return Figure(figure.table, figure.key, figure.column, current)
