"""The way in: says at once that an edition stands as it is, and else opens the command line.

Opening the command line imports all there is, which takes longer than finding nothing to do. So
where there is something, kernels are made ready meanwhile.
"""

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from oversight_lib.errors import OversightError
from oversight_lib.periods import Quarter
from oversight_lib.press.cache.standing import Order, standing, unchanged
from oversight_lib.press.checkout import HOME

if TYPE_CHECKING:
    from oversight_lib.press.crew import Crew


class NotUnderstoodError(Exception):
    """The command is one for the command line."""


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NotUnderstoodError(message)


def main() -> None:
    """Run the command."""
    told = order(sys.argv[1:])
    found = standing(told, told.parts())[0] if told else None
    if told and found:
        if not {"-q", "--quiet"} & {*sys.argv}:
            sys.stdout.write(f"{unchanged(found, told.out)}\n")
        return
    with _crew(sys.argv[1:]) if told else nullcontext() as crew:
        from oversight_lib.cli import main as opened  # noqa: PLC0415 - the point of this module

        # What was imported stays, and need not be looked at for garbage again and again.
        gc.freeze()
        opened(crew)


@contextmanager
def _crew(words: Sequence[str]) -> Iterator["Crew | None"]:
    """Give who makes the pages of a build, begun already; None where it is asked for by name."""
    told = _words().parse_args(words)
    if told.scheduler or told.executor not in {None, "local"} or not _counts(told.jobs):
        yield None
        return
    from oversight_lib.press import crew, hiring  # noqa: PLC0415 - they import Papermill

    jobs = int(told.jobs or os.cpu_count() or 2)
    quarter = Quarter.parse(told.quarter)
    tables = (_out(told, str(quarter)) / "tables").resolve()
    site = hiring.site(quarter, tables=tables, templates=HOME / "notebooks", jobs=jobs)
    with hiring.begun(crew.local, site) as hired:
        yield hired


def _counts(jobs: str | None) -> bool:
    """Say whether this is a number of jobs; the command line says what is wrong with another."""
    return jobs is None or (jobs.isdecimal() and int(jobs) > 0)


def _out(told: argparse.Namespace, quarter: str) -> Path:
    return told.out or Path("build") / quarter


def order(words: Sequence[str]) -> Order | None:
    """Return what a build is asked for; None for any other command, or what needs a closer look."""
    try:
        told = _words().parse_args(words)
        quarter = str(Quarter.parse(told.quarter))
    except (NotUnderstoodError, OversightError):
        return None
    wanted = (*map(tuple, (told.region, told.icb, told.trust)), ("all",) * told.all)
    return Order(quarter, wanted, _out(told, quarter), told.data, told.commentary, HOME)


def _words() -> _Words:
    words = _Words(add_help=False, allow_abbrev=False)
    words.add_argument("verb", choices=["build"])
    words.add_argument("quarter")
    for name in ("--region", "--icb", "--trust"):
        words.add_argument(name, action="append", default=[])
    for name in ("--all", "--explain", "--quiet"):
        words.add_argument(name, action="store_true")
    words.add_argument("-q", action="store_true")
    words.add_argument("--out", type=Path)
    words.add_argument("--data", type=Path, default=HOME / "data")
    words.add_argument("--commentary", type=Path, default=HOME / "book" / "commentary")
    for name in ("--jobs", "--executor", "--scheduler"):
        words.add_argument(name)
    return words
