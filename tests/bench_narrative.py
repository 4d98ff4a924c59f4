"""How long the sentences of 250 pages take, their charts and figures being there.

Run as `python -m tests.bench_narrative`.
"""

import sys
import time

from oversight_lib import report
from oversight_lib.report import narrative, systems
from oversight_lib.report.inequalities import gradients
from tests.report.approved import sections
from tests.report.pages import QUARTERS, opened, register

LIMIT = 2.0
"""Seconds on one core."""

PAGES = 250


def views():
    """As many pages as an edition has: one quarter's, and some of another's."""
    for quarter in (QUARTERS[0], QUARTERS[-1]):
        assessment, every = opened(quarter), register(quarter)
        yield report.england(assessment, every)
        for kind in ("region", "icb"):
            for code in sorted(every[kind].unique()):
                yield getattr(report, kind)(assessment, every, code)
        for code in assessment.organisations["org"]:
            yield report.trust(assessment, code)


def prepared():
    """The pages with what their sentences and their pictures share: charts, gradients."""
    pages = [page for page, _ in zip(views(), range(PAGES), strict=False)]
    for page in pages:
        gradients(page)
        for measure in ("ae-4-hour", "ae-admission-waits"):
            if page.kind in ("england", "icb"):
                systems.charted(page, measure)
    return pages


def bench():
    """Print and return the seconds of processor time."""
    pages = prepared()
    templates = {kind: list(sections(kind)) for kind in ("england", "region", "icb", "trust")}
    start, paragraphs = time.process_time(), 0
    for page in pages:
        for _, calls in templates[page.kind]:
            for call, args in calls:
                paragraphs += len(getattr(narrative, call)(page, *args).paragraphs)
    seconds = time.process_time() - start
    sys.stdout.write(
        f"sentences: {len(pages)} pages, {paragraphs} paragraphs: {seconds:.2f} s (limit {LIMIT})\n"
    )
    return seconds


if __name__ == "__main__":
    bench()
