"""One file over HTTPS: whole, of a bounded size, resumed where it was cut off, or not at all."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from oversight_lib.errors import FetchError, Problem
from oversight_lib.intake.fetching.answers import Answer, LaterError, answer
from oversight_lib.intake.fetching.parts import Part, Record, kept_record
from oversight_lib.intake.fetching.patience import Patience

_PIECE = 65_536
Fault = Callable[[Path], str]
"""Says why a file is not what was asked for; nothing if it is."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is in its place, where it is from, and how it compares with the one before."""

    address: str
    path: Path
    sha256: str
    size: int
    status: Literal["new", "unchanged", "changed"]

    def __str__(self) -> str:
        return f"{self.path.name}: {self.status}, {self.size:,} bytes, sha256 {self.sha256}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is asked for: its address, where it goes, and what makes it wrong."""

    address: str
    path: Path
    fault: Fault


def download(session: requests.Session, wanted: Wanted, patience: Patience) -> Fetched:
    """Return the file, in its place with its record beside it; it is there whole or not at all.

    What is only for a while (a stall, a cut, 429, 5xx) is tried again, each time after a longer
    wait, and goes on where it ended if the server can tell that the file is still the same. Raises
    `AbsentError` if there is no such file, and `FetchError` for anything else.
    """
    retrying = Retrying(
        stop=stop_after_attempt(patience.attempts),
        wait=lambda state: _wait(state, patience),
        retry=retry_if_exception_type(LaterError),
        reraise=True,
    )
    try:
        return retrying(_attempt, session, wanted, patience)
    except LaterError as error:
        problem = Problem(wanted.address, f"{error}, {patience.attempts} times", "the file")
        raise FetchError("a file could not be fetched", [problem]) from None
    except requests.RequestException as error:
        raise FetchError(
            "a file could not be fetched", [Problem(wanted.address, str(error))]
        ) from None


def _wait(state: RetryCallState, patience: Patience) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.seconds if isinstance(error, LaterError) else 0.0
    doubled: float = patience.backoff * 2 ** (state.attempt_number - 1)
    return min(max(doubled, asked), patience.longest)


def _attempt(session: requests.Session, wanted: Wanted, patience: Patience) -> Fetched:
    part, before = Part.beside(wanted.path), kept_record(wanted.path)
    asked = part.headers(wanted.address) or (before.headers(wanted.address) if before else {})
    try:
        with answer(session, wanted.address, asked, patience) as found:
            if found.unchanged and before:
                return _fetched(wanted, before, "unchanged")
            _receive(found, part, patience)
    except LaterError as error:
        if error.afresh:
            part.discard()
        raise
    _check(wanted, part)
    record = Record(wanted.address, part.digest(), part.size, found.etag, found.modified)
    part.put_in_place(record)
    same = before is not None and before.sha256 == record.sha256
    return _fetched(wanted, record, "unchanged" if same else "changed" if before else "new")


def _fetched(
    wanted: Wanted, record: Record, status: Literal["new", "unchanged", "changed"]
) -> Fetched:
    return Fetched(wanted.address, wanted.path, record.sha256, record.size, status)


def _receive(found: Answer, part: Part, patience: Patience) -> None:
    """Write what comes behind what is there, as far as it comes."""
    start = part.size if found.continues_at(part.size) and part.is_of(found.etag) else 0
    if found.partial and not start:
        raise LaterError("the server goes on with another file", afresh=True)
    ends = time.monotonic() + patience.whole
    part.begin(found.address, found.etag, found.modified, start)
    for piece in found.pieces(_PIECE):
        part.append(piece)
        if part.size > patience.size:
            raise _too_large(found.address, part, patience)
        if time.monotonic() > ends:
            raise LaterError(f"the file is not whole after {patience.whole:g} seconds")
    if found.total is not None and part.size != found.total:
        what = f"{part.size:,} bytes came of {found.total:,}"
        raise LaterError(what, afresh=part.size > found.total)


def _too_large(address: str, part: Part, patience: Patience) -> FetchError:
    part.discard()
    problem = Problem(address, "the file is too large", f"at most {patience.size:,} bytes")
    return FetchError("a file could not be fetched", [problem])


def _check(wanted: Wanted, part: Part) -> None:
    fault = wanted.fault(part.path)
    if fault:
        part.discard()
        raise FetchError("a file is not what it should be", [Problem(wanted.address, fault)])
