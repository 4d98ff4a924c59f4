"""Has Jupyter Book build staged sources: from the start, or on from what it built the last time.

Sphinx tells by the clock which sources are new, and a clock may be set back. So all staged sources
are of one age, and Sphinx is told by name which are to be read again: those whose bytes differ.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.errors import BindingError
from oversight_lib.press.bindery import Bindery
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.folders import fresh
from oversight_lib.press.theme.rereading import AGAIN

_STRICT = ("-W", "-n", "--keep-going", "-q")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^.*\b(?:WARNING|ERROR|CRITICAL): .*$|^.*Error: .*$", re.MULTILINE)
_PAGES = frozenset({".ipynb", ".md"})
_HEADING = re.compile(r"^# .*$", re.MULTILINE)
_CODE = (
    "__init__.py",
    "press/theme",
    "press/bindery.py",
    "press/binding.py",
    "press/directory.py",
    "press/sources.py",
)
_BOUND = "bound"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a book is built from: each page's digest by its name, and that of all around them.

    A page's heading counts as something around it, because other pages show it.
    """

    pages: Mapping[str, str]
    frame: str

    @classmethod
    def of(cls, staged: Path, epoch: int) -> "Sources":
        """Return the sources in a folder, at the date the book is given."""
        files = sorted(path for path in staged.rglob("*") if path.is_file())
        pages = {_name(path, staged): path for path in files if path.suffix in _PAGES}
        around = {
            **{path.name: digests.file(path) for path in files if path.suffix not in _PAGES},
            **{name: path.suffix + _heading(path) for name, path in pages.items()},
        }
        told = (str(staged), str(epoch), digests.code(*_CODE), digests.versions())
        frame = digests.words(*told, digests.mapping(around))
        return cls({name: digests.file(path) for name, path in pages.items()}, frame)


def build(
    staged: Path,
    binding: Path,
    epoch: int,
    bindery: Bindery,
    meanwhile: Callable[[], None] = lambda: None,
) -> Path:
    """Have Jupyter Book build the sources; return the folder of HTML, which stays for next time.

    Only pages whose source changed are read again, if everything around them is the same and what
    was built is as it was left, byte for byte. `meanwhile` is done while it builds, if it does.
    Raises `BindingError` with all warnings.
    """
    sources, kept = Sources.of(staged, epoch), Entries(binding)
    again = _again(sources, kept, binding)
    if again is None:
        fresh(binding)
    # What is begun and not ended is of no use: the next run begins anew.
    kept.drop(_BOUND)
    if again != []:
        (staged / AGAIN).write_text(json.dumps(again or []), encoding="utf-8")
        _age(staged)
        # A page names the sums of style sheets that are there before it is written, and so of
        # more of them the second time.
        shutil.rmtree(binding / "_build" / "html" / "_static", ignore_errors=True)
        _run(staged, binding, bindery, meanwhile)
        _spare(binding)
    left = {"pages": dict(sources.pages), "frame": sources.frame, "built": _built(binding)}
    kept.put(_BOUND, left)
    return binding / "_build" / "html"


def _again(sources: Sources, kept: Entries, binding: Path) -> list[str] | None:
    """Return the pages to be read again; None if the book is to be built from the start."""
    was = kept.get(_BOUND)
    if was is None or was["frame"] != sources.frame or was["pages"].keys() != sources.pages.keys():
        return None
    if was["built"] != _built(binding):
        return None
    return [name for name, digest in sources.pages.items() if was["pages"][name] != digest]


def _built(binding: Path) -> str:
    return digests.folder(binding / "_build")


def _spare(binding: Path) -> None:
    """Take away the notebooks that myst-nb writes for a button which our pages have not."""
    for copy in (binding / "_build" / "jupyter_execute").rglob("*.ipynb"):
        copy.unlink()


def _age(staged: Path) -> None:
    """Make all sources older than any clock says it is."""
    for path in staged.rglob("*"):
        os.utime(path, (0, 0))


def _name(path: Path, staged: Path) -> str:
    return path.relative_to(staged).with_suffix("").as_posix()


def _heading(path: Path) -> str:
    """Return the heading of a page in Markdown; a notebook's is its page's title."""
    found = _HEADING.search(path.read_text(encoding="utf-8")) if path.suffix == ".md" else None
    return found.group() if found else ""


def _run(staged: Path, binding: Path, bindery: Bindery, meanwhile: Callable[[], None]) -> None:
    words = ["build", str(staged), "--path-output", str(binding), *_STRICT]
    code, said = bindery.bind(words, binding, meanwhile)
    # Jupyter Book 2 reads other sources, makes no HTML of ours and ends well.
    if code or not (binding / "_build" / "html").is_dir():
        raise BindingError("the book could not be bound", _warnings(said, staged))


def _warnings(told: str, staged: Path) -> Sequence[str]:
    """Return the warnings a build ended with, or its last lines if it gave none."""
    said = _COLOUR.sub("", told).replace(f"{staged}{os.sep}", "")
    warnings = [warning.strip() for warning in _WARNING.findall(said)]
    return warnings or said.strip().splitlines()[-20:]
