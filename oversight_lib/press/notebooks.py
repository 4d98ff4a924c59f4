"""Executed notebooks: given their title and their images' words, stripped to what is lasting."""

# mypy: allow-untyped-calls, no-warn-return-any
# nbformat is typed in part; it is called from here and nowhere else.

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from oversight_lib.errors import visible

TITLE = "{{ title }}"
"""The words in a template's first cell that the page's title replaces."""

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_PATH = re.compile(r"[\w./\\:-]+\.(svg|png|jpe?g|gif|pdf)\W*$", re.IGNORECASE)


class ImageError(ValueError):
    """An image a reader who cannot see it would know nothing of; `cell` is its prompt number."""

    def __init__(self, cell: int | None, reason: str):
        super().__init__(reason)
        self.cell = cell


def finished(notebook: NotebookNode, title: str, ending: str) -> NotebookNode:
    """Return an executed notebook as it goes into the book.

    Its first cell bears the title, `ending` is its last cell, every image has its alt text where
    the book looks for it, and nothing is left that differs from one run to the next. Raises
    `ImageError` for an image without words.
    """
    cells = [_lasting(cell) for cell in notebook.cells]
    cells[0]["source"] = cells[0]["source"].replace(TITLE, plain(title))
    cells.append(nbformat.v4.new_markdown_cell(ending))
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number:03d}"
    metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def read(path: Path) -> NotebookNode:
    """Read a notebook; `ValueError` if it is none."""
    return nbformat.read(path, as_version=4)


def write(notebook: NotebookNode, path: Path) -> Path:
    """Write a notebook, its keys sorted, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
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
