"""Whether an edition is what its manifest says: every output, every input, every page's end."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from oversight_lib.errors import Problem, VerificationError
from oversight_lib.press import checkout, manifest
from oversight_lib.press.cache import standing
from oversight_lib.press.edition_facts import DataFile
from oversight_lib.press.notebooks import read
from oversight_lib.press.provenance import HEADING
from oversight_lib.press.runner import NOTEBOOKS

Said = Mapping[str, Any]
"""What a manifest says."""


def said_of(folder: Path) -> Said:
    """Return the manifest of an edition; raise `VerificationError` if it has none."""
    try:
        said = json.loads((folder / manifest.NAME).read_text("utf-8"))
        sums(said["outputs"], "path"), sums(said["read"], "name")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VerificationError(
            f"{folder} holds no edition with its manifest",
            [f"{manifest.NAME}: {type(error).__name__}: {error}"],
            "give the folder that `oversight build` wrote to",
        ) from None
    return dict(said)


def sums(entries: Iterable[Mapping[str, str]], name: str) -> dict[str, str]:
    """Return the SHA-256 of each entry of a manifest by its name."""
    return {entry[name]: entry["sha256"] for entry in entries}


def outputs_differ(said: Said, folder: Path) -> Iterator[Problem]:
    """Yield every file of the edition that is not as the manifest says, not there, or not said."""
    there = {path.relative_to(folder).as_posix(): path for path in standing.outputs(folder)}
    now = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    yield from _differ(sums(said["outputs"], "path"), now, "the file of the edition")


def inputs_differ(said: Said, files: Iterable[DataFile]) -> Iterator[Problem]:
    """Yield every file the edition was made from that is another now, gone, or new."""
    now = {file.name: file.sha256 for file in files}
    yield from _differ(sums(said["read"], "name"), now, "the input")


def makers_differ(said: Said) -> Iterator[Problem]:
    """Yield what the edition was made by that is not what is here: code, Python, packages."""
    here = {"commit": checkout.commit(), "python": manifest.python(), **manifest.packages()}
    then = {"commit": said["commit"], "python": said["python"], **said["packages"]}
    for name in sorted(here.keys() | then.keys()):
        if here.get(name) != then.get(name):
            yield Problem(name, f"{here.get(name, 'absent')} is here", f"{then.get(name, 'none')}")


def pages_differ(said: Said, folder: Path) -> Iterator[Problem]:
    """Yield every page whose end does not name the edition's quarter, code, and very files."""
    expected = {entry["sha256"] for entry in said["inputs"]}
    for slug in said["pages"]["built"]:
        ending = _ending(folder / NOTEBOOKS / f"{slug}.ipynb")
        if HEADING not in ending:
            yield Problem(slug, "the page does not say how it was made", f"“{HEADING}”")
        elif set(re.findall(r"\b[0-9a-f]{64}\b", ending)) != expected:
            yield Problem(slug, "the page names other files than the manifest", "the same")
        elif f">{said['commit']}<" not in ending or f"quarter = {said['quarter']}" not in ending:
            yield Problem(slug, "the page is of another quarter or code", str(said["commit"]))


def _ending(page: Path) -> str:
    """Return the last cell of an executed notebook; nothing if it is none."""
    try:
        return str(read(page).cells[-1]["source"])
    except (OSError, ValueError, IndexError, AttributeError, KeyError):
        return ""


def again_differs(said: Said, again: Said) -> Iterator[Problem]:
    """Yield every file that came out otherwise when the edition was made again."""
    then, now = sums(said["outputs"], "path"), sums(again["outputs"], "path")
    yield from _differ(then, now, "made again, the file")


def _differ(then: Mapping[str, str], now: Mapping[str, str], what: str) -> Iterator[Problem]:
    for name in sorted(then.keys() | now.keys()):
        if name not in now:
            yield Problem(name, f"{what} is not there", "as the manifest lists it")
        elif name not in then:
            yield Problem(name, f"{what} is not in the manifest", "no further file")
        elif then[name] != now[name]:
            yield Problem(name, f"{what} has the sum {now[name][:12]}…", f"{then[name][:12]}…")
