"""The plan: which pages an edition has, at which address, from which template.

To add a kind of page: write its template in `notebooks/` and give it one entry in `KINDS`.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib.errors import PageError, Problem, UnknownNameError
from oversight_lib.frames import ICBS, ORGANISATIONS, REGIONS
from oversight_lib.periods import Quarter
from oversight_lib.press.page import CODE, Page

__all__ = ["CODE", "FRONT", "KINDS", "Page", "Selection", "address", "plan"]

FRONT = "england"
"""The address of the page an edition opens with; every other page stands below it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which regions, ICBs and trusts get a page, by code: None is all of them, empty is none."""

    regions: Collection[str] | None = None
    icbs: Collection[str] | None = None
    trusts: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a page is about, and the pages it could stand below, nearest first."""

    code: str
    title: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subjects:
    """The frames a plan is drawn from, already cut to the selection."""

    organisations: pd.DataFrame
    icbs: pd.DataFrame
    regions: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its template, the folder of its addresses, and whom it is about.

    A kind without a folder has one page, at the kind's own name.
    """

    template: str
    folder: str
    subjects: Callable[[Subjects], list[Subject]]
    listed: bool = False


def _england(_: Subjects) -> list[Subject]:
    return [Subject("", "England")]


def _backtest(_: Subjects) -> list[Subject]:
    return [Subject("", "Back-test")]


def _rules(_: Subjects) -> list[Subject]:
    return [Subject("", "The two framework years")]


def _inequalities(_: Subjects) -> list[Subject]:
    return [Subject("", "Inequalities")]


def _regions(subjects: Subjects) -> list[Subject]:
    table = subjects.regions
    return [Subject(*row, (FRONT,)) for row in zip(table["region"], table["name"], strict=True)]


def _icbs(subjects: Subjects) -> list[Subject]:
    table = subjects.icbs
    rows = zip(table["icb"], table["name"], table["region"], strict=True)
    return [Subject(code, name, (address("regions", region), FRONT)) for code, name, region in rows]


def _trusts(subjects: Subjects) -> list[Subject]:
    table = subjects.organisations
    rows = zip(table["org"], table["name"], table["icb"], table["region"], strict=True)
    return [
        Subject(code, name, (address("icbs", icb), address("regions", region), FRONT))
        for code, name, icb, region in rows
    ]


KINDS: Mapping[str, Kind] = {
    "england": Kind("england.ipynb", "", _england),
    "region": Kind("region.ipynb", "regions", _regions, listed=True),
    "icb": Kind("icb.ipynb", "icbs", _icbs),
    "trust": Kind("trust.ipynb", "trusts", _trusts),
    "inequalities": Kind("inequalities.ipynb", "", _inequalities),
    "rules": Kind("rules.ipynb", "", _rules),
    "back-test": Kind("back-test.ipynb", "", _backtest),
}
"""Every kind of page, in the order of the book."""


def address(folder: str, code: str) -> str:
    """Return the address of a code's page, as `trusts/r0a`; it stays the same for ever."""
    if not re.fullmatch(CODE, code):
        raise PageError(
            "a code cannot be made an address", [Problem(code, "not a few letters and digits")]
        )
    return f"{folder}/{code.lower()}"


def plan(
    quarter: Quarter,
    organisations: pd.DataFrame,
    icbs: pd.DataFrame,
    regions: pd.DataFrame,
    *,
    templates: Path = Path("notebooks"),
    selection: Selection = Selection(),
) -> list[Page]:
    """Return the pages of an edition: England, then regions, ICBs and trusts, each by name.

    Takes the frames ORGANISATIONS (the trusts of the edition), ICBS and REGIONS. A page whose
    region or ICB has none stands below the next page up. Raises `UnknownNameError` for codes
    of the selection that are in no frame.
    """
    subjects = _selected(
        Subjects(ORGANISATIONS.check(organisations), ICBS.check(icbs), REGIONS.check(regions)),
        selection,
    )
    listed = [
        (name, subject) for name, kind in KINDS.items() for subject in _by_name(kind, subjects)
    ]
    standing = {_slug(name, subject) for name, subject in listed}
    return [_page(name, subject, quarter, templates, standing) for name, subject in listed]


def _by_name(kind: Kind, subjects: Subjects) -> list[Subject]:
    return sorted(kind.subjects(subjects), key=lambda subject: (subject.title, subject.code))


def _slug(kind: str, subject: Subject) -> str:
    folder = KINDS[kind].folder
    return address(folder, subject.code) if folder else kind


def _page(
    name: str, subject: Subject, quarter: Quarter, templates: Path, standing: Collection[str]
) -> Page:
    kind = KINDS[name]
    code = {"code": subject.code} if kind.folder else {}
    return Page(
        kind=name,
        code=subject.code,
        title=subject.title,
        slug=_slug(name, subject),
        template=templates / kind.template,
        parameters={"quarter": str(quarter), **code},
        above=next((slug for slug in subject.above if slug in standing), None),
        listed=kind.listed,
    )


def _selected(subjects: Subjects, selection: Selection) -> Subjects:
    cuts = (
        ("trust", subjects.organisations, "org", selection.trusts),
        ("ICB", subjects.icbs, "icb", selection.icbs),
        ("region", subjects.regions, "region", selection.regions),
    )
    unknown = [
        Problem(f"{noun} {code}", "not in this edition")
        for noun, table, column, wanted in cuts
        for code in sorted(set(wanted or ()) - set(table[column]))
    ]
    if unknown:
        raise UnknownNameError(
            "the selection names what is not there", unknown, "see `oversight list` for the codes"
        )
    return Subjects(*(_cut(table, column, wanted) for _, table, column, wanted in cuts))


def _cut(table: pd.DataFrame, column: str, wanted: Collection[str] | None) -> pd.DataFrame:
    return table if wanted is None else table[table[column].isin(list(wanted))]
