"""How two framework years differ, in sentences: how much, and how that is known."""

from oversight_lib.periods import FrameworkYear
from oversight_lib.report.bound import listed
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.numbers import count, out_of, rule
from oversight_lib.report.sentences import say
from oversight_lib.report.two_years import TwoYears
from oversight_lib.rules.model import Framework
from oversight_lib.rules.unknowns import unknowns


def two_years(page: TwoYears) -> Fragment:
    """Return by which rules the edition is made, how many subjects differ, what is not known."""
    differ, alike = len(page.differences), len(page.alike)
    years = f"{page.old.year} and {page.new.year}"
    at = rule("differing", years), rule("subjects", years)
    lacking = [(framework, len(unknowns(framework))) for framework in (page.old, page.new)]
    lacks = [
        say("rules.lacks", number=_lacking(many, framework), title=framework.title)
        for framework, many in lacking
        if many
    ]
    return paragraphs(
        say(
            "rules.is",
            judged_by=page.judged_by.title,
            old=_label(page.old),
            new=_label(page.new),
            of=out_of(differ, differ + alike, "subject", at),
        ),
        say("rules.how_known"),
        say("rules.lacking", lacks=listed(lacks)) if lacks else "",
    )


def _lacking(many: int, framework: Framework) -> str:
    at = rule("unknown", framework.year)
    return count(many, "number or list", at, "numbers and lists")


def _label(framework: Framework) -> str:
    return FrameworkYear.parse(framework.year).label
