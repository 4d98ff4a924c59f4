"""`oversight verify`: is an edition what its manifest says, and does it come out the same again."""

import os
from pathlib import Path
from typing import Annotated

import typer

from oversight_lib import edition
from oversight_lib.cli.commentary import Words
from oversight_lib.cli.options import Data, Quiet
from oversight_lib.cli.printing import say
from oversight_lib.edition.verification import verify as verified
from oversight_lib.errors import VerificationError
from oversight_lib.intake import DATA


def verify(
    folder: Annotated[Path, typer.Argument(help="The edition's folder, as build/2025-26-q1.")],
    rebuild: Annotated[
        bool, typer.Option(help="Make the edition again and compare every byte.")
    ] = True,
    jobs: Annotated[int, typer.Option(help="Pages made at once.", min=1)] = os.cpu_count() or 2,
    data: Data = DATA,
    words: Words = edition.WORDS,
    quiet: Quiet = False,
) -> None:
    """Compare an edition with its manifest, its inputs and itself made again; exit code 25 if not.

    Every output, every input and the end of every page are compared by their sums, then the code
    and the packages; only then is the edition made again, which takes as long as it took.

    Example: `oversight verify build/2025-26-q1 --no-rebuild`
    """
    problems = verified(folder.resolve(), data=data, words=words, rebuild=rebuild, jobs=jobs)
    if problems:
        raise VerificationError(
            f"{folder} is not what its manifest says",
            problems,
            "build it again from the inputs, code and packages that the manifest names",
        )
    if not quiet:
        again = ", and came out the same again" if rebuild else ""
        say(f"{folder} is what its manifest says{again}.")
