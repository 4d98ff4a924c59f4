"""Tables of what can be broken down by groups of people and what cannot, and Core20PLUS5."""

from collections.abc import Iterable

import pandas as pd

from oversight_lib import frames
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.inequalities import gradients, whole_areas
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View
from oversight_lib.rules.core20plus5 import Part, core20plus5
from oversight_lib.rules.coverage import DIMENSIONS, load_coverage


def coverage(page: View) -> Table | Fragment:
    """Return, for every metric, whether a public breakdown was found, and its series."""
    found = load_coverage(page.quarter.year)
    if found is None:
        return notice(
            f"Breakdowns of the metrics of {page.framework.title}: {formats.Absent.NOT_LOADED}."
        )
    metrics = page.framework.metric
    series = [found.of(metric.id) for metric in metrics]
    domains = pd.Series([page.domain_names[metric.domain] for metric in metrics])
    return Table(
        say("captions.coverage.coverage", framework=page.framework.title),
        [
            column("Metric", [f"{metric.short} ({metric.id})" for metric in metrics]),
            *(
                column(name.capitalize(), [getattr(one, name) for one in series])
                for name in DIMENSIONS
            ),
            column("Series", [one.title for one in series], hrefs=[one.page for one in series]),
        ],
        domains,
    )


def coverage_evidence(page: View) -> Table | Fragment:
    """Return, for every series behind the metrics, what was read of its breakdowns, and where."""
    found = load_coverage(page.quarter.year)
    if found is None:
        return notice(f"Evidence on breakdowns: {formats.Absent.NOT_LOADED}.")
    pages = [one.evidence_page for one in found.series]
    return Table(
        say("captions.coverage.coverage_evidence", framework=page.framework.title),
        [
            column("Series", [f"{one.title} ({one.publisher})" for one in found.series]),
            column("Metrics", [_metrics(page, one.metrics) for one in found.series]),
            column("What was read", [formats.sentence(one.evidence) for one in found.series]),
            column("Where", ["page read" if address else "nothing read" for address in pages],
                   hrefs=pages),
        ],
        folded=True,
    )  # fmt: skip


def _metrics(page: View, identifiers: Iterable[str]) -> str:
    shorts = {metric.id: metric.short for metric in page.framework.metric}
    return "; ".join(shorts.get(metric, metric) for metric in identifiers)


def approach(page: View) -> Table:
    """Return the parts of Core20PLUS5: what the page's area shows of each, and why not the rest."""
    whole = core20plus5()
    parts = whole.part
    return Table(
        say("captions.coverage.approach", name=page.name),
        [
            column("Part", [part.name for part in parts],
                   hrefs=[whole.source_of(part).url for part in parts]),
            column("What it is about", [formats.sentence(part.what) for part in parts]),
            column("What is shown", [_shown(page, part) for part in parts]),
            column("Why no more", [formats.sentence(part.why_not) if part.why_not else
                                   str(formats.Absent.NOT_APPLICABLE) for part in parts]),
        ],
        pd.Series([part.group for part in parts]),
        folded=page.kind != "england",
    )  # fmt: skip


def _shown(page: View, part: Part) -> str:
    if not part.shown:
        return "nothing"
    figures = [words for measure in part.measures if (words := _figure(page, measure))]
    return " ".join([formats.sentence(part.shown), *figures])


def _figure(page: View, measure: str) -> str:
    """Return what is known of one measure for the page's area, with unit and period."""
    for gradient in gradients(page):
        if gradient.indicator.name == measure:
            return (
                f"{gradient.indicator['short']}, {formats.period(gradient.period)}: "
                f"{formats.number(gradient.most, 1)}% in the most deprived {gradient.groups}."
            )
    rows = whole_areas(page)
    mine = rows[rows["measure"] == measure]
    if mine.empty:
        return ""
    row = mine.iloc[0]
    return f"{row['name']}, {row['period']}: {formats.number(row['value'], 1)}%."


def inequality_sources(page: View) -> Table | Fragment:
    """Return the published files behind what the page says of inequality."""
    rows = page.assessment.table(frames.INEQUALITY_SOURCES)
    if rows.empty:
        return notice(f"Tables about inequality: {formats.Absent.NOT_LOADED}.")
    return Table(
        say("captions.coverage.inequality_sources", name=page.name),
        [
            column("Publication", rows["publication"], hrefs=rows["page"]),
            column("Publisher", rows["publisher"]),
            column("Period", rows["period"]),
            column("Licence", rows["licence"]),
            column("Note", rows["note"].map(formats.text)),
        ],
        rows["title"],
        folded=True,
    )
