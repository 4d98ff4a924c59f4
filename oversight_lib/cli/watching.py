"""How far a build is: a bar on a terminal, a line now and then in a log file."""

import math
import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from oversight_lib import edition
from oversight_lib.press.pages import Page
from oversight_lib.press.results import PageResult


class Watching:
    """A progress bar on a terminal; a line now and then in a log file."""

    def __init__(self, err: Console, *, quiet: bool) -> None:
        self._err = err
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(), console=err, disable=quiet or not err.is_terminal,
        )  # fmt: skip
        self._quiet, self._done, self._failed, self._planned = quiet, 0, 0, 0
        self._began = time.monotonic()

    def __enter__(self) -> edition.Watch:
        self._bar.start()
        self._task = self._bar.add_task("pages", total=None)
        return edition.Watch(self._on_planned, self._on_done, self._on_binding)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _on_planned(self, plan: list[Page]) -> None:
        self._planned, self._began = len(plan), time.monotonic()
        self._bar.update(self._task, total=len(plan))
        self._say(f"making {len(plan)} pages")

    def _on_done(self, result: PageResult) -> None:
        self._done, self._failed = self._done + 1, self._failed + bool(result.failure)
        failed = f", {self._failed} failed" if self._failed else ""
        self._bar.update(self._task, advance=1, description=f"pages{failed}")
        if self._done % 25 == 0:
            self._say(f"{self._done} of {self._planned} pages{failed}{self._left()}")

    def _left(self) -> str:
        """Return how long the rest takes, at the pace so far; nothing where there is no rest."""
        pace = (time.monotonic() - self._began) / self._done
        minutes = pace * (self._planned - self._done) / 60
        return f", about {math.ceil(minutes)} min left" if minutes else ""

    def _on_binding(self) -> None:
        self._bar.update(self._task, description="binding the book")
        self._say("binding the book")

    def _say(self, words: str) -> None:
        if not self._quiet and not self._err.is_terminal:
            self._err.print(words)
