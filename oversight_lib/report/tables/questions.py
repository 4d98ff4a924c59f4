"""Questions for a board, the summary of what the figures say, and checklists."""

import pandas as pd

from oversight_lib.report import formats
from oversight_lib.report import questions as chosen
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.sentences import say
from oversight_lib.report.tables import cited
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View
from oversight_lib.rules.consequences import Actor

_ACTORS: dict[str, Actor] = {"trust": "provider", "icb": "icb", "region": "region"}


def questions(page: View) -> Table | Fragment:
    """Return the questions a board may ask here, each with why it is asked."""
    asked, bank = chosen.asked(page), chosen.bank(page)
    if bank is None or not asked:
        return notice(_nothing(page, "Questions for the board"))
    return Table(
        say("captions.questions.questions", name=page.name, period=page.period),
        [
            column("Question", [one.question.says for one in asked]),
            cited.prose("Asked because", [formats.sentence(one.because) for one in asked]),
            cited.known([one.question for one in asked], [bank.cited(a.question) for a in asked]),
        ],
        words=True,
    )


def summary(page: View) -> Table | Fragment:
    """Return what the figures say, sorted into alert, advise and assure, each with its evidence."""
    lines, bank = chosen.said(page), chosen.bank(page)
    if bank is None or not lines:
        return notice(_nothing(page, "Summary for a board"))
    names = {level.id: level.name for level in bank.level}
    return Table(
        say("captions.questions.summary", name=page.name, period=page.period),
        [
            column("What the figures say", [line.words for line in lines]),
            cited.prose("Evidence: table, row, column", [line.evidence for line in lines]),
        ],
        pd.Series([names[line.level] for line in lines], dtype="str"),
        words=True,
    )


def checklist(page: View) -> Table | Fragment:
    """Return what the page's kind of body may check, in our words, each with its source."""
    bank = chosen.bank(page)
    items = [i for i in bank.item if i.actor == _ACTORS.get(page.kind)] if bank else []
    if bank is None or not items:
        return notice(_nothing(page, "Checklist"))
    return Table(
        say("captions.questions.checklist", name=page.name),
        [
            cited.said(items, "To check"),
            cited.known(items, [bank.cited(item) for item in items]),
        ],
        pd.Series([item.list for item in items], dtype="str"),
        folded=True,
        words=True,
    )


def _nothing(page: View, what: str) -> str:
    return (
        f"{what}: none for {page.name} in {page.period}, as no trust is loaded or nobody has "
        "written any."
    )
