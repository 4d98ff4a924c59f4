"""Where our code stands: its folder, and the commit it is of."""

import subprocess
from pathlib import Path

import oversight_lib

HOME = Path(oversight_lib.__file__).resolve().parents[1]
"""Where templates, prose and configuration stand."""


def commit() -> str:
    """Return the commit of this checkout, with "-dirty" if files differ from it; else "unknown".

    A package installed inside somebody else's repository is not taken for a part of it.
    """
    top = _git("rev-parse", "--show-toplevel")
    if not top or Path(top).resolve() != HOME.resolve():
        return "unknown"
    return _git("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*") or "unknown"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(HOME), *words], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
