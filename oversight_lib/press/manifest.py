"""The manifest of an edition: what it was made from, by what, and every file it is."""

import hashlib
import json
import platform
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import oversight_lib
from oversight_lib.press.cache import standing
from oversight_lib.press.checkout import HOME
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.results import PageResult

NAME = standing.MANIFEST
LOG = standing.LOG
_DISTRIBUTION = "oversight"


def write(results: Sequence[PageResult], *, out: Path, edition: EditionFacts) -> Path:
    """Write `out/manifest.json` and return its path: same inputs, same bytes, and no time of day.

    Outputs are all files of the edition's folder but the staged sources and half-run notebooks.
    """
    path = out / NAME
    text = json.dumps(contents(results, out, edition), indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def contents(results: Sequence[PageResult], out: Path, edition: EditionFacts) -> Mapping[str, Any]:
    """Return what the manifest says; paths are relative to `out`."""
    return {
        "quarter": str(edition.quarter),
        "rules": edition.rules,
        "commit": edition.commit,
        "oversight": oversight_lib.__version__,
        "python": platform.python_version(),
        "packages": packages(),
        "inputs": [{"name": f.name, "sha256": f.sha256} for f in sorted(edition.files)],
        "pages": {
            "built": sorted(result.page.slug for result in results if result.notebook),
            "failed": {r.page.slug: str(r.failure) for r in results if r.failure},
        },
        "outputs": [_output(path, out) for path in standing.outputs(out)],
    }


def packages() -> Mapping[str, str]:
    """Return the versions of what we depend on directly, by name; absent ones are left out."""
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in _requirements()}
    installed = {name: _version(name) for name in names}
    return {name: version for name, version in sorted(installed.items()) if version}


def _requirements() -> Sequence[str]:
    """Return our direct requirements, but for tests, which make no page.

    As installed, or as the checkout says itself where nothing is installed.
    """
    try:
        lines = metadata.requires(_DISTRIBUTION) or []
        return [line for line in lines if not re.search(r"""extra == ['"]test['"]""", line)]
    except metadata.PackageNotFoundError:
        project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
        return [*project["dependencies"], *project["optional-dependencies"]["docs"]]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _output(path: Path, out: Path) -> Mapping[str, Any]:
    content = path.read_bytes()
    return {
        "path": path.relative_to(out).as_posix(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
