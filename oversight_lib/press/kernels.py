"""Kernels: what executes one notebook, and the world it executes it in.

`stock` is Papermill with an ordinary kernel; `press/warm` is Papermill with a forked one, and is
what `runner.run` takes where nothing else is asked for. Another way to execute is another function
of the same shape.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import papermill

import oversight_lib

Execute = Callable[[Path, Path, Mapping[str, str | int]], None]
"""Executes a template with parameters and leaves the notebook, half-run or whole, at a path."""

STARTS = 3
MATPLOTLIB = "svg.hashsalt: oversight\n"
"""What matplotlib is set to instead of the user's settings: no ids by chance in a drawing."""

STILLBORN = "Kernel died before replying"
"""What an error says of a kernel that executed nothing, so that another may be started."""
SECONDS = 600.0
"""How long a page may take before it is stopped; with an ordinary kernel, each of its cells."""
MEMORY = 4 * 1024**3
"""How much a page may take with a warm kernel, in bytes, beyond what is shared by all."""

_PACKAGE = Path(oversight_lib.__file__).parents[1]


def stock(template: Path, output: Path, parameters: Mapping[str, str | int]) -> None:
    """Execute a template with Papermill and an ordinary kernel of its own."""
    papermill.execute_notebook(
        verbatim(template),
        verbatim(output),
        parameters=dict(parameters),
        kernel_name="python3",
        progress_bar=False,
        execution_timeout=int(SECONDS),
        # Nothing of the kernel's is to be saved, so nobody waits for it to say goodbye.
        shutdown_kernel="immediate",
        # An ordinary kernel warns, each time, that it talks to us unencrypted; it never leaves
        # the machine, and what it reads is published.
        extra_arguments=["--log-level=ERROR"],
    )


@dataclass(frozen=True, slots=True)
class Kernels:
    """How many kernels work at once, and what executes a notebook in one of them.

    `execute` is sent to other processes, so it is a function of a module; None is warm kernels
    where they are possible, within `seconds` and `memory` a page. Those are forked after the
    `rehearsal`: statements that fill caches and load fonts, and leave nothing else behind.
    """

    jobs: int = 2
    execute: Execute | None = None
    rehearsal: tuple[str, ...] = ()
    seconds: float = SECONDS
    memory: int | None = MEMORY


ORDINARY = Kernels()


def verbatim(path: Path) -> str:
    """Return a path as Papermill reads it: it takes braces in paths for parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def restarting(
    execute: Execute, template: Path, output: Path, parameters: Mapping[str, str | int]
) -> None:
    """Execute, and again if the kernel died before it was ready; a cell is never run again.

    About one in 350 kernels started side by side dies at birth; three starts are enough.
    """
    for start in range(1, STARTS + 1):
        try:
            return execute(template, output, parameters)
        except RuntimeError as error:
            if STILLBORN not in str(error) or start == STARTS:
                raise
    return None


def environment(tables: Path, epoch: int, scratch: Path) -> dict[str, str]:
    """Return the environment variables a notebook is executed under.

    The data's place is told here and not as a parameter, so that a notebook is the same bytes
    wherever the data lie. Settings are `scratch`'s and not the user's, so that a person's own
    start-up files change no page, and a home that cannot be written to is no matter.
    """
    # matplotlib's cache of fonts is slow to make, so the user's own is kept where there can be one.
    writable = os.access(Path.home(), os.W_OK)
    return {
        **same_bytes(epoch),
        "OVERSIGHT_TABLES": str(tables.resolve()),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "MATPLOTLIBRC": str(scratch / "matplotlibrc"),
        **({} if writable else {"MPLCONFIGDIR": str(scratch / "matplotlib")}),
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter" / "config"),
        "JUPYTER_DATA_DIR": str(scratch / "jupyter" / "data"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "jupyter" / "runtime"),
    }


def same_bytes(epoch: int) -> dict[str, str]:
    """Return the environment variables that make a process of ours repeatable, at one date.

    The package is found first where this one was, so that a page is made by the code that asked
    for it.
    """
    path = [str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        # A sum is the same number on a machine with more processors; and forks want no threads.
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(path),
    }
