"""Whether a condition of the question bank holds for a page, for whom, and by which figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from oversight_lib.report import formats
from oversight_lib.report.conditions.evidence import evidence
from oversight_lib.report.conditions.holds import HOLDS
from oversight_lib.report.conditions.told import TOLD
from oversight_lib.report.views import View
from oversight_lib.rules.questions import Condition

__all__ = ["Found", "found"]


@dataclass(frozen=True, slots=True)
class Found:
    """That a condition holds: for how many of the page's trusts, with what to say and to show.

    `facts` are words by name, for the sentences of the bank; `evidence` names the table, the row
    and the column they stand in.
    """

    holds_for: int
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""


def found(page: View, condition: Condition) -> Found | None:
    """Return what there is to say if a condition holds for a trust of the page; else None."""
    if not page.orgs:
        return None
    holds = page.once(("holds", condition), lambda: _holding(page, condition))
    number = len(holds & page.orgs)
    if not number:
        return None
    facts = {"quarter": page.period, **_counted(page, number), **_bound(condition)}
    if page.kind == "trust" and condition.kind in TOLD:
        facts |= TOLD[condition.kind](page, condition)
    return Found(number, facts, evidence(page, condition, facts["of"]))


def _holding(page: View, condition: Condition) -> frozenset[str]:
    """Return of which trusts of the whole assessment a condition holds; missing is no."""
    every = replace(page, kind="england", code="", name="England", register=page.everyone)
    flags = HOLDS[condition.kind](every, condition).astype("boolean").fillna(False)
    return frozenset(every.trusts.loc[flags.astype(bool), "org"])


def _bound(condition: Condition) -> dict[str, str]:
    within = getattr(condition, "within", None)
    return {} if within is None else {"within": formats.average(within)}


def _counted(page: View, number: int) -> dict[str, str]:
    return {
        "of": formats.out_of(number, len(page.trusts), "trust"),
        "are": formats.are(number),
        "miss": "misses" if number == 1 else "miss",
    }
