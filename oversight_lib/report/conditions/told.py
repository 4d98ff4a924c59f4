"""What a condition that holds knows to say about a trust, in words by name."""

from collections.abc import Callable, Mapping
from typing import Any

from oversight_lib.frames import SEGMENTS
from oversight_lib.report import formats
from oversight_lib.report import metrics as of_metrics
from oversight_lib.report.conditions.holds import ages, gaps
from oversight_lib.report.views import View


def _segments_told(page: View, _: Any) -> dict[str, str]:
    mine = page.trust
    told = {which: formats.whole(mine[which]) for which in ("unadjusted", "adjusted", "final")}
    return {**told, "capped": str(page.framework.adjustment[0].not_better_than)}


def _cut_told(page: View, _: Any) -> dict[str, str]:
    boundary = int(str(gaps(page).iloc[0].idxmin()))
    average = formats.average(page.trust["average"])
    return {"average": average, "cut": f"{boundary} and {boundary + 1}"}


def _missing_told(page: View, condition: Any) -> dict[str, str]:
    number = int(of_metrics.missing(page, condition.share).iloc[0])
    return {"missing": formats.count(number, "metric"), "is_missing": formats.are(number)}


def _age_told(page: View, _: Any) -> dict[str, str]:
    oldest = of_metrics.oldest(page)[0]
    return {"oldest": oldest.label if oldest else "", "age": str(ages(page).iloc[0])}


def _missed_told(page: View, _: Any) -> dict[str, str]:
    number = int(of_metrics.missed(page).iloc[0])
    does = "does" if number == 1 else "do"
    return {"missed": formats.count(number, "metric"), "does_miss": does}


def _domains_told(page: View, condition: Any) -> dict[str, str]:
    segments = page.each("domain segments", _domain_segments, SEGMENTS).get(page.code, {})
    wanted = getattr(condition, "segment", None)
    inside = [
        name.lower() for domain, name in page.domain_names.items() if segments.get(domain) == wanted
    ]
    return {
        "best": formats.whole(min(segments.values(), default=None)),
        "lowest": formats.whole(max(segments.values(), default=None)),
        "domains": formats.listed(inside),
    }


def _domain_segments(page: View) -> dict[str, dict[str, int]]:
    """Return, by trust compared, the segment of each domain that has one."""
    known = page.domains.dropna(subset=["unadjusted"])
    segments: dict[str, dict[str, int]] = {}
    for org, scope, segment in zip(known["org"], known["scope"], known["unadjusted"], strict=True):
        segments.setdefault(str(org), {})[str(scope)] = int(segment)
    return segments


TOLD: Mapping[str, Callable[[View, Any], dict[str, str]]] = {
    "segment_is": _segments_told,
    "segment_unknown": _segments_told,
    "override_bites": _segments_told,
    "near_cut": _cut_told,
    "metrics_missing": _missing_told,
    "period_older": _age_told,
    "standards_missed": _missed_told,
    "domains_apart": _domains_told,
    "domain_in": _domains_told,
}
"""By the condition's kind: words by name, for the sentences on a trust's page."""
