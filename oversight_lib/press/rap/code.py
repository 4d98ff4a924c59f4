"""Criteria that the code itself answers: documented, in functions, to a standard."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from oversight_lib.press.rap.subject import Subject, Verdict

_DOCUMENTED = 0.95
"""The least share of public functions and classes that say what they are."""


def documented(subject: Subject) -> Verdict:
    """Say whether public functions and classes say what they are, and the method is a page."""
    found = [node for path in _modules(subject.home) for node in _public(path)]
    said = sum(bool(ast.get_docstring(node)) for node in found)
    method = (subject.home / "book" / "method.md").is_file()
    told = f"{said:,} of {len(found):,} public functions and classes have a docstring"
    return method and bool(found) and said >= _DOCUMENTED * len(found), told


def in_functions(subject: Subject) -> Verdict:
    """Say whether templates define nothing and hold no outputs."""
    templates = sorted((subject.home / "notebooks").glob("*.ipynb"))
    at_fault = [path.name for path in templates if _defines(path)]
    told = f"{len(templates) - len(at_fault)} of {len(templates)} templates define no function"
    return bool(templates) and not at_fault, told


def standard(subject: Subject) -> Verdict:
    """Say what the linter says of the package, where it is installed."""
    if find_spec("ruff") is None or not (subject.home / "pyproject.toml").is_file():
        return None, "ruff is not installed where this edition was made"
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", "oversight_lib"]
    done = subprocess.run(command, cwd=subject.home, capture_output=True, text=True, check=False)
    clean = done.returncode == 0
    return clean, "ruff finds nothing in the package" if clean else "ruff finds faults"


def _modules(home: Path) -> list[Path]:
    return sorted((home / "oversight_lib").rglob("*.py"))


def _public(path: Path) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def _defines(path: Path) -> bool:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return any("def " in source or "class " in source for source in code)
