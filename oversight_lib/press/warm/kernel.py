"""A forked kernel as it is seen from outside: ask it to execute, hear of it, be rid of it."""

import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import DeadKernelError

from oversight_lib.press.kernels import STILLBORN

SESSION = Session()
"""What packs and unpacks messages as kernels do."""
_START = 60.0
"""Seconds a kernel may take until it is there, as with an ordinary one."""


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


def connected(address: str) -> Connection:
    """Return a connection to a new kernel; `OSError` if there is no server at the address."""
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(address)
        return Connection(made.detach())


@contextmanager
def forked(connection: Connection) -> Iterator[Kernel]:
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


def _next(connection: Connection, deadline: float) -> dict[str, Any]:
    """Return the next message; `TimeoutError` if there is none until the deadline."""
    if not connection.poll(max(0.0, deadline - time.monotonic())):
        raise TimeoutError
    message: dict[str, Any] = SESSION.unpack(connection.recv_bytes())
    return message
