"""What stands around an edition when it is published: policies, revisions, the site, changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pandas as pd

import oversight_lib
from oversight_lib.edition.keeping import Keeping
from oversight_lib.errors import Problem, ReleaseError
from oversight_lib.frames import FRAMES
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.press import editions, imprint, rap, release, site
from oversight_lib.press.book import Beside
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.editions import figures, revisions
from oversight_lib.press.results import PageResult

SITE = Path("build") / "site"
"""Where published editions stand, from where the command is run."""


def as_signed(
    facts: EditionFacts, sign_off: release.SignOff | None, digest: str, prose: Path
) -> EditionFacts:
    """Return the facts with whom to ask, and when an edition that was signed may be seen.

    Only the very tables that were signed, made from a clean commit, are a release.
    """
    contact = imprint.read(prose / imprint.NAME).contact
    clean = facts.commit != "unknown" and not facts.commit.endswith("-dirty")
    signed = sign_off is not None and sign_off.tables == digest and clean
    at = sign_off.release_at.isoformat() if sign_off and signed else ""
    return replace(facts, contact=contact, released=at)


def with_levels(
    beside: Beside,
    facts: EditionFacts,
    assessed: Assessment,
    results: Sequence[PageResult],
    keeping: Keeping,
    signed: release.SignOff | None,
) -> Beside:
    """Return what stands beside the pages, with the levels of reproducible analysis, checked.

    The checkout is looked at once, and again when it is another.
    """
    home = Path(oversight_lib.__file__).resolve().parents[1]
    written = imprint.read(home / "book" / imprint.NAME)
    subject = rap.Subject(
        home, keeping.out, facts, written, signed, results, assessed.tables, assessed.checks,
        _handed_out(beside),
    )  # fmt: skip
    known = keeping.of_checkout(home, partial(rap.of_checkout, subject))
    levels = rap.page(rap.findings(subject, known))
    return replace(beside, pages={**beside.pages, rap.PAGE: levels})


def _handed_out(beside: Beside) -> set[str]:
    """Return the tables that are handed out, which none is that breaks its contract."""
    return {path.stem for path in beside.files.rglob("*.csv")} if beside.files else set()


def with_policies(beside: Beside, facts: EditionFacts, prose: Path) -> Beside:
    """Return what stands beside the pages of a book, with those about status and policies."""
    written = imprint.read(prose / imprint.NAME)
    policies = imprint.pages(written, revisions.read(prose / revisions.NAME), facts)
    return replace(beside, pages={**beside.pages, **policies})


def lacking(
    quarter: Quarter,
    tables: Mapping[str, pd.DataFrame],
    prose: Path,
    published: Path = SITE,
) -> list[Problem]:
    """Return why an edition may not be released: policies nobody wrote, changes nobody logged."""
    arranged = {name: FRAMES[name].arrange(table) for name, table in tables.items()}
    return [
        *imprint.gaps(imprint.read(prose / imprint.NAME)),
        *_unlogged(quarter, arranged, prose, published / str(quarter)),
    ]


def _unlogged(
    quarter: Quarter, tables: Mapping[str, pd.DataFrame], prose: Path, published: Path
) -> list[Problem]:
    """Return what changed since the edition was published and is not in the log of revisions."""
    if not published.exists():
        return []
    before = editions.read(published)
    if not before.released:
        return []
    changed = figures.changed(before.tables, tables)
    entries = revisions.read(prose / revisions.NAME)
    return list(revisions.unlogged(changed, entries, quarter=str(quarter), replaces=before.digest))


def publish(folders: Sequence[Path], *, to: Path, prose: Path, now: datetime) -> site.Release:
    """Put built editions into the site at their addresses; return it.

    Raises `ReleaseError` for one that is under embargo, and for one in which a published figure
    changed that the log of revisions does not name.
    """
    built = [editions.read(folder) for folder in folders]
    faults = [fault for one in built for fault in _faults(one, prose, to, now)]
    if faults:
        raise ReleaseError("these editions cannot be published", faults)
    return site.gather(built, to, imprint.read(prose / imprint.NAME))


def _faults(one: editions.Built, prose: Path, to: Path, now: datetime) -> list[Problem]:
    early = bool(one.released) and datetime.fromisoformat(one.released) > now
    embargo = [Problem(one.quarter.label, "under embargo", f"not before {one.released}")]
    return [
        *(embargo if early else []),
        *_unlogged(one.quarter, one.tables, prose, to / str(one.quarter)),
    ]


def compared(before: str, after: str, builds: Path) -> editions.Difference:
    """Return what differs between two editions, each a folder or a quarter built in `builds`."""
    return editions.difference(*(editions.read(folder(name, builds)) for name in (before, after)))


def page_of_changes(found: editions.Difference, prose: Path) -> str:
    """Return the page of what differs between two editions."""
    status = " ".join(imprint.read(prose / imprint.NAME).status.split())
    return site.changes(found, status=status)


def folder(name: str, builds: Path) -> Path:
    """Return the folder of an edition that is named by its folder or its quarter."""
    return Path(name) if Path(name).is_dir() else builds / str(Quarter.parse(name))
