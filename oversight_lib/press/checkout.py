"""Where our code stands: its folder, and the commit it is of."""

import subprocess
from pathlib import Path

import oversight_lib

HOME = Path(oversight_lib.__file__).resolve().parents[1]
"""Where templates, prose and configuration stand."""


_WORDS = ":(exclude)book/commentary"
"""What people write and sign: an input with its own sums in the manifest, and no code."""


def commit() -> str:
    """Return the commit of our code and data, with "-dirty" if files differ; else "unknown".

    Commentary is no part of it: a word changed there changes no other page. A package installed
    inside somebody else's repository is not taken for a part of it.
    """
    return _marked(_git("diff", "--name-only", "--no-ext-diff", "HEAD", "--", ".", _WORDS))


def tree() -> str:
    """Return the commit, with "-dirty" if anything differs from it or was never added."""
    return _marked(_git("status", "--porcelain", "--untracked-files=all"))


def _marked(differing: str) -> str:
    """Return the commit, marked if there are differing files."""
    top = _git("rev-parse", "--show-toplevel")
    if not top or Path(top).resolve() != HOME.resolve():
        return "unknown"
    found = _git("rev-parse", "--verify", "HEAD")
    return f"{found}-dirty" if found and differing else found or "unknown"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(HOME), *words], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
