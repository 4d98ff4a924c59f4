"""`python -m tests.mutation`: every mutant of some modules, and those that no test noticed.

Each mutant runs in a process forked from one that has imported everything, with the tests that
are named beside its module. The table goes to build/mutation.md.
"""

import importlib
import importlib.util
import os
import sys
import time
from pathlib import Path

import pandera.pandas as pandera
import pytest

from tests.conftest import ROOT
from tests.mutation.mutants import mutants

OF = {
    "oversight_lib.method.rounding": ["tests/method", "tests/oracle"],
    "oversight_lib.method.scoring.values": ["tests/method/test_scoring.py", "tests/oracle"],
    "oversight_lib.method.scoring.grid": ["tests/method/test_scoring.py", "tests/oracle"],
    "oversight_lib.method.scoring.pools": ["tests/method/test_scoring.py", "tests/oracle"],
    "oversight_lib.method.scoring.printed": ["tests/method/test_scoring.py", "tests/published"],
    "oversight_lib.method.cuts": ["tests/method/test_segmentation.py", "tests/oracle"],
    "oversight_lib.method.segmentation": ["tests/method/test_segmentation.py", "tests/oracle"],
}
"""Modules, and the tests that should notice a mistake in each."""
SECONDS = 120


def survives(module, source, tests):
    """Whether no test fails with this text in the module's place; a hang is noticed too."""
    child = os.fork()
    if child == 0:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
        os.dup2(sys.stdout.fileno(), 1)
        os.dup2(sys.stdout.fileno(), 2)
        os._exit(_tested(module, source, tests))
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


def _tested(module, source, tests):
    try:
        loaded = importlib.import_module(module)
        before = dict(vars(loaded))
        exec(compile(source, loaded.__file__, "exec"), vars(loaded))
        _replace(before, vars(loaded))
        # The plug-ins' modules are loaded already, here of all places.
        quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider"]
        return int(pytest.main(["-q", "-x", *quiet, *tests]))
    except BaseException:
        return 99


def _replace(before, after):
    """Put the mutant's functions where other modules have already taken the old ones to."""
    changed = {id(old): after[name] for name, old in before.items()
               if callable(old) and after.get(name) is not old}  # fmt: skip
    for module in [m for name, m in sys.modules.items() if name.startswith("oversight_lib")]:
        for name, value in list(vars(module).items()):
            if id(value) in changed:
                setattr(module, name, changed[id(value)])


def main(*names):
    assert pandera, "is loaded once, here, and not in every process"
    lines, ends = ["| module | mutants | noticed | not noticed |", "| --- | --- | --- | --- |"], []
    for module in names or OF:
        path = Path(importlib.util.find_spec(module).origin)
        source = path.read_text("utf-8")
        if not survives(module, source, OF[module]):
            sys.exit(f"the tests of {module} fail without any mistake")
        made = mutants(source)
        left = [one for one in made if survives(module, one.source, OF[module])]
        lines.append(f"| {module} | {len(made)} | {len(made) - len(left)} | {len(left)} |")
        ends += [f"- {module}, line {one.line}: {one.what}" for one in left]
        sys.stderr.write("\n".join([lines[-1], *ends, ""]))
    out = ROOT / "build" / "mutation.md"
    out.parent.mkdir(exist_ok=True)
    out.write_text("\n".join([*lines, "", *ends, ""]), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
