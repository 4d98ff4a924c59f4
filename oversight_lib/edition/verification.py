"""An edition compared with its manifest, with what it was made from, and with itself made again."""

import tempfile
from pathlib import Path

from oversight_lib import edition
from oversight_lib.edition.inputs import inputs
from oversight_lib.errors import Problem
from oversight_lib.intake import DATA
from oversight_lib.periods import Quarter
from oversight_lib.press import verification
from oversight_lib.press.pages import KINDS, Selection
from oversight_lib.press.verification import Said


def verify(
    folder: Path, *, data: Path = DATA, words: Path, rebuild: bool = True, jobs: int = 1
) -> list[Problem]:
    """Return everything in which an edition is not what its manifest says; nothing if it is.

    Outputs and the ends of pages first, then inputs, code and packages; only if all of them are
    the same is the edition made again, elsewhere, and compared byte for byte.
    """
    said = verification.said_of(folder)
    quarter = Quarter.parse(said["quarter"])
    files = inputs(edition.HOME, data=data, words=words, quarter=quarter)
    problems = [
        *verification.outputs_differ(said, folder),
        *verification.pages_differ(said, folder),
        *verification.inputs_differ(said, files),
        *verification.makers_differ(said),
    ]
    if problems or not rebuild:
        return problems
    with tempfile.TemporaryDirectory(prefix="oversight-") as place:
        edition.build(
            quarter, data=data, words=words, out=Path(place), selection=selection(said), jobs=jobs,
            watch=edition.Watch(),
        )  # fmt: skip
        return list(verification.again_differs(said, verification.said_of(Path(place))))


def selection(said: Said) -> Selection:
    """Return which pages an edition has, from its manifest."""
    slugs = [*said["pages"]["built"], *said["pages"]["failed"]]
    codes = {
        kind: [slug.rpartition("/")[2].upper() for slug in slugs
               if slug.startswith(f"{KINDS[kind].folder}/")]
        for kind in ("region", "icb", "trust")
    }  # fmt: skip
    return Selection(codes["region"], codes["icb"], codes["trust"])
