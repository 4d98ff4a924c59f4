"""The words people write for the pages of a quarter, and whether their figures still stand.

A file is `<quarter>/<kind>/<code>/<section>.md`; England has no code, so its files stand in
`<quarter>/england`. The press never writes there: words survive every rebuild, byte for byte.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib.errors import CommentaryError, Problem
from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES
from oversight_lib.intake import organisations
from oversight_lib.intake.commentary.figures import Figure
from oversight_lib.intake.commentary.remarks import UNWRITTEN, Remark, write
from oversight_lib.intake.limits import short_text
from oversight_lib.periods import Quarter

__all__ = [
    "SECTIONS",
    "UNWRITTEN",
    "Figure",
    "Place",
    "Remark",
    "codes",
    "read",
    "stale",
    "tables",
    "write",
]

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "england": ("opening", "segments", "domains"),
    "region": ("opening", "segments", "domains"),
    "icb": ("opening", "segments", "domains"),
    "trust": ("opening", "domains", "override", "metrics"),
}
"""Where the pages of each kind show commentary."""

ENGLAND = "england"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a remark is shown: the kind of page, whom it is about, and the section."""

    kind: str
    code: str
    section: str

    def path(self, folder: Path, quarter: Quarter) -> Path:
        """Return the file of the remark."""
        within = () if self.kind == ENGLAND else (self.code,)
        return folder.joinpath(str(quarter), self.kind, *within, f"{self.section}.md")

    @classmethod
    def of(cls, parts: tuple[str, ...]) -> "Place | None":
        """Return the place of a file's path below the quarter; None if it is no place."""
        *above, name = parts
        if above[:1] == [ENGLAND] and len(above) == 1:
            return cls(ENGLAND, ENGLAND, name.removesuffix(".md"))
        return cls(above[0], above[1], name.removesuffix(".md")) if len(above) == 2 else None

    def fault(self, known: Mapping[str, Collection[str]]) -> str:
        """Return why no page shows words at this place; empty if one does."""
        if self.kind not in SECTIONS:
            return f'no kind of page is called "{self.kind}"; there are {", ".join(SECTIONS)}'
        if self.code not in known[self.kind]:
            return f'no {self.kind} has the code "{self.code}"'
        if self.section not in SECTIONS[self.kind]:
            there = ", ".join(SECTIONS[self.kind])
            return f'no section "{self.section}"; commentary can stand in {there}'
        return ""


def codes(data: Path, quarter: Quarter) -> dict[str, set[str]]:
    """Return whom a page can be about, by kind."""
    return {
        "england": {ENGLAND},
        "region": set(organisations.regions(data)["region"]),
        "icb": set(organisations.icbs(data, quarter)["icb"]),
        "trust": set(organisations.trusts(data)["org"]),
    }


def read(
    folder: Path, quarter: Quarter, known: Mapping[str, Collection[str]]
) -> dict[Place, Remark]:
    """Return the remarks for a quarter; raise `CommentaryError` with everything that is wrong.

    No folder is no commentary.
    """
    base = folder / str(quarter)
    remarks: dict[Place, Remark] = {}
    problems: list[Problem] = []
    for path in sorted(base.rglob("*.md")):
        where = path.relative_to(folder).as_posix()
        place = Place.of(path.relative_to(base).parts)
        fault = place.fault(known) if place else "not <kind>/<code>/<section>.md"
        remark, faults = _parsed(path)
        problems += [Problem(where, what) for what in [fault, *faults] if what]
        if place and remark:
            remarks[place] = remark
    if problems:
        told = sorted(problems, key=str)
        raise CommentaryError("commentary cannot be read", told, "mend these files")
    return remarks


def _parsed(path: Path) -> tuple[Remark | None, list[str]]:
    try:
        return Remark.parse(short_text(path))
    except (OSError, ValueError) as error:
        return None, [f"the file cannot be read ({error})"]


def tables(
    remarks: Mapping[Place, Remark], quarter: Quarter, of: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return COMMENTARY and COMMENTARY_FIGURES: the words, and their figures then and now.

    `of` are the tables of the quarter's edition. A figure is stale if it is printed differently
    now, or is not there any more.
    """
    words = [
        {**_key(place, quarter), "author": remark.author, "date": remark.date,
         "text": remark.text, "sha256": remark.sha256}
        for place, remark in remarks.items()
    ]  # fmt: skip
    figures = [
        row for place, remark in remarks.items() for row in _rows(place, remark, quarter, of)
    ]
    return {
        COMMENTARY.name: COMMENTARY.arrange(pd.DataFrame(words, columns=COMMENTARY.names)),
        COMMENTARY_FIGURES.name: COMMENTARY_FIGURES.arrange(
            pd.DataFrame(figures, columns=COMMENTARY_FIGURES.names)
        ),
    }


def stale(figures: pd.DataFrame) -> list[Problem]:
    """Return what is stale, from COMMENTARY_FIGURES: the place, the figure, then and now."""
    rows = figures[figures["stale"]].fillna({"current": "no longer there"}).astype("str")
    return [
        Problem(
            "/".join(dict.fromkeys((row["kind"], row["code"], row["section"]))),
            f"{row['figure']} was {row['recorded']} when it was written and is {row['current']}",
        )
        for row in rows.to_dict("records")
    ]


def _key(place: Place, quarter: Quarter) -> dict[str, str]:
    return {
        "quarter": str(quarter), "kind": place.kind, "code": place.code, "section": place.section,
    }  # fmt: skip


def _rows(
    place: Place, remark: Remark, quarter: Quarter, of: Mapping[str, pd.DataFrame]
) -> Iterable[dict[str, object]]:
    for figure in remark.figures:
        current = figure.current(of)
        yield {
            **_key(place, quarter),
            "figure": figure.name,
            "recorded": figure.recorded,
            "current": current,
            "stale": current != figure.recorded,
        }
