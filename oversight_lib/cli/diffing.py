"""`oversight diff`: what changed between two editions, for a terminal, a machine or a reader."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from oversight_lib import edition
from oversight_lib.cli.options import AsJson
from oversight_lib.cli.printing import out, print_json, say
from oversight_lib.press.editions import telling

AnEdition = Annotated[str, typer.Argument(help="A folder, or a quarter built in --out.")]


def diff(
    before: AnEdition,
    after: AnEdition,
    builds: Annotated[Path, typer.Option("--out", help="Where editions stand.")] = Path("build"),
    page: Annotated[Path | None, typer.Option(help="Write a page of it to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two built editions: figures, segments, words and rules.

    Example: `oversight diff 2025-26-q2 2025-26-q3`
    """
    found = edition.compared(before, after, builds)
    if page:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(edition.page_of_changes(found), encoding="utf-8", newline="\n")
    if as_json:
        print_json(telling.as_data(found))
        return
    say(telling.title(found))
    for part in telling.parts(found):
        _print(part)


def _print(part: telling.Part) -> None:
    out.print(f"\n[bold]{part.heading}[/]")
    for sentence in part.sentences:
        say(sentence)
    if part.rows:
        table = Table(*part.headings, box=None)
        for row in part.rows:
            table.add_row(*map(Text, row))
        out.print(table)
