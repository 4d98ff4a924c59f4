"""What became of a page: a notebook, or a failure in plain words."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from oversight_lib.errors import OversightError, PageError, Problem
from oversight_lib.press.notebooks import ImageError, read
from oversight_lib.press.page import Page


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page could not be made.

    `cell` is the number in the cell's prompt, None if no cell is to blame; `source` its first
    line; `half_run` the notebook as far as it got, None if it got nowhere.
    """

    error: str
    cell: int | None = None
    source: str = ""
    half_run: Path | None = None

    def __str__(self) -> str:
        blamed = f"failed in cell {self.cell}" if self.cell else "failed"
        return f"{blamed}{f' ({self.source})' if self.source else ''}: {self.error}"


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of one page: the notebook or the failure; and how long it took.

    `stderr` is what its cells wrote to standard error: warnings, which the book does not print.
    `why` says why it was made, and is empty if it was kept from an earlier run.
    """

    page: Page
    notebook: Path | None
    failure: Failure | None
    seconds: float
    stderr: str = ""
    why: str = ""


def page_error(results: Sequence[PageResult]) -> PageError | None:
    """Return the error that says which pages failed and why; None if none did."""
    problems = [
        Problem(f'{result.page.kind} page "{result.page.title}"', _blame(result.failure))
        for result in results
        if result.failure
    ]
    if not problems:
        return None
    return PageError(
        f"{len(problems)} of {len(results)} pages could not be made; the others were", problems
    )


def _blame(failure: Failure) -> str:
    at = f". The half-run notebook is at {failure.half_run}" if failure.half_run else ""
    return f"{failure}{at}"


def failed(error: Exception, half_run: Path, keep: Path) -> Failure:
    """Return what went wrong in plain words, with the half-run notebook put where it is kept."""
    if not half_run.exists():
        return Failure(_words(type(error).__name__, str(error)))
    keep.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(half_run, keep)
    cell = _blamed(error, read(keep))
    source = cell.source.strip().splitlines()[0] if cell and cell.source.strip() else ""
    number = cell.execution_count if cell else None
    return Failure(_reason(error), number, source, keep)


def _blamed(error: Exception, notebook: NotebookNode) -> NotebookNode | None:
    """Return the cell an error arose in: the one it names, or else the last that was begun."""
    begun = [c for c in notebook.cells if c.cell_type == "code" and c.execution_count]
    number = getattr(error, "cell", getattr(error, "exec_count", None))
    named = [cell for cell in begun if cell.execution_count == number]
    return next(iter([*named, *begun[::-1]]), None)


def _reason(error: Exception) -> str:
    if isinstance(error, PapermillExecutionError):
        return _words(error.ename, error.evalue)
    if isinstance(error, ImageError):
        return str(error)
    return _words(type(error).__name__, str(error))


def _words(kind: str, message: str) -> str:
    """Return an error in plain words; ours speak for themselves, others keep their kind."""
    ours = {error.__name__ for error in OversightError.__subclasses__()}
    message = re.sub(r"\x1b\[[0-9;]*m", "", message).strip()
    if kind == "DeadKernelError":
        return "the kernel died, as it does when memory runs out"
    if kind == "CellTimeoutError":
        return message.splitlines()[0].rstrip(".")
    return message if kind in ours and message else f"{kind}: {message}".rstrip(": ")
