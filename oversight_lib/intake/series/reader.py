"""One file of series read as tidy rows, or refused with every problem in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake.cells import Cells, read_cells, unreadable
from oversight_lib.intake.series import emergency, practice
from oversight_lib.intake.series import layouts as known
from oversight_lib.intake.series.health_checks import health_checks
from oversight_lib.intake.series.layouts import Layout, Read, missing_columns, recognise
from oversight_lib.intake.series.places import Places
from oversight_lib.intake.series.tidy import tidy
from oversight_lib.intake.series.trends import trends
from oversight_lib.intake.series.workbooks import PERIOD, is_workbook, workbook_cells

_READ: Mapping[str, Read] = {
    known.PROVIDERS.id: emergency.providers,
    known.WORKBOOK.id: emergency.systems,
    known.DERIVED.id: emergency.derived,
    known.QOF.id: practice.quality,
    known.SURVEY.id: practice.survey,
    known.HEALTH_CHECKS.id: health_checks,
    known.TRENDS.id: trends,
    known.TIDY.id: tidy,
}


@dataclass(frozen=True)
class SeriesFile:
    """What one file holds: `table` is `frames.SERIES`; who published it under which title, where.

    A filled tidy file says its publisher itself.
    """

    layout: Layout
    file: str
    sha256: str
    table: pd.DataFrame
    publisher: str
    title: str
    page: str


def read_series(path: Path, places: Places) -> list[SeriesFile]:
    """Return what a file of a known layout holds, by the measure table it belongs to.

    CSV in UTF-8 or Windows-1252, or an Excel workbook; the layout is known by the header. Raises
    `PublicationError` with every problem.
    """
    cells = series_cells(path)
    layout = recognise(cells.table.columns)
    if layout is None:
        raise unreadable(cells.file, [_unknown()])
    problems = [*_of_header(layout, cells), *missing_columns(layout, cells.table.columns)]
    if problems or cells.table.empty:
        raise unreadable(cells.file, [*problems, *cells.row_problems])
    if cells.row_problems:
        raise unreadable(cells.file, cells.row_problems)
    named = _as_spelled(layout, cells)
    table = _READ[layout.id](named, places)
    return [_file(layout, named, table)] if layout.holding else _by_source(named, table)


def series_cells(path: Path) -> Cells:
    """Return a file's cells, be it a workbook or a CSV file."""
    return workbook_cells(path) if is_workbook(path) else read_cells(path, fallback="cp1252")


def is_series(path: Path) -> bool:
    """Say whether a file's header is of a layout of series."""
    return recognise(series_cells(path).table.columns) is not None


def _unknown() -> Problem:
    titles = "; ".join(layout.title for layout in known.LAYOUTS if layout.title)
    expected = f"one of: {titles}; or a filled tidy file ({', '.join(known.TIDY.columns)})"
    return Problem("the header", "it is of no layout of series that is known", expected)


def _of_header(layout: Layout, cells: Cells) -> list[Problem]:
    """Return the problems of columns that we use; others may be there twice."""
    used = [name.casefold() for name in layout.columns]
    return [
        problem
        for problem in cells.header_problems
        if problem.where.split("column ")[-1].casefold() in used
    ]


def _as_spelled(layout: Layout, cells: Cells) -> Cells:
    """Return the cells of the columns we use, spelled as we do; others are left out."""
    ours = {name.casefold(): name for name in (*layout.columns, PERIOD)}
    names = {name: ours[name.casefold()] for name in cells.table.columns if name.casefold() in ours}
    table = cells.table[list(names)].rename(columns=names)
    table = table.loc[:, ~table.columns.duplicated()]
    return Cells(cells.file, cells.sha256, table, (), ())


def _file(layout: Layout, cells: Cells, table: pd.DataFrame) -> SeriesFile:
    return SeriesFile(
        layout, cells.file, cells.sha256, table, layout.publisher, layout.title, layout.page
    )


def _by_source(cells: Cells, table: pd.DataFrame) -> list[SeriesFile]:
    """Return a filled file measure by measure, each with what its first row says of its source."""
    first = cells.table.drop_duplicates("measure").set_index("measure")
    return [
        SeriesFile(
            known.TIDY, cells.file, cells.sha256, rows.reset_index(drop=True),
            *first.loc[measure, ["publisher", "title", "page"]],
        )
        for measure, rows in table.groupby("measure")
    ]  # fmt: skip
