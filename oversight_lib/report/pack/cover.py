"""The cover of a pack: what whoever takes it to a meeting has to fill in, and for whom it is."""

from collections.abc import Mapping

from oversight_lib.report import questions
from oversight_lib.report.links import Kind
from oversight_lib.report.pack.content import Grid, Group, Heading
from oversight_lib.report.views import View
from oversight_lib.rules.questions import Level

BLANK = "[to be completed]"
"""What stands where a person has to write; nothing else in a pack stands in square brackets."""

STATUS = "Independent; not a publication of NHS England; not official statistics"
"""The line that every page of a pack carries."""

_BODIES: Mapping[Kind, str] = {
    "trust": "the trust’s board",
    "icb": "the board of the ICB",
    "region": "the regional team",
    "england": "a national meeting",
}

_LEVELS: Mapping[Level, str] = {
    "alert": "Alert: to decide or escalate",
    "advise": "Advise: to watch",
    "assure": "Assure: in hand, on what evidence",
}
_SILENT = "No line of the bank applies."


def cover(page: View) -> Grid:
    """Return the cover block: meeting, purpose and recommendation to fill in, and the quarter."""
    rows = (
        ("For", f"{_BODIES[page.kind][:1].upper()}{_BODIES[page.kind][1:]}"),
        ("Meeting, date and agenda item", BLANK),
        ("Author and sponsor", BLANK),
        ("Purpose", f"To note, discuss or approve: {BLANK}"),
        ("Recommendation", f"The meeting is asked to {BLANK}"),
        ("Risks on the register that this bears on", BLANK),
        ("Figures", f"{page.framework.title}, {page.period}, as published by NHS England"),
    )
    headings = (Heading("About this paper"), Heading("Entry"))
    return Grid("", headings, (Group("", rows),))


def alerts(page: View) -> Grid:
    """Return what the figures say by level, beside where an author alerts, advises and assures."""
    lines = [(one.level, one.words) for one in questions.said(page)]
    rows = tuple(
        (name, " ".join(words for at, words in lines if at == level) or _SILENT, BLANK)
        for level, name in _LEVELS.items()
    )
    headings = (Heading("Level"), Heading("What the figures say"), Heading("The author’s words"))
    return Grid("", headings, (Group("", rows),))
