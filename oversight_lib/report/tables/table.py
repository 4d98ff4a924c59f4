"""A table as accessible HTML: a caption, headings with their scope, numbers to the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import NamedTuple

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from oversight_lib.report.bound import tied
from oversight_lib.report.tables import copy


@dataclass(frozen=True)
class Column:
    """One column: its heading, its texts, whether they are numbers, where they lead if anywhere.

    `titles` say a shortened text in full, where one has come to stand for it; a column of
    `prose` holds sentences. Figures that are bound have the cell of each in `cells`.
    """

    heading: str
    texts: "pd.Series[str]"
    number: bool = False
    hrefs: "pd.Series[str] | None" = None
    titles: "pd.Series[str] | None" = None
    prose: bool = False
    cells: "pd.Series[str] | None" = None

    @property
    def words(self) -> "list[str]":
        """Its texts, each bound to its cell where it has one."""
        if self.cells is None:
            return list(self.texts)
        return [tied(text, "cell", of) for text, of in zip(self.texts, self.cells, strict=True)]

    @property
    def kind(self) -> str:
        """How its cells are set: numbers to the right, sentences in a column wide enough."""
        return "number" if self.number else "prose" if self.prose else ""


class Cell(NamedTuple):
    """One cell: its text, where it leads, and its text in full; either may be empty."""

    text: str
    href: str
    title: str


class Group(NamedTuple):
    """Rows that belong together under a heading; no heading if the name is empty."""

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, repr=False)
class Table:
    """A table of columns of equal length; the first column names the rows.

    `names` gives each row's group, in order. `folded` tables are closed until they are asked
    for: those that say in figures what a chart beside them shows. `tools` has the browser offer
    to sort and search the rows; without a script it is the same table. A table of `words` holds
    sentences in most of its columns, which share the width of the page.
    """

    caption: str
    columns: Sequence[Column]
    names: "pd.Series[str] | None" = None
    folded: bool = field(default=False, kw_only=True)
    tools: bool = field(default=False, kw_only=True)
    words: bool = field(default=False, kw_only=True)

    @property
    def groups(self) -> list[Group]:
        """The rows, group by group."""
        cells = [list(_cells(column)) for column in self.columns]
        rows = list(zip(*cells, strict=True))
        names = [""] * len(rows) if self.names is None else [str(name) for name in self.names]
        named = groupby(zip(names, rows, strict=True), key=lambda pair: pair[0])
        return [Group(name, [row for _, row in pairs]) for name, pairs in named]

    @property
    def taken(self) -> bool:
        """True if there are figures in it that somebody may want to take away."""
        return any(column.number for column in self.columns)

    @property
    def address(self) -> str:
        """Where the table is as a file: in the address itself."""
        return copy.address(self)

    @property
    def file_name(self) -> str:
        """The name of that file."""
        return copy.file_name(self)

    def __repr__(self) -> str:
        size = f"{len(self.columns[0].texts)} rows" if self.columns else "no rows"
        return f"Table: {self.caption} ({size})"

    def _repr_html_(self) -> str:
        return _template().render(table=self)


def column(
    heading: str,
    texts: Iterable[str],
    *,
    number: bool = False,
    hrefs: Iterable[str] = (),
    titles: Iterable[str] = (),
    cells: Iterable[str] = (),
) -> Column:
    """Return a column from any texts; `hrefs`, `titles`, `cells` are one a text, or none at all."""
    words = pd.Series(list(texts), dtype="str")
    leads, full, bound_to = (_given(given) for given in (hrefs, titles, cells))
    return Column(heading, words, number, leads, full, cells=bound_to)


def _given(texts: Iterable[str]) -> "pd.Series[str] | None":
    given = pd.Series(list(texts), dtype="str")
    return given if len(given) else None


def _cells(column_: Column) -> Iterable[Cell]:
    none = [""] * len(column_.texts)
    hrefs, titles = (
        none if given is None else list(given) for given in (column_.hrefs, column_.titles)
    )
    return (Cell(*cell) for cell in zip(column_.words, hrefs, titles, strict=True))


@cache
def _template() -> Template:
    loader = PackageLoader("oversight_lib.report", ".")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("table.html.j2")
