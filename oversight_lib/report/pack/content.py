"""What a board pack holds, as plain data: sections of words, tables and pictures.

Whoever prints a pack knows nothing of pages; whoever writes one knows nothing of paper. Text is
text: no markup of any kind is in it, whatever a trust is called.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from oversight_lib.report.charts import Chart
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.tables.table import Table

Shown = Chart | Fragment | Table
"""What the pages show, and so what a pack can hold."""


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs; those of the role "notice" say why there is nothing to show."""

    paragraphs: tuple[str, ...]
    role: str = "narrative"
    block: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column, and whether numbers stand below it."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a name they share; no name if it is empty."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption (none if empty), one heading a column, and its rows in groups."""

    caption: str
    headings: tuple[Heading, ...]
    groups: tuple[Group, ...]
    block: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG with the words that stand in for it."""

    svg: str
    alt: str
    block: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two blocks side by side; the left one is read first."""

    left: Words | Grid | Picture
    right: Words | Grid | Picture
    block: Literal["pair"] = "pair"


Block = Words | Grid | Picture | Pair


@dataclass(frozen=True, slots=True)
class Section:
    """One heading, and what stands below it in reading order."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A board pack: whom it is about, what is to be decided, and its sections in reading order.

    `status` is the line that every page carries.
    """

    title: str
    subtitle: str
    status: str
    cover: Grid
    sections: tuple[Section, ...]


def block(shown: Shown) -> Words | Grid | Picture:
    """Return what a page shows as a block of a pack."""
    if isinstance(shown, Chart):
        # In a picture the words must not get longer than the place they were given.
        return Picture(shown.svg.replace(">this page<", ">this one<"), _of_paper(shown.alt))
    if isinstance(shown, Fragment):
        return Words(tuple(map(_of_paper, shown.paragraphs)), shown.role)
    return grid(shown)


def rows_of(table: Table, kept: "pd.Series[bool]") -> Table | Fragment:
    """Return a table with some of its rows; nothing at all if none is left."""
    if not kept.any():
        return Fragment(())
    columns = [
        replace(column, texts=column.texts[kept], hrefs=None, titles=None)
        for column in table.columns
    ]
    names = table.names if table.names is None else table.names[kept]
    return Table(table.caption, columns, names)


def empty(made: Block) -> bool:
    """Say whether a block holds nothing, not even why."""
    return isinstance(made, Words) and not made.paragraphs


def _of_paper(words: str) -> str:
    """Return what is said of a page as it is said of a paper."""
    elsewhere = words.replace("at the end of this page", "at the end of every page of the book")
    # A paper has the chart of a gradient, and no room for its table.
    drawn = elsewhere.replace("by group stand in the table", "by group stand in the chart")
    return drawn.replace("his page", "his paper")


def grid(table: Table) -> Grid:
    """Return a table without its links: what is printed cannot be followed."""
    groups = [
        Group(group.name, tuple(tuple(cell.text for cell in row) for row in group.rows))
        for group in table.groups
    ]
    headings = [Heading(column.heading, column.number) for column in table.columns]
    return Grid(table.heading, tuple(headings), tuple(groups))


def only(table: Table | Fragment, headings: Sequence[str]) -> Table | Fragment:
    """Return a table with these columns alone, in this order; a notice stays as it is."""
    if isinstance(table, Fragment):
        return table
    columns = {column.heading: column for column in table.columns}
    return Table(table.caption, [columns[heading] for heading in headings], table.names)
