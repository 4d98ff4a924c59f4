"""Profiles: the averages or domain scores of a page's trusts, beside those they are set among."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from oversight_lib.frames import OVERALL
from oversight_lib.method.rounding import half_up
from oversight_lib.report.views import View


@dataclass(frozen=True)
class Profile:
    """One average, or one domain, of the trusts `mine` among the `crowd`; both rows of SEGMENTS.

    Averages are compared as they are printed. A trust without the score is in neither.
    """

    name: str
    scope: str
    crowd: pd.DataFrame
    mine: pd.DataFrame

    @cached_property
    def median(self) -> float:
        """The median of the crowd, as printed; NaN if there is nobody."""
        return float(half_up(pd.Series([self.crowd["average"].median()])).iloc[0])

    @property
    def nearer(self) -> int:
        """How many of mine are nearer 1, the best score, than the crowd's median."""
        return int((half_up(self.mine["average"]) < self.median).sum())

    @property
    def counted(self) -> int:
        """How many of mine have the score."""
        return len(self.mine)


def domains(page: View) -> list[Profile]:
    """Return a profile a domain: a trust's among its type, an area's among all trusts loaded."""
    kind = str(page.trust["trust_type"]) if page.kind == "trust" else None
    return [
        _profile(page, domain, page.domains, kind=kind, name=name)
        for domain, name in page.domain_names.items()
    ]


def averages(page: View) -> list[Profile]:
    """Return a profile of the average a trust type: the page's trusts among those of their type."""
    return [
        _profile(page, OVERALL, page.everyone, kind=kind, name=name)
        for kind, name in page.type_names.items()
        if page.trusts["trust_type"].eq(kind).any()
    ]


def _profile(page: View, scope: str, rows: pd.DataFrame, *, kind: str | None, name: str) -> Profile:
    of_type = rows["trust_type"].eq(kind) if kind else rows["scope"].notna()
    crowd = rows[rows["scope"].eq(scope) & of_type]
    return Profile(name, scope, crowd, crowd[crowd["org"].isin(page.trusts["org"])])
