"""The Papermill engine: a page's cells, one by one, to a kernel that the server forks for it."""

import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from oversight_lib.press.kernels import STILLBORN, stock, verbatim

NAME = "warm"
_START = 60.0
"""Seconds a kernel may take until it is there, as with an ordinary one."""


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
            connection = _connected(self.address)
        except OSError:
            return stock(template, output, parameters)
        with _forked(connection) as kernel:
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


@dataclass(frozen=True, slots=True)
class Kernel:
    """A forked kernel: the connection to it, its process, and what it says its language is."""

    connection: Connection
    pid: int
    language_info: Mapping[str, Any]

    def messages(self, source: str, deadline: float) -> Iterator[dict[str, Any]]:
        """Have a cell executed and give the kernel's messages, its reply last.

        Raises `TimeoutError` at the deadline, `DeadKernelError` if the process dies.
        """
        try:
            self.connection.send_bytes(source.encode())
            while True:
                message = _next(self.connection, deadline)
                yield message
                if message["msg_type"] == "execute_reply":
                    return
        except (EOFError, ConnectionError):
            raise DeadKernelError("Kernel died") from None


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

    def execute(self) -> None:
        """Execute every cell, up to one that fails."""
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(self._kernel.language_info)

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
            elif message["msg_type"] != "execute_reply":
                self.process_message(message, cell, cell_index)
        return content

    def _flush(self, name: str, cell: NotebookNode, cell_index: int) -> None:
        """Make one output of what was written to a stream."""
        if text := self._unflushed.pop(name, ""):
            message = _SESSION.msg("stream", {"name": name, "text": text})
            self.process_message(message, cell, cell_index)


def _connected(address: str) -> Connection:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(address)
        return Connection(made.detach())


@contextmanager
def _forked(connection: Connection) -> Iterator[Kernel]:
    """Give the kernel at the other end of a connection, and leave nothing of it afterwards."""
    with connection:
        hello = _hello(connection)
        try:
            yield Kernel(connection, hello["pid"], hello["language_info"])
        finally:
            # With all that its cells may have started: nothing of it is to be saved.
            with suppress(ProcessLookupError):
                os.killpg(hello["pid"], signal.SIGKILL)


def _hello(connection: Connection) -> dict[str, Any]:
    try:
        content: dict[str, Any] = _next(connection, time.monotonic() + _START)["content"]
    except (EOFError, OSError):
        raise RuntimeError(f"{STILLBORN}: the server of kernels gave none") from None
    return content


_SESSION = Session()


def _next(connection: Connection, deadline: float) -> dict[str, Any]:
    """Return the next message; `TimeoutError` if there is none until the deadline."""
    if not connection.poll(max(0.0, deadline - time.monotonic())):
        raise TimeoutError
    message: dict[str, Any] = _SESSION.unpack(connection.recv_bytes())
    return message
