"""Tables of the rules themselves: what two years say, what is not known, and the metrics."""

from oversight_lib.periods import FrameworkYear
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.metrics import standard
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.two_years import TwoYears
from oversight_lib.rules.base import Evidence
from oversight_lib.rules.model import Framework
from oversight_lib.rules.unknowns import unknowns

EVIDENCE: dict[Evidence, str] = {
    "manual": "stated by the publisher",
    "data": "proved by computing its figures again",
    "inferred": "consistent with what it publishes",
    "secondary": "said by others only",
    "unconfirmed": "contradictory",
    "unknown": "not known",
}
"""How a rule is known, in the words of the page."""

_SCORED = {
    "rank": "by rank",
    "standard": "by a national standard",
    "floor": "by a floor",
    "bands": "from a table",
    "category": "from a table",
    "matrix": "from a table of two scores",
}


def rules_that_differ(page: TwoYears) -> Table | Fragment:
    """Return every subject of which the two years say something else, with how that is known."""
    rows = page.differences
    if not rows:
        return notice(f"{page.old.title} and {page.new.title} say the same.")
    return Table(
        say("captions.rules.rules_that_differ", old=page.old.title, new=page.new.title),
        [
            column("Subject", [row.subject for row in rows]),
            _says(page.old, [(row.old, row.old_evidence) for row in rows]),
            _says(page.new, [(row.new, row.new_evidence) for row in rows]),
        ],
    )


def rules_alike(page: TwoYears) -> Table | Fragment:
    """Return every subject of which the two years say the same."""
    rows = page.alike
    if not rows:
        return notice("There is no subject of which the two years say the same.")
    return Table(
        say("captions.rules.rules_alike", old=page.old.title, new=page.new.title),
        [
            column("Subject", [row.subject for row in rows]),
            _says(page.old, [(row.says, row.evidence) for row in rows]),
        ],
    )


def rules_not_known(page: TwoYears) -> Table | Fragment:
    """Return what each year's rule set does not know, and where it is published."""
    found = [(framework, problem) for framework in (page.old, page.new)
             for problem in unknowns(framework)]  # fmt: skip
    if not found:
        return notice("Every number of these rule sets is known.")
    frameworks, problems = zip(*found, strict=True)
    return Table(
        say("captions.rules.rules_not_known"),
        [
            column("What is not known", [formats.sentence(p.where) for p in problems]),
            Column("Where it stands", column("", [_where(p.what) for p in problems]).texts,
                   prose=True),
        ],
        column("", [framework.title for framework in frameworks]).texts,
        folded=True,
    )  # fmt: skip


def metrics_scored(page: TwoYears) -> Table | Fragment:
    """Return the metrics of the edition's own year, with their full names and how they score."""
    framework = page.judged_by
    if not framework.metric:
        return notice(f"The metrics of {framework.title}: not known.")
    domains = {domain.id: domain.name for domain in framework.domain}
    rows = sorted(framework.metric, key=lambda metric: list(domains).index(metric.domain))
    return Table(
        say("captions.rules.metrics_scored", framework=framework.title),
        [
            column("Short name", [metric.short for metric in rows]),
            Column("Full name", column("", [metric.name for metric in rows]).texts, prose=True),
            column("Identifier", [metric.id for metric in rows]),
            column("Unit", [formats.unit(metric.unit) for metric in rows]),
            column("Best is", [_BEST[metric.better] for metric in rows]),
            column("Scored", [_SCORED[metric.scoring.kind] for metric in rows]),
            column("Standard", [standard(metric) for metric in rows]),
            column("Weight", [formats.weight(metric.weight) for metric in rows], number=True),
        ],
        column("", [domains[metric.domain] for metric in rows]).texts,
        tools=True,
    )  # fmt: skip


_BEST = {"higher": "the highest", "lower": "the lowest", "none": formats.Absent.NOT_APPLICABLE}


def _says(framework: Framework, said: list[tuple[str, Evidence]]) -> Column:
    """Return what a year says, each with how that is known in brackets."""
    year = FrameworkYear.parse(framework.year).label
    texts = [
        formats.sentence(words)
        if evidence == "unknown"
        else f"{formats.sentence(words)} ({formats.sentence(EVIDENCE[evidence])})"
        for words, evidence in said
    ]
    return Column(f"In {year}", column("", texts).texts, prose=True)


def _where(what: str) -> str:
    """Return the page a number is published on, without the words before it."""
    return formats.sentence(what.split("published in ", 1)[-1])
