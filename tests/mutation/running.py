"""One mutant against the tests of its module, in a process of its own.

The mistake is put in when the module is imported, and nowhere else: no file is changed. The process
is forked from one that has imported all else, drops the house and imports it again.
"""

import importlib.abc
import importlib.machinery
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import tests.conftest  # noqa: F401  (imported once here, so that no fork has to)
from tests.conftest import ROOT

OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "--no-header",
           "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # fmt: skip
EXAMPLES = 30
"""Of each property: mistakes that only the hundredth example shows are few, and hours are long."""
WAIT = 10
"""Seconds of the clock given for one of the processor, for machines that are busy."""


class _Mistaken(importlib.machinery.SourceFileLoader):
    """Loads one module from other text than its file's; compiles it anew and keeps nothing."""

    def __init__(self, name, path, source):
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname):
        return compile(self.source, self.path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module, source):
        self.module, self.source = module, source

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        spec.loader = _Mistaken(fullname, spec.origin, self.source)
        return spec


class Clock:
    """Knows how long each test takes, and has the quick ones run first; a plugin of pytest."""

    def __init__(self, path):
        self.path = path
        self.seconds = json.loads(path.read_text("utf-8")) if path.exists() else {}
        self.last = time.process_time()

    def pytest_collection_modifyitems(self, items):
        """Put the quick tests first; give properties fewer examples, and never the smallest."""
        items.sort(key=lambda item: self.seconds.get(item.nodeid, 0))
        for item in items:
            given = getattr(item.obj, "_hypothesis_internal_use_settings", None)
            if given:
                fewer = min(given.max_examples, EXAMPLES)
                less = settings(given, max_examples=fewer, phases=[Phase.explicit, Phase.generate])
                item.obj._hypothesis_internal_use_settings = less

    def pytest_runtest_logreport(self, report):
        """Add up what a test took, what it rests on included."""
        before = 0 if report.when == "setup" else self.seconds[report.nodeid]
        now = time.process_time()
        self.seconds[report.nodeid] = before + now - self.last
        self.last = now

    def write(self):
        """Keep the times for the processes that come after."""
        self.path.write_text(json.dumps(self.seconds, indent=0, sort_keys=True), "utf-8")


def run(module, source, files, *, seconds, clock, timing=False):
    """Return 'killed', 'survived' or 'timed out'.

    `seconds` is the limit, of the processor; a process that sleeps has ten times as many.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(_tested(module, source, files, seconds=seconds, clock=clock, timing=timing))
    ends = time.monotonic() + seconds * WAIT
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return _OUTCOMES.get(os.waitstatus_to_exitcode(status), "killed")
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timed out"


_OUTCOMES = {0: "survived", -signal.SIGXCPU: "timed out", -signal.SIGKILL: "timed out"}


def _tested(module, source, files, *, seconds, clock, timing):
    try:
        clock = Clock(clock)
        limit = int(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        os.chdir(ROOT)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        for name in [n for n in sys.modules if n.split(".")[0] in {"oversight_lib", "tests"}]:
            del sys.modules[name]
        sys.meta_path.insert(0, _Finder(module, source))
        code = int(pytest.main([*OPTIONS, *map(str, files)], plugins=[clock]))
    except BaseException:
        return 1
    if timing:
        clock.write()
    return code


def source_of(module):
    """Where the text of a module stands."""
    path = ROOT / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
