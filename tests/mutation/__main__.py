"""`python -m tests.mutation`: small mistakes in the scoring, and those that the oracle overlooks.

Each mutant runs in a process forked from one that has imported everything, against the rules done
by hand on random publications. With a number only every so manieth mutant. The table goes to
build/mutation.md.
"""

import importlib.util
import os
import sys
import time
import warnings
from pathlib import Path

from hypothesis import settings

from tests.conftest import ROOT
from tests.mutation.mutants import mutants
from tests.oracle import test_oracle

MODULES = tuple(
    f"oversight_lib.method.{name}"
    for name in ("rounding", "cuts", "segmentation", "scoring.values", "scoring.grid",
                 "scoring.pools")
)  # fmt: skip
EXAMPLES, SECONDS = 60, 300
AGAINST = test_oracle.test_assessment_agrees_with_the_rules_done_by_hand


def survives(module, source):
    """Whether the oracle agrees with this text in the module's place; a hang is noticed too."""
    child = os.fork()
    if child == 0:
        os._exit(_tested(module, source))
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


def _tested(module, source):
    try:
        warnings.simplefilter("error")
        loaded = importlib.import_module(module)
        before = dict(vars(loaded))
        exec(compile(source, loaded.__file__, "exec"), vars(loaded))
        _replace(before, vars(loaded))
        less = settings(AGAINST._hypothesis_internal_use_settings, max_examples=EXAMPLES,
                        database=None, print_blob=False)  # fmt: skip
        AGAINST._hypothesis_internal_use_settings = less
        AGAINST()
    except BaseException:
        return 1
    return 0


def _replace(before, after):
    """Put the mutant's functions where other modules have already taken the old ones to."""
    changed = {id(old): after[name] for name, old in before.items()
               if callable(old) and after.get(name) is not old}  # fmt: skip
    for module in [m for name, m in sys.modules.items() if name.startswith("oversight_lib")]:
        for name, value in list(vars(module).items()):
            if id(value) in changed:
                setattr(module, name, changed[id(value)])


def main(every="1", *names):
    lines = ["| module | mutants | noticed | overlooked |", "| --- | ---: | ---: | ---: |"]
    ends = []
    for module in names or MODULES:
        source = Path(importlib.util.find_spec(module).origin).read_text("utf-8")
        if not survives(module, source):
            sys.exit(f"the oracle disagrees with {module} without any mistake")
        made = mutants(source)[:: int(every)]
        left = [one for one in made if survives(module, one.source)]
        lines.append(f"| {module} | {len(made)} | {len(made) - len(left)} | {len(left)} |")
        ends += [f"- {module}, line {one.line}: {one.what}" for one in left]
        out = ROOT / "build" / "mutation.md"
        out.parent.mkdir(exist_ok=True)
        out.write_text("\n".join([*lines, "", *ends, ""]), "utf-8")
    sys.stdout.write("\n".join([*lines, "", *ends, ""]))


if __name__ == "__main__":
    main(*sys.argv[1:])
