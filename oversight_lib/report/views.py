"""What one page is about: a slice of an assessment, beside everything it is compared with."""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, TypeVar, cast

import pandas as pd

from oversight_lib.frames import FINDINGS, OVERALL, SCORES, SEGMENTS, Frame
from oversight_lib.method import reading
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.report.links import Kind
from oversight_lib.rules.model import Framework

T = TypeVar("T")

_ORDER = ["trust_type", "adjusted", "rank", "name", "org"]


@dataclass(frozen=True)
class View:
    """What one page is about.

    `register` holds every trust there is under this heading, as ORGANISATIONS, whether the
    assessment has it or not: that is how a page knows what is not loaded. A page `of_type`, as a
    trust's is, is set among the trusts of that type; the others among all.
    """

    kind: Kind
    code: str
    name: str
    assessment: Assessment
    framework: Framework
    register: pd.DataFrame
    of_type: str | None = None

    @cached_property
    def quarter(self) -> Quarter:
        """The quarter of the assessment."""
        return self.assessment.quarter

    @property
    def here(self) -> dict[str, str]:
        """Which rows of a table the page is about: nothing to say for England."""
        column = {"england": "", "trust": "org"}.get(self.kind, self.kind)
        return {column: self.code} if column else {}

    @property
    def period(self) -> str:
        """The quarter as it is printed, kept on one line."""
        return self.quarter.label.replace(" ", "\N{NO-BREAK SPACE}")

    @cached_property
    def type_names(self) -> dict[str, str]:
        """The name of every trust type by its identifier, in the order of the rules."""
        return {kind.id: kind.name for kind in self.framework.trust_type}

    @cached_property
    def domain_names(self) -> dict[str, str]:
        """The name of every domain by its identifier, in the order of the rules."""
        return {domain.id: domain.name for domain in self.framework.domain}

    @cached_property
    def types_loaded(self) -> list[str]:
        """The trust types of which the assessment has any trust, in the order of the rules."""
        loaded = self.once("types", lambda page: {*page.assessment.organisations["trust_type"]})
        return [kind for kind in self.type_names if kind in loaded]

    @cached_property
    def compared(self) -> list[str]:
        """The codes of the trusts the page's are compared with: those of its type, or everybody."""
        every = self.assessment.organisations
        return list(
            every["org"]
            if self.of_type is None
            else every["org"][every["trust_type"] == self.of_type]
        )

    def among(self, frame: Frame) -> pd.DataFrame:
        """Return the rows of a table of trusts that are about those the page is compared with."""
        if self.of_type is None:
            return self.assessment.table(frame)
        return self.assessment.rows(frame, org=self.compared)

    @cached_property
    def everyone(self) -> pd.DataFrame:
        """The overall segment of every trust the page is compared with, beside who it is."""
        return self.once("everyone", View._everyone)

    def _everyone(self) -> pd.DataFrame:
        segments = self.among(SEGMENTS)
        return self._named(segments[segments["scope"] == OVERALL]).sort_values(
            _ORDER, ignore_index=True
        )

    @cached_property
    def trusts(self) -> pd.DataFrame:
        """The rows of `everyone` that this page is about, by type and place in the league."""
        return self.mine(self.everyone, "everyone")

    @cached_property
    def trust(self) -> "pd.Series[Any]":
        """The row of `trusts` of a trust's page."""
        return self.trusts.iloc[0]

    @cached_property
    def orgs(self) -> frozenset[str]:
        """The codes of the trusts this page is about."""
        return frozenset(self.trusts["org"])

    @cached_property
    def domains(self) -> pd.DataFrame:
        """The segments per domain of every trust compared, with its type and name."""
        return self.once("domains", View._domains)

    def _domains(self) -> pd.DataFrame:
        segments = self.among(SEGMENTS)
        return self._named(segments[segments["scope"] != OVERALL])

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.merge(
            self.assessment.organisations, on="org", how="left", validate="many_to_one"
        )

    @cached_property
    def own_domains(self) -> pd.DataFrame:
        """The rows of `domains` that this page is about."""
        return self.mine(self.domains, "domains")

    @property
    def scores(self) -> pd.DataFrame:
        """The metric scores of the trusts this page is about."""
        return self.further(SCORES)

    def further(self, frame: Frame) -> pd.DataFrame:
        """Return the rows of a table of trusts that this page is about; none if it was not made."""
        key = ("further", frame.name)
        if key not in self.kept:
            self.kept[key] = self._further(frame)
        return cast(pd.DataFrame, self.kept[key])

    def _further(self, frame: Frame) -> pd.DataFrame:
        if self.kind == "england":
            return self.among(frame)
        return self.assessment.rows(frame, org=self._orgs)

    def records(self, frame: Frame) -> list[dict[Hashable, Any]]:
        """Return the rows of a table that a trust's page is about, as plain rows."""
        return self.assessment.records(frame, org=self.code)

    def once(self, key: object, make: Callable[["View"], T]) -> T:
        """Return what is made of everybody compared, which is the same on every page like it.

        `make` is given a page of them all, which has asked for nothing yet.
        """
        value, reads = self._made((self.of_type, key), make)
        # Whoever takes what another page worked out depends on what that page read for it.
        reading.again(reads)
        return value

    def each(
        self, key: object, make: Callable[["View"], Mapping[str, T]], *of: Frame
    ) -> dict[str, T]:
        """Return what is made of each of the page's trusts, by code; of everybody's in one go.

        `make` may look at nothing of one trust for another: the page then depends on the rows of
        its own trusts in the tables it is made `of`, whoever else was worked out beside them.
        """
        names = [frame.name for frame in of]
        every, rest = self._made(
            ("each", self.of_type, key), lambda page: _beside(names, page, make)
        )[0]
        reading.again(rest)
        for name in names:
            reading.note(name, self._ours)
        return {org: every[org] for org in self._orgs if org in every}

    @property
    def _widened(self) -> "View":
        """The page of everybody that this page's trusts are compared with."""
        return replace(self, kind="england", code="", name="England")

    def _made(self, key: object, make: Callable[["View"], T]) -> tuple[T, frozenset[str]]:
        kept = self.assessment.kept
        if key not in kept:
            kept[key] = reading.gathered(partial(make, self._widened))
        return cast(tuple[T, frozenset[str]], kept[key])

    @cached_property
    def absent(self) -> pd.DataFrame:
        """The trusts of the register that are not loaded."""
        every = self.once("loaded", lambda page: frozenset(page.assessment.organisations["org"]))
        loaded = self.register["org"].map(every.__contains__)
        return self.register[~loaded].sort_values(["trust_type", "name"], ignore_index=True)

    @cached_property
    def kept(self) -> dict[object, object]:
        """What was worked out for this page and is needed again, by whoever worked it out."""
        return {}

    @cached_property
    def findings(self) -> dict[tuple[str, str], dict[Hashable, Any]]:
        """What is found about whom the page is about, by kind and item: rows of FINDINGS."""
        rows = self.assessment.records(FINDINGS, page=self.kind, code=self.code or self.kind)
        return {(str(row["kind"]), str(row["item"])): row for row in rows}

    def finding(self, kind: str, item: str = "all") -> dict[Hashable, Any] | None:
        """Return what is found of a kind; None if nothing is."""
        return self.findings.get((kind, item))

    def segment_counts(self, by: str, *, of: str = "adjusted") -> pd.DataFrame:
        """Return how many trusts of the page are in each segment, one row a value of `by`."""
        segments = range(1, self.framework.segments + 1)
        table = pd.crosstab(self.trusts[by], self.trusts[of].astype("Int64"))
        return table.reindex(columns=list(segments), fill_value=0)

    @cached_property
    def overridden(self) -> pd.DataFrame:
        """The trusts of the page whose segment the override changed."""
        return self.trusts[self.trusts["adjusted"].ne(self.trusts["unadjusted"]).fillna(False)]

    def mine(self, rows: pd.DataFrame, name: str) -> pd.DataFrame:
        """Return the rows of a table of those compared, by its name, that the page is about."""
        if self.kind == "england":
            return rows
        places = self.once(("places", name), lambda _: dict(rows.groupby("org").indices))
        mine = sorted(place for org in self._orgs for place in places.get(org, ()))
        return rows.take(mine).reset_index(drop=True)

    @cached_property
    def _orgs(self) -> list[str]:
        if self.kind in ("england", "trust"):
            return [self.code] if self.code else self.compared
        mine = self.assessment.organisations
        return list(mine.loc[mine[self.kind] == self.code, "org"])

    @cached_property
    def _ours(self) -> dict[str, list[str]]:
        """Which rows of a table of trusts are the page's: by their column `org`; all, by none."""
        whole = self.kind == "england" and self.of_type is None
        return {} if whole else {"org": self._orgs}


def _beside(
    names: Collection[str], page: View, make: Callable[[View], T]
) -> tuple[T, frozenset[str]]:
    """Return what is made, and what was asked for to make it but for the tables of these names."""
    made, reads = reading.gathered(partial(make, page))
    return made, frozenset(read for read in reads if reading.table(read) not in names)
