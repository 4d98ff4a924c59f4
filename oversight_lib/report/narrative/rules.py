"""How two framework years differ, in sentences: how much, and how that is known."""

from oversight_lib.periods import FrameworkYear
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.two_years import TwoYears
from oversight_lib.rules.model import Framework
from oversight_lib.rules.unknowns import unknowns


def two_years(page: TwoYears) -> Fragment:
    """Return by which rules the edition is made, how many subjects differ, what is not known."""
    differ, alike = len(page.differences), len(page.alike)
    of = formats.out_of(differ, differ + alike, "subject")
    lacking = {framework.title: len(unknowns(framework)) for framework in (page.old, page.new)}
    lacks = [
        f"{formats.count(many, 'number or list', 'numbers and lists')} of {title}"
        for title, many in lacking.items()
        if many
    ]
    return paragraphs(
        f"This edition is made by the rules of {page.judged_by.title}. Here the two years "
        f"{_label(page.old)} and {_label(page.new)} stand side by side: they differ on {of}.",
        "Behind each rule stands how it is known: stated by the publisher; proved by computing its "
        "figures again; consistent with what it publishes; said by others only; contradictory; or "
        "not known.",
        f"Not known: {formats.listed(lacks)}. Nobody is put into a segment by a rule whose number "
        "is not known, and nothing is guessed." if lacks else "",
    )  # fmt: skip


def _label(framework: Framework) -> str:
    return FrameworkYear.parse(framework.year).label
