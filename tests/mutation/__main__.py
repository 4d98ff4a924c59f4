"""`python -m tests.mutation`: small mistakes in the method, and those that no test notices.

Each mutant runs against the tests of its module, and if they all pass against others it has to
agree with. `--every 15` takes one in fifteen, the same ones each time, and of the core three
times as many. What is known is kept in build/mutation.json, so that a run may be interrupted and
goes on: only survivors are tried again, when their tests have changed. The table goes to
build/mutation.md.
"""

import argparse
import hashlib
import json
import sys
import time
from collections import Counter

from tests.conftest import ROOT
from tests.mutation import running
from tests.mutation.choosing import chosen, files_for
from tests.mutation.ledger import Ledger
from tests.mutation.mutants import mutants

BUILD = ROOT / "build"
TIMES = BUILD / "mutation-times.json"
AT_LEAST, TIMES_AS_LONG = 20, 3
"""Seconds of the processor a mutant has, and so many times what its tests take without it."""


def main(*words):
    asked = _asked(words)
    ledger = Ledger(BUILD)
    ends = time.monotonic() + asked.minutes * 60
    for module in asked.module or _modules():
        _try(module, ledger, asked.every, ends)
    ledger.write()
    sys.stdout.write(ledger.table.read_text("utf-8"))


def _asked(words):
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    asked.add_argument("module", nargs="*", help="as oversight_lib.method.cuts; else all of them")
    asked.add_argument("--every", type=int, default=15, help="take one mutant in so many")
    asked.add_argument("--minutes", type=float, default=600, help="begin no other after so many")
    return asked.parse_args(words)


def _modules():
    paths = sorted((ROOT / "oversight_lib" / "method").rglob("*.py"))
    names = [path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in paths]
    return [name.removesuffix(".__init__") for name in names]


def _try(module, ledger, every, ends):
    """Run those of a module's chosen mutants of which it is not known what becomes of them."""
    source = running.source_of(module).read_text("utf-8")
    made, stages = mutants(source), files_for(module)
    texts = [(ROOT / file).read_text("utf-8") for files in stages for file in files]
    stamp = hashlib.sha256("".join([source, *texts]).encode()).hexdigest()[:12]
    ledger.open(module, [one.name for one in made])
    for one in chosen(module, made, every):
        if time.monotonic() > ends or ledger.is_known(module, one.name, stamp):
            continue
        found = _outcome(module, one.source, stages, source)
        ledger.enter(module, one.name, found=found, line=one.line, stamp=stamp)
        sys.stderr.write(f"{found:>9}  {module}:{one.line}  {one.name}\n")


def _outcome(module, mistaken, stages, source):
    """Return what becomes of a mutant in its own tests, and then in the others it has to pass."""
    for files in filter(None, stages):
        taken = _seconds(module, source, files)
        limit = AT_LEAST + TIMES_AS_LONG * sum(taken[file] for file in files)
        found = running.run(module, mistaken, files, seconds=limit, clock=TIMES)
        if found != "survived":
            return found
    return "survived"


def _seconds(module, source, files):
    """Return how long each test file takes, timed once without any mistake: they have to pass."""
    new = [file for file in files if file not in _known()]
    found = new and running.run(module, source, new, seconds=900, clock=TIMES, timing=True)
    if found and found != "survived":
        sys.exit(f"the tests in {', '.join(new)} fail without any mistake")
    return _known()


def _known():
    """Return the seconds that are known, by test file."""
    taken = Counter()
    for test, seconds in json.loads(TIMES.read_text("utf-8") if TIMES.exists() else "{}").items():
        taken[test.split("::")[0]] += seconds
    return taken


if __name__ == "__main__":
    main(*sys.argv[1:])
