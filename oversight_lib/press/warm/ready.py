"""The server's life: started before the first page and gone after the last."""

import logging
import multiprocessing
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.press.kernels import Execute, stock
from oversight_lib.press.warm.engine import Warm
from oversight_lib.press.warm.preparation import Preparation

_LOG = logging.getLogger("oversight")
_SOCKET = "kernels"
_SAID = "kernels.log"
_PATIENCE = 1.0
"""Seconds a server with kernels needs at most to end them and itself."""
_MODULE = "oversight_lib.press.warm.server"


def _no_matter(_: Sequence[str]) -> None:
    """Rehearse nothing, for kernels that share nothing."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What executes a notebook, and what has statements executed before the first one.

    `rehearse` is called once, when pages are to be made. It does not wait until that is done.
    """

    execute: Execute
    rehearse: Callable[[Sequence[str]], None] = _no_matter


def possible() -> bool:
    """Say whether this system forks safely: macOS can, but its own libraries do not bear it."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


@contextmanager
def ready(
    preparation: Preparation, seconds: float, surroundings: Mapping[str, str], scratch: Path
) -> Iterator[Ready]:
    """Give what executes a notebook: warm kernels, or ordinary ones and a word in the log.

    It is made ready at once, beside whatever the caller does until pages are to be made. `scratch`
    is the folder the workers stand in. However the block ends, no process is left.
    """
    listener = _listening(scratch) if possible() else None
    if listener is None:
        _LOG.warning("pages are made with ordinary kernels, which takes longer: no forks here")
        yield Ready(stock)
        return
    with _server(listener, preparation, surroundings, scratch) as server:
        rehearsed: list[Sequence[str]] = []

        def rehearse(statements: Sequence[str]) -> None:
            rehearsed.append(statements)
            _send(server, statements)

        try:
            yield Ready(Warm(_SOCKET, seconds), rehearse)
        finally:
            if rehearsed:
                _told(server, scratch)
            else:
                server.kill()  # nobody waits until what nobody needed has been imported


def _listening(scratch: Path) -> socket.socket | None:
    """Return a socket in this folder that only we can connect to; None if its path is too long."""
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(str(scratch / _SOCKET))
    except OSError:
        listener.close()
        return None
    listener.listen(64)
    return listener


@contextmanager
def _server(
    listener: socket.socket,
    preparation: Preparation,
    surroundings: Mapping[str, str],
    scratch: Path,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Give the server, which ends with its standard input, whatever becomes of this process."""
    with listener, (scratch / _SAID).open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", _MODULE, str(listener.fileno())],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            cwd=scratch,
            env={**os.environ, **surroundings},
            pass_fds=[listener.fileno()],
            # An interrupt typed at a terminal is ours to handle.
            start_new_session=True,
        )
    with server:  # closes its standard input and waits
        try:
            _send(server, preparation)
            yield server
        except BaseException:
            _hurry(server)
            raise


def _hurry(server: "subprocess.Popen[bytes]") -> None:
    """End a server that was interrupted while it still prepared, and so has no kernels yet."""
    assert server.stdin is not None
    with suppress(BrokenPipeError):
        server.stdin.close()
    try:
        server.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()


def _send(server: "subprocess.Popen[bytes]", told: Preparation | Sequence[str]) -> None:
    assert server.stdin is not None
    try:
        server.stdin.write(pickle.dumps(told))
        server.stdin.flush()
    except BrokenPipeError:
        pass  # it has gone already; that is told at the end


def _told(server: "subprocess.Popen[bytes]", scratch: Path) -> None:
    """Tell the log if the server ended before its time, and whatever it said."""
    if server.poll() is not None:
        _LOG.warning("the server of warm kernels died; pages were made with ordinary kernels")
    if said := (scratch / _SAID).read_text(encoding="utf-8", errors="replace").strip():
        _LOG.warning("the server of warm kernels said: %s", said)
