"""All of one quarter's tables: observations, scores, segments, cuts and the back-test."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, TypeVar, cast

import pandas as pd

from oversight_lib.errors import PublicationError
from oversight_lib.frames import ASSESSMENT, OBSERVATIONS, ORGANISATIONS, OVERALL, SEGMENTS, Frame
from oversight_lib.method import reading
from oversight_lib.method.backtest import backtest
from oversight_lib.method.cuts import cut_points
from oversight_lib.method.publication import Publication
from oversight_lib.method.scoring import score
from oversight_lib.method.segmentation import averages, segment
from oversight_lib.periods import Quarter
from oversight_lib.rules.model import Framework
from oversight_lib.rules.unknowns import require_segments

Made = TypeVar("Made")

_OWN = frozenset(frame.name for frame in ASSESSMENT)


@dataclass(frozen=True)
class Assessment:
    """The tables of one quarter; each attribute is the frame of the same name.

    `further` holds, by frame name, the tables that rest on these: ranges, drivers, context …
    """

    observations: pd.DataFrame
    scores: pd.DataFrame
    segments: pd.DataFrame
    cuts: pd.DataFrame
    checks: pd.DataFrame
    backtest: pd.DataFrame
    organisations: pd.DataFrame
    further: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    kept: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out from these tables and is needed again, by whoever worked it out."""

    @classmethod
    def from_tables(cls, tables: Mapping[str, pd.DataFrame]) -> "Assessment":
        """Return the assessment that these tables, by frame name, are."""
        own = {frame.name: tables[frame.name] for frame in ASSESSMENT}
        further = {name: table for name, table in tables.items() if name not in own}
        return cls(**own, further=further)

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute; what is asked of the tables is noted, for a page's key."""
        if name in _OWN:
            reading.note(name)
        elif name == "further":
            for further in super().__getattribute__(name):
                reading.note(further)
        return super().__getattribute__(name)

    def with_tables(self, further: Mapping[str, pd.DataFrame]) -> "Assessment":
        """Return the assessment with further tables beside those it has."""
        return replace(self, further={**self.further, **further})

    def table(self, frame: Frame) -> pd.DataFrame:
        """Return a further table; one that was not made has no rows."""
        reading.note(frame.name)
        return self._unnoted(frame)

    @property
    def quarter(self) -> Quarter:
        """The quarter the assessment is of; whoever asks has asked for no figure."""
        return Quarter.parse(min(self.quarters))

    @property
    def quarters(self) -> frozenset[str]:
        """The quarter the assessment is of, and any other that its segments name by mistake."""
        return self._once("quarters", lambda: frozenset(self._unnoted(SEGMENTS)["quarter"]))

    def rows(self, frame: Frame, **where: Collection[str]) -> pd.DataFrame:
        """Return the rows of a table whose columns, all text, have one of the values asked for.

        Whoever takes rows this way depends on them and not on the rest of the table.
        """
        reading.note(frame.name, where)
        places = self._places(frame, where)
        return self._unnoted(frame).take(places).reset_index(drop=True)

    def records(self, frame: Frame, **where: str) -> list[dict[Hashable, Any]]:
        """Return the same rows as plain ones, by column; each column has one value asked for."""
        asked = {column: [value] for column, value in where.items()}
        reading.note(frame.name, asked)
        columns = self._once(("columns", frame.name), lambda: _columns(self._unnoted(frame)))
        return [
            {name: values[place] for name, values in columns.items()}
            for place in self._places(frame, asked)
        ]

    def _places(self, frame: Frame, where: Mapping[str, Collection[str]]) -> list[int]:
        """Return the places of the rows asked for, in the order of the table."""
        columns = tuple(where)
        found = self._once(
            ("places", frame.name, columns), lambda: _places(self._unnoted(frame), columns)
        )
        wanted = (found.get(values, ()) for values in product(*map(set, where.values())))
        return sorted(place for places in wanted for place in places)

    def _once(self, key: object, make: Callable[[], Made]) -> Made:
        if key not in self.kept:
            self.kept[key] = make()
        return cast(Made, self.kept[key])

    def _unnoted(self, frame: Frame) -> pd.DataFrame:
        held = super().__getattribute__
        table = held(frame.name) if frame.name in _OWN else held("further").get(frame.name)
        return frame.empty() if table is None else table

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by frame name."""
        return {frame.name: getattr(self, frame.name) for frame in ASSESSMENT} | dict(self.further)

    @property
    def overall(self) -> pd.DataFrame:
        """The overall segments beside who the organisations are, one row an organisation."""
        rows = self.segments[self.segments["scope"] == OVERALL]
        return rows.merge(self.organisations, on="org", how="left", validate="one_to_one")

    @property
    def passes(self) -> bool:
        """True if the back-test lies inside the tolerances that the rules declare."""
        return bool(self.checks["passes"].all())


def assess(
    publication: Publication, framework: Framework, *, recompute: bool = False
) -> Assessment:
    """Return the assessment of a publication under a framework.

    `recompute` takes metric scores from values wherever the whole pool is loaded, instead of the
    published scores.
    """
    require_segments(framework, publication.trust_types.unique())
    scores = score(publication, framework, recompute=recompute)
    means = averages(scores)
    if means.empty:
        raise PublicationError(
            f"no metric of {publication.quarter.label} can be scored",
            scores["reason"].drop_duplicates().head(20).tolist(),
            "load the files of the trust types that are missing",
        )
    cuts = cut_points(means, publication, framework)
    segments = segment(means, cuts, publication, framework)
    checks, differences = backtest(
        publication, framework, scores=scores, segments=segments, cuts=cuts
    )
    return Assessment(
        observations=OBSERVATIONS.arrange(publication.observations),
        scores=scores,
        segments=segments,
        cuts=cuts,
        checks=checks,
        backtest=differences,
        organisations=ORGANISATIONS.arrange(publication.organisations),
    )


def _columns(table: pd.DataFrame) -> dict[Hashable, list[Any]]:
    return {name: table[name].tolist() for name in table.columns}


def _places(table: pd.DataFrame, columns: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    """Return the places of a table's rows by what they have in these columns."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, values in enumerate(zip(*(table[name] for name in columns), strict=True)):
        places[values].append(place)
    return dict(places)
