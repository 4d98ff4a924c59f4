"""Which mutants are taken, and which tests each is given."""

import ast
import hashlib
from functools import cache

from tests.conftest import ROOT
from tests.test_house import TESTED_ELSEWHERE, mirrors

CORE = tuple(
    f"oversight_lib.method.{name}"
    for name in ("scoring", "segmentation", "cuts", "rounding", "distance", "drivers",
                 "kinds_of_change", "movement")
)  # fmt: skip
DENSER = 3
"""How many times as many mutants are taken of the core as of the rest."""
OVER_ALL = ["tests/published/test_publication.py", "tests/oracle/test_oracle.py"]
"""What every score and segment has to agree with: the publication, and the rules done by hand."""
TOGETHER = ("oversight_lib.method.breakdowns", "oversight_lib.method.disclosure")
"""Rooms whose parts are only tested together: each has to agree with all of the room's tests."""
SEGMENTING = (*CORE[:4], "oversight_lib.method.assessment")


def chosen(module, made, every):
    """Return one mutant in `every` of a module, the same ones whatever else changes.

    At least one; and of fewer, none that is not also among more.
    """
    share = (DENSER if within(module, CORE) else 1) / every
    ranked = sorted(made, key=lambda one: _place(module, one))
    return [one for n, one in enumerate(ranked) if n == 0 or _place(module, one) < share]


def _place(module, one):
    """Return where a mutant stands between 0 and 1, by chance but always there."""
    return int(hashlib.sha256(f"{module}: {one.name}".encode()).hexdigest()[:12], 16) / 16**12


def within(module, rooms):
    """Say whether a module is one of these or inside one."""
    return any(f"{module}.".startswith(f"{room}.") for room in rooms)


def files_for(module):
    """Return the test files of a module, and then the others that it has to agree with."""
    first = _mirror(module)
    then = {file for file, imports in _imports() if module in imports}
    for room in TOGETHER:
        if within(module, (room,)):
            folder = ROOT / "tests" / room.removeprefix("oversight_lib.").replace(".", "/")
            then |= {path.relative_to(ROOT).as_posix() for path in folder.glob("test_*.py")}
    rest = [*sorted(then), *(OVER_ALL if within(module, SEGMENTING) else [])]
    return first, [file for file in dict.fromkeys(rest) if file not in first]


def _mirror(module):
    """Return the tests under a module's name or its package's, or where they are said to be."""
    path = ROOT / module.replace(".", "/")
    name = f"{module.replace('.', '/')}{'/__init__' if path.is_dir() else ''}.py"
    name = name.removeprefix("oversight_lib/")
    there = [found for found in mirrors(name) if found.is_file()]
    said = [where for folder, (where, _) in TESTED_ELSEWHERE.items() if name == folder]
    return [*dict.fromkeys([*(one.relative_to(ROOT).as_posix() for one in there[:2]),
                            *(f"tests/{where}" for where in said)])]  # fmt: skip


@cache
def _imports():
    """Return each file of tests of the method with what it imports."""
    found = []
    for path in sorted((ROOT / "tests" / "method").rglob("test_*.py")):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module
            for name in [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        }
        found.append((path.relative_to(ROOT).as_posix(), names))
    return found
