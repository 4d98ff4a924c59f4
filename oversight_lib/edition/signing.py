"""Signing an edition: who signed it, what was signed, and whether it may be released."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from oversight_lib.edition import publishing
from oversight_lib.edition.figures import assessment, with_words
from oversight_lib.edition.places import PROSE, WORDS
from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES
from oversight_lib.intake import DATA, commentary
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.press import checkout, release
from oversight_lib.press.edition_facts import EditionFacts


def clear_to_release(
    quarter: Quarter, *, data: Path = DATA, words: Path = WORDS, now: datetime
) -> None:
    """Raise `ReleaseError` with every reason why the edition may not be released now."""
    assessed = with_words(assessment(quarter, data=data), quarter, data=data, words=words)
    lacking = publishing.lacking(quarter, assessed.tables, PROSE)
    offered = replace(candidate(assessed), lacking=lacking)
    release.check(sign_off(quarter, words), offered, now=now)


def sign_off(quarter: Quarter, words: Path = WORDS) -> release.SignOff | None:
    """Return who signed the edition of a quarter; None if nobody did."""
    return release.read(words / str(quarter) / release.NAME)


def candidate(assessed: Assessment) -> release.Candidate:
    """Return what would be released: the digest of all tables, the commit, what is stale."""
    return release.Candidate(
        digest=release.digest(assessed.tables),
        commit=checkout.tree(),
        stale=commentary.stale(assessed.table(COMMENTARY_FIGURES)),
        newest=max(assessed.table(COMMENTARY)["date"], default=""),
    )


def signed(facts: EditionFacts, assessed: Assessment, words: Path) -> EditionFacts:
    """Return the facts with whom to ask and when an edition that was signed may be seen.

    Words that are not committed are no release, though they make no other commit of the code.
    """
    digest = release.digest(assessed.tables)
    whole = replace(facts, commit=checkout.tree())
    told = publishing.as_signed(whole, sign_off(facts.quarter, words), digest, PROSE)
    return replace(told, commit=facts.commit)
