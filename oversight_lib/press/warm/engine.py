"""The Papermill engine: a page's cells, one by one, to a kernel that the server forks for it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from oversight_lib.press.kernels import stock, verbatim
from oversight_lib.press.warm.kernel import SESSION, Kernel, connected, forked

NAME = "warm"
ASKED = "asked"
"""Where, among Papermill's metadata, a notebook says what it asked for while it ran."""


@dataclass(frozen=True, slots=True)
class Warm:
    """Executes a template in a fork of the server at an address, each page at most some seconds.

    The address is relative to the folder the workers stand in: paths of sockets must be short.
    Where the server has gone, pages are executed with ordinary kernels instead.
    """

    address: str
    seconds: float

    def __call__(self, template: Path, output: Path, parameters: Mapping[str, str | int]) -> None:
        """Execute a template with parameters and leave the notebook at a path."""
        try:
            connection = connected(self.address)
        except OSError:
            return stock(template, output, parameters)
        with forked(connection) as kernel:
            papermill.execute_notebook(
                verbatim(template),
                verbatim(output),
                parameters=dict(parameters),
                engine_name=NAME,
                kernel_name="python3",
                progress_bar=False,
                # Every save writes the whole notebook; one at the end is enough, as no death of
                # the kernel is ours.
                request_save_on_cell_execute=False,
                kernel=kernel,
                seconds=self.seconds,
                half_run=str(output),
            )
        return None


class WarmEngine(Engine):  # type: ignore[misc]  # Papermill is not typed
    """Papermill's way to execute a notebook that it has prepared, with a kernel of ours."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        kernel: Kernel,
        seconds: float,
        half_run: str,
        **_: object,
    ) -> None:
        """Execute the notebook; if that cannot be ended, have it saved as far as it got."""
        try:
            _Client(nb_man, kernel, seconds).execute()
        except BaseException:
            nb_man.output_path = half_run
            raise


papermill_engines.register(NAME, WarmEngine)


class _Client(PapermillNotebookClient):  # type: ignore[misc]  # Papermill is not typed
    """Executes a notebook's cells as nbclient does, but for where the messages come from."""

    def __init__(self, nb_man: NotebookExecutionManager, kernel: Kernel, seconds: float):
        super().__init__(nb_man, record_timing=False)
        self._kernel = kernel
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._unflushed: dict[str, str] = {}
        self._asked: dict[str, Any] = {}

    def execute(self) -> None:
        """Execute every cell, up to one that fails."""
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(self._kernel.language_info)
        # Papermill's metadata are stripped from a finished page, and so is this.
        self.nb.metadata["papermill"][ASKED] = self._asked

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> NotebookNode:
        """Execute a cell. What it wrote before its kernel died is kept."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
            return cell
        self.clear_before_next_output = False
        try:
            reply = self._replied(cell, cell_index)
        except TimeoutError:
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", int(self._seconds), cell
            ) from None
        finally:
            for name in ("stdout", "stderr"):
                self._flush(name, cell, cell_index)
        if reply["status"] == "error" and "raises-exception" not in tags:
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _replied(self, cell: NotebookNode, cell_index: int) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for message in self._kernel.messages(cell.source, self._deadline):
            content = message["content"]
            if message["msg_type"] == "written":
                name = content["name"]
                self._unflushed[name] = self._unflushed.get(name, "") + content["text"]
            elif message["msg_type"] == "flushed":
                self._flush(content["name"], cell, cell_index)
            elif message["msg_type"] == "asked":
                self._asked = content
            elif message["msg_type"] != "execute_reply":
                self.process_message(message, cell, cell_index)
        return content

    def _flush(self, name: str, cell: NotebookNode, cell_index: int) -> None:
        """Make one output of what was written to a stream."""
        if text := self._unflushed.pop(name, ""):
            message = SESSION.msg("stream", {"name": name, "text": text})
            self.process_message(message, cell, cell_index)
