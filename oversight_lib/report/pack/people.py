"""What people wrote for a page, as it is printed: theirs, word for word, and marked so."""

from oversight_lib.frames import COMMENTARY
from oversight_lib.report import commentary
from oversight_lib.report.commentary import Remarks
from oversight_lib.report.pack.content import Words
from oversight_lib.report.views import View


def remarks(page: View) -> Words:
    """Return every remark on a page, by section, each signed; nothing if nobody wrote any.

    Markup in them stays as it was typed, and no word of theirs is changed.
    """
    mine = page.assessment.rows(COMMENTARY, kind=[page.kind], code=[page.code or page.kind])
    sections = sorted(set(mine["section"]))
    found = {section: commentary.remarks(page, section) for section in sections}
    return Words(
        tuple(line for section, told in found.items() if told for line in _lines(section, told))
    )


def _lines(section: str, told: Remarks) -> list[str]:
    """Return the paragraphs of one remark, between who it is by and what it leans on."""
    written = [" ".join(part.split()) for part in told.text.split("\n\n") if part.strip()]
    changed = [f"Out of date: {line}." for line in told.changed]
    return [
        f"Commentary on “{section}”, written by {told.author} on {told.date}:",
        *written,
        *changed,
        f"It leans on {'; '.join(told.figures)}.",
    ]
