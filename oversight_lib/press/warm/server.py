"""The server: imports what pages need, once, and forks a kernel for everyone who connects.

Run as `python -m oversight_lib.press.warm.server LISTENER`, the descriptor of a listening socket.
A `Preparation` comes pickled on standard input, and when pages are to be made further statements;
its end is the server's end.
"""

import gc
import os
import pickle
import resource
import select
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import matplotlib.font_manager  # noqa: F401 - it lists the machine's fonts, before pages are watched
from ipykernel.ipkernel import IPythonKernel

from oversight_lib.method import reading
from oversight_lib.press.warm import cells
from oversight_lib.press.warm.preparation import Preparation
from oversight_lib.press.warm.watch import Watch


def main() -> None:
    """Serve until standard input ends, and leave no process behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listener = socket.socket(fileno=int(sys.argv[1]))
    preparation: Preparation = pickle.load(sys.stdin.buffer)
    watch = Watch(os.environ.get("OVERSIGHT_TABLES", ""))
    watch.begin()
    born = cells.kernel()
    _execute(preparation.statements)
    try:
        _execute(pickle.load(sys.stdin.buffer))
    except EOFError:
        return  # no page was to be made after all
    _share()
    children: set[int] = set()
    try:
        for connected in _connections(listener):
            children -= set(_reaped(children))
            children.add(_fork(born, connected, listener, preparation.memory, watch))
            connected.close()
    finally:
        _end(children)


def _execute(statements: Sequence[str]) -> None:
    """Do what is to be done once. A page for which that matters fails for the same reason."""
    names: dict[str, object] = {}
    for statement in statements:
        with _told(statement):
            exec(statement, names)


def _share() -> None:
    """Have what is there already, which is no garbage, not looked at: so its memory is shared."""
    gc.collect()
    gc.freeze()


@contextmanager
def _told(statement: str) -> Iterator[None]:
    """Let the run go on, and tell its log what went wrong."""
    try:
        yield
    except Exception:
        sys.stderr.write(f"{statement}\n{traceback.format_exc()}")


def _connections(listener: socket.socket) -> Iterator[socket.socket]:
    """Give every connection until standard input ends."""
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        yield listener.accept()[0]


def _fork(
    born: IPythonKernel,
    connected: socket.socket,
    listener: socket.socket,
    memory: int | None,
    watch: Watch,
) -> int:
    """Return the process id of a kernel that serves the connection."""
    with warnings.catch_warnings():
        # Python warns of forking beside threads; those here are Arrow's, which mind forks.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    try:
        os.setpgid(0, 0)
        listener.close()
        # Our standard input is the server's life line; a cell is to find nothing there.
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        _limit(memory)
        _reseed()
        cells.serve(born, Connection(connected.detach()), lambda: _asked(watch))
    except (BrokenPipeError, ConnectionResetError):
        pass  # whoever asked for the page has gone
    finally:
        # The server's affairs are not ours to tidy up.
        os._exit(0)


def _asked(watch: Watch) -> dict[str, Any]:
    """Return what this process and the one it was forked from asked for, in order."""
    # A copy first: a thread may open a file meanwhile.
    files, folders = sorted(watch.files | watch.modules()), sorted(watch.folders.copy())
    return {"reads": reading.reads(), "files": files, "folders": folders}


def _limit(memory: int | None) -> None:
    """Let this process take so many bytes beyond those it has, where that can be known."""
    sizes = Path("/proc/self/statm")
    if memory is not None and sizes.exists():
        taken = int(sizes.read_text().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = taken + memory
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _reseed() -> None:
    """Give this process chance of its own; Python's is renewed at a fork, numpy's is not."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _reaped(children: set[int]) -> Iterator[int]:
    """Give the children that have ended, which are zombies no more."""
    for child in children:
        if os.waitpid(child, os.WNOHANG)[0]:
            yield child


def _end(children: set[int]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
    # Somebody waits until it is gone, and the system tidies up sooner than Python does.
    sys.stderr.flush()
    os._exit(0)
