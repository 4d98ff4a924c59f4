"""Jupyter Book in a process of its own, which imports what it needs before there is a book to bind.

Importing takes as long as binding a page or two again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.press.kernels import same_bytes

JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
"""What the command of that name does."""

_WAITING = f"""
import gc, json, os, sys
# What it imports once it knows its extensions.
import jupyter_book.cli.main, jupyter_book.sphinx, myst_nb.sphinx_ext, sphinx.builders.html
import sphinx_book_theme
gc.freeze()
told = sys.stdin.readline()
if told:
    folder, *words = json.loads(told)
    os.chdir(folder)
    sys.argv = ["jupyter-book", *words]
    try:
        {JUPYTER_BOOK}
    except SystemExit as end:
        # Somebody waits, and the system tidies up sooner than Python does.
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(end.code, int):
            os._exit(end.code)
        raise
"""


@dataclass(frozen=True, slots=True)
class Bindery:
    """A process that waits until it is told what to bind, which it is once."""

    process: "subprocess.Popen[str]"

    def bind(
        self, words: Sequence[str], folder: Path, meanwhile: Callable[[], None] = lambda: None
    ) -> tuple[int, str]:
        """Have `jupyter-book` run in a folder with these words; return its code and what it said.

        `meanwhile` is done in this process, which would else only wait.
        """
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # it has gone already, and has said why
            self.process.stdin.write(json.dumps([str(folder), *words]) + "\n")
            self.process.stdin.flush()
        meanwhile()
        said, complained = self.process.communicate()
        return self.process.returncode, f"{said}\n{complained}"


@contextmanager
def waiting(epoch: int) -> Iterator[Bindery]:
    """Give a process that will bind a book of one date; it is gone when the block ends."""
    process = subprocess.Popen(
        # No module is looked for in the folder it stands in.
        [sys.executable, "-P", "-c", _WAITING],
        env={**os.environ, **same_bytes(epoch)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Bindery(process)
        finally:
            if process.poll() is None:
                process.kill()  # it was told nothing, or nobody waits for it any more
