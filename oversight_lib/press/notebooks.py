"""Executed notebooks: given their title and their images' words, stripped to what is lasting."""

# mypy: allow-untyped-calls, no-warn-return-any
# nbformat is typed in part; it is called from here and nowhere else.

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from oversight_lib.errors import visible

TITLE = "{{ title }}"
"""The words in a template's first cell that the page's title replaces."""

_AS_NBFORMAT: dict[str, Any] = {
    "indent": 1, "sort_keys": True, "separators": (",", ": "), "ensure_ascii": False,
}  # fmt: skip
"""How nbformat writes JSON."""
_END_OF_CELLS = '\n ],\n "metadata": {'
_CELL = '\n   "cell_type": "'
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_PATH = re.compile(r"[\w./\\:-]+\.(svg|png|jpe?g|gif|pdf)\W*$", re.IGNORECASE)


class ImageError(ValueError):
    """An image a reader who cannot see it would know nothing of; `cell` is its prompt number."""

    def __init__(self, cell: int | None, reason: str):
        super().__init__(reason)
        self.cell = cell


def finished(notebook: NotebookNode, title: str) -> str:
    """Return an executed notebook as text, as it goes into the book but for its ending.

    Its first cell bears the title, every image has its alt text where the book looks for it, and
    nothing is left that differs from one run to the next; keys are sorted. Raises `ImageError`
    for an image without words.
    """
    cells = [_lasting(cell) for cell in notebook.cells]
    cells[0]["source"] = cells[0]["source"].replace(TITLE, plain(title))
    for number, cell in enumerate(cells, start=1):
        cell["id"] = _identity(number)
    metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    return text(nbformat.v4.new_notebook(cells=cells, metadata=metadata))


def ended(finished: str, ending: str) -> str:
    """Return a finished notebook's text with `ending`, in Markdown, as its last cell.

    The cell is put in where the list of cells ends, which no text inside one can look like: in
    JSON, a line's end within a text is written as two letters. Reading the whole as JSON takes
    ten times as long, and as a notebook a hundred times.
    """
    cells, end, rest = finished.partition(_END_OF_CELLS)
    if not end:
        raise ValueError("not a notebook as `finished` writes one")
    last = {
        "cell_type": "markdown",
        "id": _identity(cells.count(_CELL) + 1),
        "metadata": {},
        "source": ending.splitlines(keepends=True),
    }
    lines = json.dumps(last, **_AS_NBFORMAT).replace("\n", "\n  ")
    return f"{cells},\n  {lines}{end}{rest}"


def told(notebook: NotebookNode, name: str) -> Any:
    """Return what Papermill's metadata say under a name; None if nothing."""
    return notebook.metadata.get("papermill", {}).get(name)


def read(path: Path) -> NotebookNode:
    """Read a notebook; `ValueError` if it is none."""
    return nbformat.read(path, as_version=4)


def text(notebook: NotebookNode) -> str:
    """Return a notebook as text, its keys sorted."""
    return str(nbformat.writes(notebook)) + "\n"


def write(notebook: NotebookNode | str, path: Path) -> Path:
    """Write a notebook, or the text of one, and return its path."""
    written = notebook if isinstance(notebook, str) else text(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8", newline="\n")
    return path


def plain(text: str) -> str:
    """Return a text as Markdown that shows exactly that text, on one line and leading nowhere."""
    return re.sub(r"([\\`*_{}\[\]<>#$|&~^.:@])", r"\\\1", visible(" ".join(text.split())))


def stderr(notebook: NotebookNode) -> str:
    """Return what the cells wrote to standard error, which the book does not print."""
    texts = [
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if _is_stderr(output)
    ]
    return "".join(texts)


def _identity(number: int) -> str:
    return f"cell-{number:03d}"


def _lasting(cell: NotebookNode) -> NotebookNode:
    """Return a copy of a cell without times, addresses and standard error."""
    copy = deepcopy(cell)
    for passing in ("papermill", "execution"):
        copy.metadata.pop(passing, None)
    if "injected-parameters" in copy.metadata.get("tags", []):
        copy.metadata.tags.append("remove-cell")
    if copy.cell_type == "code":
        copy.outputs = [_nameless(output) for output in copy.outputs if not _is_stderr(output)]
        copy.metadata.update(_worded(cell))
    return copy


def _is_stderr(output: NotebookNode) -> bool:
    return bool(output.output_type == "stream" and output.name == "stderr")


def _nameless(output: NotebookNode) -> NotebookNode:
    """Return an output without the memory addresses that Python prints for unnamed objects."""
    copy = deepcopy(output)
    if "text/plain" in copy.get("data", {}):
        copy.data["text/plain"] = _ADDRESS.sub("", copy.data["text/plain"])
    return copy


def _worded(cell: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cell metadata that carry the alt text of the cell's image; none without image.

    The book reads alt text from the *cell's* metadata, so there can be only one image a cell;
    a chart knows its words only once it is drawn, and so puts them beside its output.
    """
    alts = list(_alts(cell))
    if not alts:
        return {}
    number = cell.get("execution_count")
    if len(alts) > 1:
        raise ImageError(number, f"{len(alts)} images in one cell; draw each in a cell of its own")
    reason = _wordless(alts[0])
    if reason:
        raise ImageError(number, reason)
    return {"mystnb": NotebookNode(image=NotebookNode(alt=" ".join(alts[0].split())))}


def _alts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        for mime in sorted(output.get("data", {})):
            if mime.startswith("image/"):
                yield output.get("metadata", {}).get(mime, {}).get("alt", "")


def _wordless(alt: str) -> str:
    """Return why an alt text tells nothing, or an empty string if it does."""
    if not alt.strip():
        return "an image without alt text"
    if _PATH.match(alt.strip()):
        return f'an image whose alt text is a file path, "{alt}"'
    if len(alt.split()) < 3:
        return f'an image whose alt text says too little, "{alt}"'
    return ""
