"""Whether a condition of the question bank holds for a page, for whom, and by which figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from oversight_lib.frames import OBSERVATIONS, SCORES, SEGMENTS
from oversight_lib.report import formats
from oversight_lib.report.conditions.evidence import evidence
from oversight_lib.report.conditions.holds import HOLDS, OF_THE_TYPE
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
    number = len(_holding_here(page, condition))
    if not number:
        return None
    facts = {"quarter": page.period, **_counted(page, number), **_bound(condition)}
    if page.kind == "trust" and condition.kind in TOLD:
        facts |= TOLD[condition.kind](page, condition)
    return Found(number, facts, evidence(page, condition, facts["of"]))


def _holding_here(page: View, condition: Condition) -> Mapping[str, bool]:
    """Return of which of the page's trusts a condition holds, each with yes."""
    made = partial(_holding, condition=condition)
    if condition.kind in OF_THE_TYPE:
        every = page.once(("holds", condition), made)
        return {org: True for org in page.orgs if org in every}
    return page.each(("holds", condition), made, SEGMENTS, SCORES, OBSERVATIONS)


def _holding(every: View, condition: Condition) -> Mapping[str, bool]:
    """Return of which trusts compared a condition holds, each with yes; missing is no."""
    flags = HOLDS[condition.kind](every, condition).astype("boolean").fillna(False)
    return dict.fromkeys(every.trusts.loc[flags.astype(bool), "org"], True)


def _bound(condition: Condition) -> dict[str, str]:
    within = getattr(condition, "within", None)
    return {} if within is None else {"within": formats.average(within)}


def _counted(page: View, number: int) -> dict[str, str]:
    return {
        "of": formats.out_of(number, len(page.trusts), "trust"),
        "are": formats.are(number),
        "miss": "misses" if number == 1 else "miss",
    }
