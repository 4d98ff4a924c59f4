"""The way in: says at once that an edition stands as it is, and else opens the command line.

Opening the command line imports all there is, which takes longer than finding nothing to do.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from oversight_lib.errors import OversightError
from oversight_lib.periods import Quarter
from oversight_lib.press.cache.standing import Order, standing, unchanged
from oversight_lib.press.checkout import HOME


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
    from oversight_lib.cli import main as opened  # noqa: PLC0415 - the point of this module

    opened()


def order(words: Sequence[str]) -> Order | None:
    """Return what a build is asked for; None for any other command, or what needs a closer look."""
    try:
        told = _words().parse_args(words)
        quarter = str(Quarter.parse(told.quarter))
    except (NotUnderstoodError, OversightError):
        return None
    wanted = (*map(tuple, (told.region, told.icb, told.trust)), ("all",) * told.all)
    out = told.out or Path("build") / quarter
    return Order(quarter, wanted, out, told.data, told.commentary, HOME)


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
