"""What one page is about: a slice of an assessment, beside everything it is compared with."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

import pandas as pd

from oversight_lib.errors import UnknownNameError
from oversight_lib.frames import FINDINGS, ORGANISATIONS, OVERALL, Frame
from oversight_lib.method import reading
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.report.links import Kind
from oversight_lib.rules import load_framework
from oversight_lib.rules.model import Framework

T = TypeVar("T")

_ORDER = ["trust_type", "adjusted", "rank", "name", "org"]


@dataclass(frozen=True)
class View:
    """What one page is about.

    `register` holds every trust there is under this heading, as ORGANISATIONS, whether the
    assessment has it or not: that is how a page knows what is not loaded.
    """

    kind: Kind
    code: str
    name: str
    assessment: Assessment
    framework: Framework
    register: pd.DataFrame

    @property
    def quarter(self) -> Quarter:
        """The quarter of the assessment."""
        return self.once(
            "quarter", lambda: Quarter.parse(str(self.assessment.segments["quarter"].iloc[0]))
        )

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
    def everyone(self) -> pd.DataFrame:
        """The overall segment of every trust of the assessment, beside who the trust is."""
        return self.once(
            "everyone", lambda: self.assessment.overall.sort_values(_ORDER, ignore_index=True)
        )

    @cached_property
    def trusts(self) -> pd.DataFrame:
        """The rows of `everyone` that this page is about, by type and place in the league."""
        return self._mine(self.everyone, "everyone")

    @cached_property
    def orgs(self) -> frozenset[str]:
        """The codes of the trusts this page is about."""
        return frozenset(self.trusts["org"])

    @cached_property
    def domains(self) -> pd.DataFrame:
        """The segments per domain of every trust of the assessment, with its type and name."""
        return self.once("domains", self._domains)

    def _domains(self) -> pd.DataFrame:
        rows = self.assessment.segments[self.assessment.segments["scope"] != OVERALL]
        return rows.merge(self.assessment.organisations, on="org", validate="many_to_one")

    @cached_property
    def own_domains(self) -> pd.DataFrame:
        """The rows of `domains` that this page is about."""
        return self._mine(self.domains, "domains")

    @cached_property
    def scores(self) -> pd.DataFrame:
        """The metric scores of the trusts this page is about."""
        return self._mine(self.assessment.scores, "scores")

    def further(self, frame: Frame) -> pd.DataFrame:
        """Return the rows of a further table that this page is about; none if it was not made."""
        key = ("further", frame.name)
        if key not in self.kept:
            self.kept[key] = self._mine(self.assessment.table(frame), frame.name)
        return cast(pd.DataFrame, self.kept[key])

    def records(self, frame: Frame) -> list[dict[Hashable, Any]]:
        """Return the rows of a further table that a trust's page is about, as plain rows."""
        every = self.once(("records", frame.name), lambda: self._records(frame))
        return every.get(self.code, [])

    def _records(self, frame: Frame) -> dict[str, list[dict[Hashable, Any]]]:
        rows: dict[str, list[dict[Hashable, Any]]] = {}
        for row in self.assessment.table(frame).to_dict("records"):
            rows.setdefault(str(row["org"]), []).append(row)
        return rows

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Return what is made of the whole assessment, which is the same for every page."""
        kept = self.assessment.kept
        if key not in kept:
            kept[key] = reading.gathered(make)
        value, reads = cast(tuple[T, frozenset[str]], kept[key])
        # Whoever takes what another page worked out depends on what that page read for it.
        reading.again(reads)
        return value

    @cached_property
    def absent(self) -> pd.DataFrame:
        """The trusts of the register that are not loaded."""
        loaded = self.register["org"].isin(self.assessment.organisations["org"])
        return self.register[~loaded].sort_values(["trust_type", "name"], ignore_index=True)

    @cached_property
    def kept(self) -> dict[object, object]:
        """What was worked out for this page and is needed again, by whoever worked it out."""
        return {}

    @cached_property
    def findings(self) -> dict[tuple[str, str], dict[Hashable, Any]]:
        """What is found about whom the page is about, by kind and item: rows of FINDINGS."""
        every = self.once("findings", self._findings)
        return every.get((self.kind, self.code or self.kind), {})

    def _findings(self) -> dict[tuple[str, str], dict[tuple[str, str], dict[Hashable, Any]]]:
        pages: dict[tuple[str, str], dict[tuple[str, str], dict[Hashable, Any]]] = {}
        for row in self.assessment.table(FINDINGS).to_dict("records"):
            mine = pages.setdefault((str(row["page"]), str(row["code"])), {})
            mine[str(row["kind"]), str(row["item"])] = row
        return pages

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

    def _mine(self, rows: pd.DataFrame, name: str) -> pd.DataFrame:
        """Return the rows of a table of trusts, by its name, that the page is about."""
        if self.kind == "england":
            return rows
        if self.kind == "trust":
            places = self.once(("places", name), lambda: dict(rows.groupby("org").indices))
            return rows.take(list(places.get(self.code, ()))).reset_index(drop=True)
        return rows[rows["org"].isin(self._orgs)].reset_index(drop=True)

    @cached_property
    def _orgs(self) -> list[str]:
        mine = self.assessment.organisations
        return list(mine.loc[mine[self.kind] == self.code, "org"])


def england(assessment: Assessment, register: pd.DataFrame) -> View:
    """Return the view of England: every trust of the assessment."""
    return _view("england", "", "England", assessment, _everybody(assessment, register))


def region(assessment: Assessment, register: pd.DataFrame, code: str) -> View:
    """Return the view of a region by its code."""
    rows = _rows(_everybody(assessment, register), "region", code)
    return _view("region", code, str(rows["region_name"].iloc[0]), assessment, rows)


def icb(assessment: Assessment, register: pd.DataFrame, code: str) -> View:
    """Return the view of an integrated care board by its code."""
    rows = _rows(_everybody(assessment, register), "icb", code)
    return _view("icb", code, str(rows["icb_name"].iloc[0]), assessment, rows)


def trust(assessment: Assessment, code: str) -> View:
    """Return the view of a trust by its code; refused where the trust is not loaded."""
    rows = _rows(assessment.organisations, "org", code)
    return _view("trust", code, str(rows["name"].iloc[0]), assessment, rows)


def _view(kind: Kind, code: str, name: str, assessment: Assessment, register: pd.DataFrame) -> View:
    quarter = Quarter.parse(str(assessment.segments["quarter"].iloc[0]))
    return View(kind, code, name, assessment, load_framework(quarter.year), register)


def _everybody(assessment: Assessment, register: pd.DataFrame) -> pd.DataFrame:
    """Return the trusts of the assessment and the others of the register."""
    both = pd.concat([assessment.organisations, register])
    return ORGANISATIONS.arrange(both.drop_duplicates("org"))


def _rows(table: pd.DataFrame, column: str, code: str) -> pd.DataFrame:
    rows = ORGANISATIONS.check(table)[table[column] == code]
    if rows.empty:
        raise UnknownNameError(
            f'there is no {column.replace("org", "trust")} "{code}" to make a page about',
            do_this="see `oversight list` for the codes, and which trusts are loaded",
        )
    return rows.reset_index(drop=True)
