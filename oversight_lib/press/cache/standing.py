"""Whether an edition stands as the last run left it, and would be made again just so.

Little is imported here, so that a run with nothing to do says so at once.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.press import checkout
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.asked import changed
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.folders import CACHE, MARK

MANIFEST = "manifest.json"
LOG = "run.log"
NOT_OUTPUTS = frozenset({CACHE, "failed", "source", "binding", LOG})
"""What stands in an edition's folder and is no part of it."""
_NAME = "standing"


@dataclass(frozen=True, slots=True)
class Order:
    """What a build is asked for: whom, of which quarter, from which folders, into which.

    `wanted` are the words that choose pages; `home` holds templates, prose and configuration.
    """

    quarter: str
    wanted: tuple[tuple[str, ...], ...]
    out: Path
    data: Path
    words: Path
    home: Path

    def parts(self) -> dict[str, str]:
        """Return the digest of everything an edition is made from, by what it is of."""
        ours = {name: told for name, told in os.environ.items() if name.startswith("OVERSIGHT_")}
        ours.pop(digests.OWN_RULES, "")
        prose = self.home / "book"
        return {
            "what was asked for": digests.words(json.dumps([self.quarter, self.wanted])),
            "our code": digests.code(),
            "the packages installed": digests.versions(),
            "the commit": checkout.commit(),
            "the templates": digests.folder(self.home / "notebooks"),
            "the prose": digests.folder(prose, but=["commentary"]),
            "the configuration": digests.file(self.home / "_config.yml"),
            "the checkout": around(self.home),
            "the data": digests.folder(self.data),
            "the commentary": digests.folder(self.words / self.quarter),
            "the rules of one's own": digests.own_rules(),
            "the environment": digests.mapping(ours),
        }


def around(home: Path) -> str:
    """Return the digest of what the page about reproducibility finds beside all that is named."""
    files = {path.name: digests.file(path) for path in home.iterdir() if path.is_file()}
    folders = {name: digests.folder(home / name) for name in ("tests", ".ci", ".github")}
    return digests.mapping({**files, **folders})


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition that stands: how many pages it has, and what its reader is still to be told."""

    pages: int
    notices: tuple[str, ...] = ()


def standing(order: Order, parts: Mapping[str, str]) -> tuple[Standing | None, str]:
    """Return the edition if it stands, and else why it does not; `parts` are those of the order.

    It does if it is made from the same, byte for byte, and every file of it is there as it was
    made, and no other.
    """
    entry = Entries(order.out / CACHE).get(_NAME)
    if entry is None:
        return None, "there is no whole edition of an earlier run"
    if why := changed(entry["parts"], parts):
        return None, why
    if digests.file(order.out / MANIFEST) != entry["manifest"] or not _as_made(order.out):
        return None, "files of the edition are not as they were made"
    return Standing(entry["pages"], tuple(entry["notices"])), ""


def stand(order: Order, parts: Mapping[str, str], pages: int, notices: Sequence[str]) -> None:
    """Take note that an edition stands, made from these parts, which it was asked for at first.

    Not if any of them was changed while it was made.
    """
    entries = Entries(order.out / CACHE)
    if order.parts() != dict(parts):
        entries.drop(_NAME)
        return
    manifest = digests.file(order.out / MANIFEST)
    told = {"parts": parts, "manifest": manifest, "pages": pages, "notices": list(notices)}
    entries.put(_NAME, told)


def fall(out: Path) -> None:
    """Take note that an edition is about to be made again."""
    Entries(out / CACHE).drop(_NAME)


def unchanged(found: Standing, out: Path) -> str:
    """Return what is said of an edition that stands."""
    index = out.resolve() / "html" / "index.html"
    return "\n".join([f"Nothing changed: {found.pages} pages stand. Open {index}", *found.notices])


def outputs(out: Path) -> list[Path]:
    """Return the files of an edition but for its manifest, in the order of their names."""
    parts = [path for path in out.iterdir() if path.name not in NOT_OUTPUTS]
    found = [file for part in parts for file in (part, *part.rglob("*")) if file.is_file()]
    files = [path for path in found if path.name not in (MANIFEST, MARK)]
    return sorted(files, key=lambda path: path.relative_to(out).as_posix())


def _as_made(out: Path) -> bool:
    told = json.loads((out / MANIFEST).read_bytes())["outputs"]
    sums = {entry["path"]: entry["sha256"] for entry in told}
    there = {path.relative_to(out).as_posix(): path for path in outputs(out)}
    return there.keys() == sums.keys() and all(
        digests.file(path) == sums[name] for name, path in there.items()
    )
