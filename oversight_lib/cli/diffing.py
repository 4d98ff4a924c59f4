"""`oversight diff` and `oversight site`: editions beside one another, and all of them published."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from oversight_lib import edition
from oversight_lib.cli.options import AsJson, Quiet
from oversight_lib.cli.printing import out, print_json, say
from oversight_lib.edition import publishing
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
    found = publishing.compared(before, after, builds)
    if page:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            publishing.page_of_changes(found, edition.PROSE), encoding="utf-8", newline="\n"
        )
    if as_json:
        print_json(telling.as_data(found))
        return
    say(telling.title(found))
    for part in telling.parts(found):
        _print(part)


def site(
    quarters: Annotated[list[str], typer.Argument(help="Editions built in --builds, or folders.")],
    builds: Annotated[Path, typer.Option(help="Where editions stand.")] = Path("build"),
    to: Annotated[Path, typer.Option("--out", help="The site.")] = publishing.SITE,
    quiet: Quiet = False,
) -> None:
    """Put built editions into the site: stable addresses, an index, the newest, a feed, changes.

    Editions that are in the site already stay. Exit code 23 if one is under embargo, a draft would
    replace a release, or a published figure changed without an entry in the log of revisions.

    Example: `oversight site 2025-26-q2 2025-26-q3`
    """
    folders = [publishing.folder(name, builds) for name in quarters]
    made = publishing.publish(folders, to=to, prose=edition.PROSE, now=datetime.now(UTC))
    if not quiet:
        say(f"{len(made.editions)} editions; the newest is {made.newest.quarter.label}. "
            f"Open {made.index}")  # fmt: skip


def _print(part: telling.Part) -> None:
    out.print(f"\n[bold]{part.heading}[/]")
    for sentence in part.sentences:
        say(sentence)
    if part.rows:
        table = Table(*part.headings, box=None)
        for row in part.rows:
            table.add_row(*map(Text, row))
        out.print(table)
