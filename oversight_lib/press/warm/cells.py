"""A kernel without sockets: executes cells as ipykernel does and tells one connection of it."""

import asyncio
import io
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Coroutine
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets.config import Config

Reply = TypeVar("Reply")


class Wire(Session):
    """A kernel's session whose messages go to whoever asked for the page."""

    def __init__(self) -> None:
        super().__init__()
        self._connection: Connection | None = None
        self._sending = threading.Lock()

    def plug(self, connection: Connection) -> None:
        """Send all messages to this connection from now on."""
        self._connection = connection

    def send(
        self,
        stream: object,
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        *_: object,
        **__: object,
    ) -> dict[str, Any]:
        """Send a message that a kernel made for one of its sockets, which is not there."""
        message = (
            msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        )
        if self._connection is not None:
            with self._sending:
                self._connection.send_bytes(self.pack(message))
        return message

    def tell(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message of a kind."""
        self.send(None, kind, content)


class Stream(io.TextIOBase):
    """Standard output or error of a kernel: told as it is written, one output until a flush."""

    encoding = "UTF-8"

    def __init__(self, session: Wire, name: str, descriptor: int):
        self.name = name
        self._session = session
        self._descriptor = descriptor
        self._written = False

    def fileno(self) -> int:
        """Return the descriptor that programs and libraries in C write to."""
        return self._descriptor

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Tell of a text; text that is never flushed is not lost if the process dies."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._session.tell("written", {"name": self.name, "text": text})
        self._written = True
        return len(text)

    def flush(self) -> None:
        """End the output that is being written."""
        if self._written:
            self._session.tell("flushed", {"name": self.name})
        self._written = False


class Beneath:
    """What libraries in C and other programs write beneath a stream."""

    def __init__(self, stream: Stream):
        self._stream = stream
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the process
        self._told = 0
        os.dup2(self._file.fileno(), stream.fileno())

    def tell(self) -> None:
        """Write to the stream what was written beneath it since the last time."""
        size = os.fstat(self._file.fileno()).st_size
        if size > self._told:
            told = os.pread(self._file.fileno(), size - self._told, self._told)
            self._stream.write(told.decode(errors="replace"))
            self._told = size


def kernel() -> IPythonKernel:
    """Return a kernel that is ready to execute, and has no socket, thread or file."""
    config = Config()
    # Keeping a history would take a thread, which no fork survives, and nobody reads it.
    config.HistoryManager.enabled = False
    logger = logging.getLogger("oversight.warm")
    born = IPythonKernel.instance(session=Wire(), config=config, log=logger)
    # The application is never started, but is where `%matplotlib` asks for the kernel.
    IPKernelApp.instance(log=logger).kernel = born
    return born


def serve(born: IPythonKernel, connection: Connection, asked: Callable[[], dict[str, Any]]) -> None:
    """Execute what the connection sends, cell by cell, until it is closed.

    After each cell it is told what the process `asked` for since it began.
    """
    wire = born.session
    assert isinstance(wire, Wire)
    wire.plug(connection)
    streams = Stream(wire, "stdout", 1), Stream(wire, "stderr", 2)
    sys.stdout, sys.stderr = streams
    beneath = [Beneath(stream) for stream in streams]
    # IPython asks whether a loop runs already; asking when there is none is an error in 3.14.
    asyncio.set_event_loop(asyncio.new_event_loop())
    wire.tell("hello", {"pid": os.getpid(), "language_info": born.language_info})
    while True:
        try:
            source = connection.recv_bytes().decode()
        except EOFError:
            return
        reply = _executed(born, wire, source)
        for below in beneath:
            below.tell()
        for stream in streams:
            stream.flush()
        wire.tell("asked", asked())
        wire.tell("execute_reply", reply)


def _executed(born: IPythonKernel, wire: Wire, source: str) -> dict[str, Any]:
    """Return the kernel's reply to a cell; an interrupt ends the cell and not the kernel."""
    wire.tell("execute_input", {"code": source, "execution_count": born.execution_count})
    waiting = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        execute: Callable[..., Coroutine[Any, Any, dict[str, Any]]] = born.do_execute
        return _finished(execute(source, silent=False, allow_stdin=False))
    finally:
        signal.signal(signal.SIGINT, waiting)


def _finished(coroutine: Coroutine[Any, Any, Reply]) -> Reply:
    """Return what a coroutine returns that waits for nothing.

    No loop may run meanwhile: where one does, the kernel looks for the thread of a socket.
    """
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: Reply = end.value
        return result
    raise RuntimeError("the kernel waits for somebody who is not there")
