"""One published file read as tidy tables, or refused with every problem in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks, figures, league
from oversight_lib.intake.cells import read_cells, unreadable
from oversight_lib.intake.layouts import Kind, Layout, missing_columns, recognise
from oversight_lib.intake.quarters import date_rows
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework, years

_PROBLEMS: Mapping[Kind, Callable[[pd.DataFrame], Iterator[Problem]]] = {
    Kind.FIGURES: figures.problems,
    Kind.LEAGUE: league.problems,
}
_TIDY: Mapping[Kind, Callable[[pd.DataFrame], pd.DataFrame]] = {
    Kind.FIGURES: figures.tidy,
    Kind.LEAGUE: league.tidy,
}


@dataclass(frozen=True)
class PublishedTable:
    """What one file publishes for one quarter and trust type.

    `table` is `frames.PUBLISHED`, or `frames.LEAGUE` if the kind is the league table. `names` and
    `sub_domains` are the publisher's words for each identifier; `trusts` what it calls each trust,
    and `regions` the region it gives it.
    """

    quarter: Quarter
    trust_type: str
    kind: Kind
    file: str
    sha256: str
    rows_read: int
    table: pd.DataFrame
    names: Mapping[str, str]
    sub_domains: Mapping[str, str]
    trusts: Mapping[str, str]
    regions: Mapping[str, str]


def read_publication(
    path: Path, trusts: pd.DataFrame, quarter: Quarter | None = None
) -> list[PublishedTable]:
    """Return what a published file holds, by quarter, trust type and kind.

    The layout is known by the header. `trusts` is `frames.TRUSTS`, the codes there are; `quarter`
    is needed only if the file does not name one. Raises `PublicationError` with every problem.
    """
    cells = read_cells(path)
    layout, names = recognise(cells.table.columns)
    of_header = [*cells.header_problems, *missing_columns(layout, names.values())]
    if layout is None or of_header or cells.table.empty:
        of_rows = cells.row_problems if layout else ()
        raise unreadable(cells.file, [*of_header, *of_rows])
    table = cells.table[list(names)].rename(columns=names)
    dating = date_rows(table, layout, quarter)
    typed = table.assign(quarter=dating.quarters, trust_type=_trust_types(table))
    problems = [
        *cells.row_problems,
        *dating.problems,
        *_of_trusts(typed, trusts),
        *_PROBLEMS[layout.kind](typed),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    return [
        _published(rows, layout, cells.file, cells.sha256)
        for _, rows in typed.groupby(["quarter", "trust_type"])
    ]


def _published(rows: pd.DataFrame, layout: Layout, file: str, digest: str) -> PublishedTable:
    has_items = layout.kind is Kind.FIGURES
    return PublishedTable(
        quarter=Quarter.parse(rows["quarter"].iloc[0]),
        trust_type=rows["trust_type"].iloc[0],
        kind=layout.kind,
        file=file,
        sha256=digest,
        rows_read=len(rows),
        table=_TIDY[layout.kind](rows),
        names=figures.words(rows, "Metric_description") if has_items else {},
        sub_domains=figures.words(rows, "Sub-domain") if has_items else {},
        trusts=_by_trust(rows, "Trust_name"),
        regions=_by_trust(rows, "Region"),
    )


def _by_trust(rows: pd.DataFrame, column: str) -> dict[str, str]:
    pairs = rows[["Trust_code", column]].sort_values(["Trust_code", column])
    return dict(pairs.drop_duplicates("Trust_code").itertuples(index=False, name=None))


def _names_of_types() -> dict[str, str]:
    """Return the trust type of every name the publisher has used for one, in lower case."""
    return {
        name.casefold(): kind.id
        for year in years()
        for kind in load_framework(year).trust_type
        for name in kind.names
    }


def _trust_types(table: pd.DataFrame) -> "pd.Series[str]":
    return table["Trust_type"].str.casefold().map(_names_of_types()).astype("str")


def _of_trusts(table: pd.DataFrame, trusts: pd.DataFrame) -> Iterator[Problem]:
    """Yield a problem for trusts and trust types that are not known, or do not go together."""
    known = _names_of_types()
    bad = table.loc[table["trust_type"].isna(), "Trust_type"]
    yield from checks.faults(bad, "{} is not a trust type", f"one of {', '.join(known)}")
    add = "a code in data/organisations/trusts.csv; a new trust is first added there"
    yield from checks.unknown(table["Trust_code"], trusts["org"], "the code of a trust", add)
    ours = table["Trust_code"].map(trusts.set_index("org")["trust_type"])
    differs = table[ours.notna() & table["trust_type"].notna() & (ours != table["trust_type"])]
    for trust_type, rows in differs.groupby(ours[differs.index]):
        what = "{} is of another type in data/organisations/trusts.csv"
        yield from checks.faults(rows["Trust_code"], what, f"{trust_type}")
