"""Tables that let a reader check: the cut points, and the back-test against what was published."""

import pandas as pd

from oversight_lib.frames import OVERALL
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View


def cuts(page: View) -> Table:
    """Return where segments end, overall and per domain."""
    rows = page.assessment.cuts
    names = {OVERALL: "Average score", **page.domain_names}
    ordered = rows.assign(order=rows["scope"].map({name: i for i, name in enumerate(names)}))
    rows = ordered.sort_values(["order", "boundary"], ignore_index=True)
    ends = rows["boundary"].map(lambda k: f"Segments {k} and {k + 1}")
    return Table(
        say("captions.evidence.cuts", period=page.period),
        [
            column("Between", ends),
            column("Highest score in the first", rows["low"].map(formats.average), number=True),
            column("Lowest score in the second", rows["high"].map(formats.average), number=True),
            column("How the cut is known", rows["method"]),
            column("Scores at hand", rows["pool_size"].map(formats.whole), number=True),
        ],
        rows["scope"].map(names),
        folded=page.kind in ("trust", "icb"),
    )


def checks(page: View) -> Table:
    """Return the back-test: how many figures were compared, were equal, and lay within."""
    rows = page.assessment.checks
    return Table(
        say("captions.evidence.checks", period=page.period),
        [
            column("Compared for", _subjects(page, rows["subject"])),
            column("Figures", rows["compared"].map(formats.whole), number=True),
            column("Equal", rows["equal"].map(formats.whole), number=True),
            column("Within tolerance", rows["within"].map(formats.whole), number=True),
            column("Tolerance", rows["tolerance"].map(_tolerance), number=True),
            column("May lie outside", rows["allowed"].map(formats.whole), number=True),
            column("Passes", rows["passes"].map(formats.yes_no)),
        ],
        rows["check"].map(formats.sentence).str.removesuffix("."),
    )


def causes(page: View) -> Table | Fragment:
    """Return how many figures differ from the published ones, by check and cause."""
    rows = page.assessment.backtest
    if rows.empty:
        return notice(f"No figure of {page.period} differs from the published one.")
    counts = (
        rows.assign(cause=rows["cause"].fillna("not known"))
        .groupby(["check", "cause"])
        .agg(figures=("org", "size"), largest=("difference", lambda gaps: gaps.abs().max()))
        .reset_index()
    )
    return Table(
        say("captions.evidence.causes", period=page.period),
        [
            column("What was compared", counts["check"].map(formats.sentence)),
            column("Figures", counts["figures"].map(formats.whole), number=True),
            column("Largest difference", counts["largest"].map(formats.average), number=True),
            column("Cause", counts["cause"].map(formats.sentence)),
        ],
    )


def differences(page: View) -> Table | Fragment:
    """Return every figure of ours that differs from the published one, with the cause."""
    rows = page.assessment.backtest
    if rows.empty:
        return notice(f"No figure of {page.period} differs from the published one.")
    names = page.assessment.organisations.set_index("org")["name"]
    return Table(
        say("captions.evidence.differences", period=page.period),
        [
            column("Trust", rows["org"].map(names).map(formats.text)),
            column("Compared for", _subjects(page, rows["subject"])),
            column("Published", rows["published"].map(formats.average), number=True),
            column("Ours", rows["computed"].map(formats.average), number=True),
            column("Difference", rows["difference"].map(formats.average), number=True),
            column("Cause", rows["cause"].fillna("not known").map(formats.sentence)),
        ],
        rows["check"].map(formats.sentence).str.removesuffix("."),
        folded=True,
    )


def _subjects(page: View, subjects: pd.Series) -> pd.Series:
    """Return what a check is about: a metric by name, a domain by name, or the whole trust."""
    metrics = {metric.id: f"{metric.short} ({metric.id})" for metric in page.framework.metric}
    names = {OVERALL: "Overall", **page.domain_names, **metrics}
    return subjects.map(names).fillna(subjects)


def _tolerance(tolerance: float) -> str:
    return formats.number(tolerance, 4) if tolerance else "none"
