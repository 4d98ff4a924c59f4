"""A mutant given to its reader: accepted with the oracle's figures, or refused with clear words."""

import signal
import tempfile
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oversight_lib.errors import OversightError
from oversight_lib.intake import organisations, taking
from tests.fuzz import mutations
from tests.fuzz.oracles import snapshot

GOOD = ("read alike", "refused")
BAD = ("wrong figure", "crashed", "hung", "half-written", "unclear")
SECONDS = 30
LINES, LENGTH = 60, 8_000


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant."""

    target: str
    number: int
    how: str
    kind: str
    detail: str = ""


class HungError(Exception):
    """The reader did not come back."""


def outcome(target, number, other):
    """What becomes of one mutant of a target; `other` is a target whose file is mixed in."""
    r = mutations.seeded(target.name, number)
    content, how = target.mutate(_good(target), _good(other), r)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "in" / target.file
        path.parent.mkdir()
        path.write_bytes(content)
        kind, detail = _judged(target, content, path, folder / "data")
    return Outcome(target.name, number, how, kind, detail)


@cache
def _good(target):
    return target.good()


def _judged(target, content, path, data):
    try:
        with _alarm():
            found = target.read(path, data)
    except OversightError as error:
        if snapshot(data):
            return "half-written", f"{sorted(p.name for p in snapshot(data))} after: {error}"
        unclear = _unclear(error, target, path)
        return ("unclear", unclear) if unclear else ("refused", str(error).splitlines()[0])
    except HungError:
        return "hung", f"no answer within {SECONDS} seconds"
    except Exception:
        return "crashed", traceback.format_exc(limit=-4)
    try:
        wrong = target.differ(found, target.expected(content))
    except Exception:
        return "wrong figure", "accepted, but the oracle cannot read it: " + traceback.format_exc(
            -2
        )
    return ("wrong figure", wrong) if wrong else ("read alike", "")


def _unclear(error, target, path):
    """Why a refusal does not help whoever reads it."""
    said = str(error)
    if not isinstance(error, target.errors):
        return f"{type(error).__name__}, expected {target.errors}: {said}"
    if not error.problems:
        return f"no problem is named: {said}"
    lines = said.splitlines()
    if len(lines) > LINES or max(map(len, lines)) > LENGTH:
        return f"too long: {len(lines)} lines, {max(map(len, lines))} characters"
    if any(not (c.isprintable() or c in " \n\xa0\u202f") for c in said):
        return f"what cannot be seen is in the message: {said!r:.300}"
    if "Traceback" in said or not lines[0]:
        return said
    return ""


@contextmanager
def _alarm():
    def ring(*_):
        raise HungError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(targets, numbers, monkeypatch=None):
    """The outcomes of some mutants of each target; the bundled lists are read once."""
    if monkeypatch:
        kept = cache(organisations.organisations)
        monkeypatch.setattr(taking, "organisations", lambda _: kept())
    return [
        outcome(target, number, targets[(place + 1) % len(targets)])
        for place, target in enumerate(targets)
        for number in numbers
    ]


def counts(outcomes):
    return Counter(one.kind for one in outcomes)


def table(outcomes):
    """The outcomes as a Markdown table, a row a reader."""
    kinds = [*GOOD, *BAD]
    lines = ["| reader | mutants | " + " | ".join(kinds) + " |",
             "| --- |" + " ---: |" * (len(kinds) + 1)]  # fmt: skip
    names = list(dict.fromkeys(one.target for one in outcomes))
    for name in [*names, "all"]:
        mine = [one for one in outcomes if name in (one.target, "all")]
        found = counts(mine)
        lines.append(
            f"| {name} | {len(mine):,} | " + " | ".join(str(found[k]) for k in kinds) + " |"
        )
    return "\n".join(lines)
