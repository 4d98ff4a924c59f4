"""The cover of a pack: what whoever takes it to a meeting has to fill in, and for whom it is."""

from collections.abc import Mapping

from oversight_lib.report.links import Kind
from oversight_lib.report.pack.content import Grid, Group, Heading
from oversight_lib.report.views import View

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


def alerts(_: View) -> Grid:
    """Return the three rows in which an author alerts, advises and assures, to fill in."""
    rows = (
        ("Alert: what needs a decision or escalation", BLANK),
        ("Advise: what is being watched", BLANK),
        ("Assure: what is known to be in hand, and on what evidence", BLANK),
    )
    headings = (Heading("For the author"), Heading("Entry"))
    return Grid("", headings, (Group("", rows),))
