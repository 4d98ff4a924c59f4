"""Where the figures stand that a condition looks at: table, row and column."""

from typing import Any

from oversight_lib.frames import OVERALL
from oversight_lib.report import formats
from oversight_lib.report.views import View

_PLACES = {
    "override_bites": ("segments", "override"),
    "near_cut": ("segments", "average"),
    "metrics_missing": ("scores", "metric"),
    "all_metrics": ("scores", "metric"),
    "period_older": ("scores", "period"),
    "standards_missed": ("scores", "score"),
    "metric_score": ("scores", "score"),
    "domains_apart": ("segments", "unadjusted"),
    "domain_in": ("segments", "unadjusted"),
    "icb_disputed": ("organisations", "icb_disputed"),
}
_OF_THE_WHOLE = ("segment_is", "segment_unknown", "override_bites", "near_cut")
"""Kinds that look at one figure of the whole trust, which is then shown."""


def evidence(page: View, condition: Any, of: str) -> str:
    """Return the figures behind a condition, as `segments: org=RTF, scope=overall: average = 1.74`.

    A trust's figure is named as commentary names it. An area has a count instead; what holds for
    everybody rests on no figure.
    """
    if condition.kind in ("always", "in_quarter"):
        return f"quarter = {page.quarter}"
    which = getattr(condition, "which", "")
    table, column = ("segments", which) if which else _PLACES[condition.kind]
    whole = condition.kind in _OF_THE_WHOLE
    scope = f", scope={OVERALL}" if whole else ""
    if page.kind != "trust":
        return f"{table}: {page.kind}={page.code}{scope}: {column}, {of}"
    shown = f" = {_printed(page, column)}" if whole else ""
    return f"{table}: org={page.code}{scope}: {column}{shown}"


def _printed(page: View, column: str) -> str:
    value = page.trust[column]
    if column == "override":
        return formats.yes_no(value)
    return formats.average(value) if column == "average" else formats.whole(value)
