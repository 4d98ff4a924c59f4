"""Makes one page: executes its template, and strips the notebook to what is lasting."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from papermill.exceptions import PapermillExecutionError

from oversight_lib.press import kernels, notebooks
from oversight_lib.press.cache.asked import Asked
from oversight_lib.press.cache.pages import Executed
from oversight_lib.press.page import Page
from oversight_lib.press.results import Failure, failed
from oversight_lib.press.warm.engine import ASKED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page where it was made: it, or why there is none.

    `half_run` is the text of the notebook as far as it got, empty if it got nowhere.
    """

    executed: Executed | None
    failure: Failure | None = None
    seconds: float = 0.0
    half_run: str = ""


def make(page: Page, execute: kernels.Execute, scratch: Path) -> Outcome:
    """Make a page in a folder of one's own; whatever goes wrong with it is told, not raised."""
    began = time.perf_counter()
    half_run = scratch / f"{page.slug.replace('/', '-')}.ipynb"
    try:
        kernels.restarting(execute, page.template, half_run, page.parameters)
        executed = notebooks.read(half_run)
        finished = notebooks.finished(executed, page.title)
    except (PapermillExecutionError, notebooks.ImageError, RuntimeError, OSError) as error:
        return _failed(error, half_run, time.perf_counter() - began)
    finally_told = notebooks.told(executed, ASKED)
    half_run.unlink()
    seconds = time.perf_counter() - began
    asked = Asked.of(finally_told) if finally_told else None
    return Outcome(Executed(finished, seconds, notebooks.stderr(executed), asked), None, seconds)


def _failed(error: Exception, half_run: Path, seconds: float) -> Outcome:
    keep = half_run.with_suffix(".failed.ipynb")
    failure = failed(error, half_run, keep)
    if failure.half_run is None:
        return Outcome(None, failure, seconds)
    text = keep.read_text(encoding="utf-8")
    keep.unlink()
    return Outcome(None, replace(failure, half_run=None), seconds, text)
