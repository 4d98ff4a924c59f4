"""Processes that work side by side, and are gone at once when the run is interrupted."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Told = TypeVar("Told")


@contextmanager
def workers(jobs: int, settle: Callable[[Told], None], told: Told) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes, each of which was `told` something before its first task.

    Whatever interrupts the block ends them in the middle of what they do.
    """
    ours = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, spawn, _settled, (settle, told))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - ours:
            worker.terminate()
        raise
    pool.shutdown()


@contextmanager
def stoppable() -> Iterator[None]:
    """Have a request to end this process (SIGTERM) end the block as an interrupt would."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _settled(settle: Callable[[Told], None], told: Told) -> None:
    """Prepare a worker: an interrupt ends it, and so does the end of the run."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    settle(told)


def _end_with_parent() -> None:
    """End this worker when the run ends, be it killed; else it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
