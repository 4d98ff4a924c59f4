"""The pages of an edition about the edition: status, policies, and the log of revisions."""

from collections.abc import Mapping, Sequence
from html import escape

from oversight_lib.press.downloads.markup import table
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.editions.revisions import Entry
from oversight_lib.press.imprint.model import Imprint

STATUS, REVISIONS, CONFIDENTIALITY, ACCESSIBILITY = (
    "status", "revisions", "confidentiality", "accessibility"
)  # fmt: skip
PAGES = (STATUS, REVISIONS, CONFIDENTIALITY, ACCESSIBILITY)
"""The pages about policies; `book/_toc.yml` says where they stand."""

_UNWRITTEN = "*Not written yet. No edition is released without it.*"
_KINDS = {
    "correction": "Correction: what was published was wrong",
    "scheduled": "Scheduled revision: newer figures, as announced",
    "method": "Change of method",
}


def pages(imprint: Imprint, entries: Sequence[Entry], edition: EditionFacts) -> Mapping[str, str]:
    """Return the Markdown of the pages about status and policies, by their names."""
    return {
        STATUS: _status(imprint, edition),
        REVISIONS: _revisions(imprint, entries),
        CONFIDENTIALITY: _one("Confidentiality", imprint.confidentiality),
        ACCESSIBILITY: _one("Accessibility statement", imprint.accessibility),
    }


def _status(imprint: Imprint, edition: EditionFacts) -> str:
    when = edition.released or "not released; a draft"
    rows = [
        ("Publisher", imprint.publisher or "not recorded"),
        ("Contact", imprint.contact or "not recorded"),
        ("Code", imprint.repository or "not recorded"),
        ("This edition", f"{edition.quarter.label}, {when}"),
        ("Commit", edition.commit),
    ]
    return "\n".join([
        "# Status and contact\n",
        f"{_said(imprint.status)}\n",
        table("Who stands behind this edition", ("What", "Entry"), rows),
        "\n## Release practice\n",
        f"{_said(imprint.release_practice)}\n",
    ])  # fmt: skip


def _revisions(imprint: Imprint, entries: Sequence[Entry]) -> str:
    return "\n".join([
        "# Revisions and corrections\n",
        f"{_said(imprint.revisions)}\n",
        "## Log\n",
        _log(entries),
    ])  # fmt: skip


def _log(entries: Sequence[Entry]) -> str:
    if not entries:
        return "No published figure has been revised or corrected.\n"
    newest = sorted(entries, key=lambda entry: (entry.date, entry.quarter), reverse=True)
    rows = [
        (
            entry.date.isoformat(),
            str(entry.quarter),
            _KINDS[entry.kind],
            f"{entry.what} ({entry.figures:,} figures, {entry.covers})",
            entry.why,
            entry.size,
            entry.pages,
        )
        for entry in newest
    ]
    headings = ("Date", "Edition", "Kind", "What", "Why", "Size", "Pages")
    return table("Revisions and corrections, newest first", headings, rows, classes="figures words")


def _one(title: str, words: str) -> str:
    return f"# {title}\n\n{_said(words)}\n"


def _said(words: str) -> str:
    """Return a policy's paragraphs, in which HTML is text."""
    return escape(words.strip(), quote=False) or _UNWRITTEN
