"""Several files written so that all appear or none does."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file, or leave all as they were.

    Every content is first written beside its place; only then are they moved in, one by one. If
    a move fails, those already made are undone and the error is raised again.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            staged[path] = _stage(path, content)
        for path, temporary in staged.items():
            was = path.read_bytes() if path.exists() else None
            os.replace(temporary, path)  # noqa: PTH105 - what the tests make fail
            before[path] = was
    except BaseException:
        _undo(before)
        raise
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def changes(contents: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return the files whose content is not there yet."""
    return {
        path: content
        for path, content in contents.items()
        if not path.exists() or path.read_bytes() != content
    }


def _stage(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)  # noqa: PTH101 - mkstemp makes files that only their owner can read
    return Path(name)


def _undo(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
