"""The verb that makes an edition: what is asked for, what is made again and why, what failed."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from oversight_lib import edition
from oversight_lib.cli.commentary import Release, Words, stale_lines
from oversight_lib.cli.options import Data, Own, Quiet, newest, selection
from oversight_lib.cli.printing import err, say
from oversight_lib.cli.watching import Watching
from oversight_lib.intake import DATA
from oversight_lib.periods import Quarter
from oversight_lib.press.cache.standing import Order, fall, stand, standing, unchanged
from oversight_lib.press.packs import pack_error
from oversight_lib.press.results import PageResult, page_error
from oversight_lib.rules import OWN


class Executor(StrEnum):
    """Who makes the pages."""

    LOCAL = "local"
    DASK = "dask"


To = Annotated[
    Path | None, typer.Option("--out", help="The edition's folder; build/QUARTER if left out.")
]
Who = Annotated[Executor, typer.Option(help="Processes of this machine, or a dask cluster.")]
Scheduler = Annotated[
    str | None, typer.Option(help="A dask scheduler's address; else one of our own.")
]
Hired = AbstractContextManager[edition.Hands]
Explain = Annotated[bool, typer.Option(help="Say why each page was made again.")]


def build(  # noqa: PLR0913, PLR0917 - one parameter an option is what typer reads
    context: typer.Context,
    quarter: Annotated[str | None, typer.Argument(help="The newest at hand if left out.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only these regions.")] = None,
    icb: Annotated[list[str] | None, typer.Option(help="Only these ICBs.")] = None,
    trust: Annotated[list[str] | None, typer.Option(help="Only these trusts.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every page, the trusts' too.")] = False,
    jobs: Annotated[int, typer.Option(help="Pages made at once.", min=1)] = os.cpu_count() or 2,
    to: To = None,
    data: Data = DATA,
    words: Words = edition.WORDS,
    release: Release = False,
    own: Own = None,
    executor: Who = Executor.LOCAL,
    scheduler: Scheduler = None,
    explain: Explain = False,
    quiet: Quiet = False,
) -> None:
    """Make an edition: pages of England, regions, ICBs and trusts, bound into a book.

    Without a choice: England, every region and every ICB. With `--all`: the trusts too. With
    `--region`, `--icb` or `--trust`: England and those. What did not change is not made again.

    Examples: `oversight build 2025-26-q1 --all`, `oversight build --trust RTF --region London`
    """
    _lay_over(own)
    which = Quarter.parse(quarter) if quarter else newest(data)
    chosen = selection(region, icb, trust, every=every, data=data)
    target = to or Path("build") / str(which)
    if release:
        edition.clear_to_release(which, data=data, words=words, now=datetime.now(UTC))
    wanted = (*map(tuple, (region or (), icb or (), trust or ())), ("all",) * every)
    order = Order(str(which), wanted, target, data, words, edition.HOME)
    on = partial(edition.on_a_cluster, scheduler, which, out=target, jobs=jobs)
    hired = on() if executor is Executor.DASK or scheduler else _here(context)
    make = partial(
        edition.build, which, data=data, words=words, out=target, selection=chosen, jobs=jobs
    )
    made, told = _made(order, make, hired, explain=explain, quiet=quiet)
    _tell(made, "" if quiet else told)


def _here(context: typer.Context) -> Hired:
    """Return who makes all on this machine: those who have begun already, if any have."""
    return nullcontext(context.obj or edition.OWN)


def _lay_over(own: Path | None) -> None:
    """Lay one's own rules over the year's: every page's kernel reads them again, told this way."""
    if own:
        os.environ[OWN] = str(own.resolve())


def _made(
    order: Order, make: Callable[..., edition.Edition], hired: Hired, *, explain: bool, quiet: bool
) -> tuple[edition.Edition | None, str]:
    """Return the edition that is made, None if the one there is stands; and what is said of it."""
    parts = order.parts()
    found, why = standing(order, parts)
    if found:
        return None, unchanged(found, order.out)
    fall(order.out)
    with Watching(err, quiet=quiet) as watch, hired as hands:
        made = make(watch=watch, hands=hands)
    notices = stale_lines(made.stale)
    if not (page_error(made.results) or pack_error(made.packs)):
        stand(order, parts, len(made.results), notices)
    count = f"{len(made.results) - len(made.failed)} of {len(made.results)} pages"
    reasons = _reasons(made.results, why) if explain else []
    return made, "\n".join([*reasons, f"{count} made. Open {made.index}", *notices])


def _reasons(results: Sequence[PageResult], why: str) -> list[str]:
    """Say why the edition was made again, and which pages of it were, and why."""
    kept = sum(not result.why for result in results)
    again = [f"{result.page.slug}: {result.why}" for result in results if result.why]
    return [f"The edition was made again; {why}.", *again, f"{kept} pages were kept."]


def _tell(made: edition.Edition | None, told: str) -> None:
    """Say what is to be said, and then raise what failed."""
    if told:
        say(told)
    for error in (page_error(made.results), pack_error(made.packs)) if made else ():
        if error:
            raise error
