"""The pages a person wrote: which there are, and in what order the book shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from oversight_lib.errors import BindingError, Problem

CONTENTS = "_toc.yml"
IMAGES = "images"
METHODS = "methods"
"""The folder of notebooks whose stored outputs are shown with their code: methods by hand."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some hand-written pages under one caption; a page is named by its file without ending."""

    caption: str
    pages: tuple[str, ...]


def parts_of(folder: Path, made: Collection[str] = ()) -> Sequence[Part]:
    """Return the parts of the book's prose as `_toc.yml` in the folder orders them.

    The file has the shape of a Jupyter Book's: `parts`, each with a `caption` and `chapters`,
    each a `file`: one beside it, a notebook of `METHODS`, or one of the pages `made`. Without the
    file there is no prose. Raises `BindingError` if it names a page that is not there, or leaves
    out one that is.
    """
    contents = folder / CONTENTS
    if not contents.exists():
        return []
    written = yaml.safe_load(contents.read_text(encoding="utf-8")) or {}
    found = [
        Part(part["caption"], tuple(chapter["file"] for chapter in part["chapters"]))
        for part in written.get("parts", [])
    ]
    _check(folder, [page for part in found for page in part.pages], made)
    return found


def _check(folder: Path, named: Sequence[str], made: Collection[str]) -> None:
    written = (*folder.glob("*.md"), *folder.glob(f"{METHODS}/*.ipynb"))
    there = {
        *(path.relative_to(folder).with_suffix("").as_posix() for path in written),
        *made,
    }
    problems = [
        *(
            Problem(f"{name}.md", "is named there, but is not")
            for name in sorted(set(named) - there)
        ),
        *(Problem(f"{name}.md", "stands in no part") for name in sorted(there - set(named))),
        *(Problem(n, "is named twice") for n in sorted({n for n in named if named.count(n) > 1})),
    ]
    if problems:
        raise BindingError(f"{CONTENTS} and the pages beside it disagree", problems)
