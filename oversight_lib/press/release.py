"""Whether an edition may be released: signed by two people, current, due, from a clean tree."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from oversight_lib.errors import CommentaryError, Problem, ReleaseError

NAME = "sign-off.toml"


class SignOff(BaseModel):
    """Who wrote an edition, who reviewed it and when, when it may be seen, and what was signed.

    `release_at` has its offset from UTC. `tables` is the digest of the tables that were reviewed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    author: str = Field(min_length=1)
    reviewer: str = Field(min_length=1)
    date: date
    release_at: datetime
    tables: str = Field(pattern=r"^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is to be released: its digest, its commit, and its commentary.

    `newest` is the ISO date of the newest commentary, empty if there is none. `lacking` is what
    is not written yet: policies, and entries in the log of revisions.
    """

    digest: str
    commit: str
    stale: Sequence[Problem] = ()
    newest: str = ""
    lacking: Sequence[Problem] = ()


def read(path: Path) -> SignOff | None:
    """Return the sign-off in a file; None if there is no file. Raises `CommentaryError`."""
    if not path.exists():
        return None
    try:
        return SignOff.model_validate(tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise CommentaryError(f"{path} is not TOML", [str(error)]) from None
    except ValidationError as error:
        faults = [
            Problem(".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors()
        ]
        raise CommentaryError(
            f"{path} is no sign-off",
            faults,
            "give author, reviewer, date, release_at with its offset, and tables",
        ) from None


def digest(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the SHA-256 of an edition's tables, commentary and all: what a reviewer signs."""
    summed = hashlib.sha256()
    for name in sorted(tables):
        summed.update(f"{name}\n{tables[name].to_csv(index=False)}".encode())
    return summed.hexdigest()


def check(sign_off: SignOff | None, candidate: Candidate, *, now: datetime) -> None:
    """Raise `ReleaseError` with every reason why an edition may not be released at a time."""
    problems = [
        *candidate.stale,
        *candidate.lacking,
        *_tree(candidate.commit),
        *_signed(sign_off, candidate, now),
    ]
    if problems:
        raise ReleaseError("this edition cannot be released", problems)


def _tree(commit: str) -> Iterator[Problem]:
    if commit == "unknown":
        yield Problem("code", "its commit is not known", "a clean checkout")
    elif commit.endswith("-dirty"):
        yield Problem("code", "files differ from the commit", "a clean tree; commit first")


def _signed(sign_off: SignOff | None, candidate: Candidate, now: datetime) -> Iterator[Problem]:
    if sign_off is None:
        yield Problem(NAME, "nobody has signed this edition", f"tables = {candidate.digest}")
        return
    if _plain(sign_off.author) == _plain(sign_off.reviewer):
        yield Problem(NAME, f"{sign_off.author} reviewed their own edition", "another person")
    if sign_off.tables != candidate.digest:
        yield Problem(NAME, "the tables are not those that were signed", candidate.digest)
    if candidate.newest > sign_off.date.isoformat():
        yield Problem(NAME, "commentary is newer than the review", f"after {candidate.newest}")
    if sign_off.date > now.date():
        yield Problem(NAME, f"signed on {sign_off.date}, which is still to come", "a day gone by")
    yield from _embargo(sign_off.release_at, now)


def _embargo(release_at: datetime, now: datetime) -> Iterator[Problem]:
    if release_at.tzinfo is None:
        yield Problem(NAME, "release_at has no offset from UTC", "2026-03-12T09:30:00+00:00")
    elif release_at > now:
        yield Problem(NAME, "under embargo", f"no release before {release_at.isoformat()}")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
