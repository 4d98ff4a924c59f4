"""Taking breakdowns in: every file that was given, or none if anything is wrong with one."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem, PublicationError
from oversight_lib.frames import BREAKDOWN_FIGURES
from oversight_lib.intake.breakdowns import bundled
from oversight_lib.intake.breakdowns.cards import (
    LICENCE,
    Card,
    Indicator,
    SourceFile,
    attribution,
    card_bytes,
)
from oversight_lib.intake.breakdowns.fingertips import Choice, fingertips, is_fingertips
from oversight_lib.intake.breakdowns.places import area_codes
from oversight_lib.intake.breakdowns.template import is_template, template
from oversight_lib.intake.cells import Cells, read_cells, unreadable
from oversight_lib.intake.files import write_all
from oversight_lib.intake.store import csv_bytes

__all__ = ["Choice", "take"]


def take(paths: Sequence[Path], data: Path, choice: Choice) -> list[Indicator]:
    """Write the breakdowns of these files into the data directory; return what they measure.

    A file is a Fingertips download or the tidy table, known by its columns; reading it again
    replaces its indicator. A folder is one of the publishers' files, from which every bundled
    table is made again. Raises `PublicationError` with the problems of all files, and then
    nothing was written.
    """
    contents, indicators = prepare(paths, data, choice)
    write_all(contents)
    return indicators


def prepare(
    paths: Sequence[Path], data: Path, choice: Choice
) -> tuple[dict[Path, bytes], list[Indicator]]:
    """Return the files that `take` would write with their content, and what they measure."""
    codes = area_codes(data)
    contents: dict[Path, bytes] = {}
    indicators: list[Indicator] = []
    problems: list[Problem | str] = []
    for path in paths:
        try:
            if path.is_dir():
                contents |= bundled.contents(path, data)
                indicators += [made.indicator for made in bundled.BUNDLES if made.indicator]
                continue
            for cells, indicator, table in _read(path, codes, choice):
                contents |= _files(cells, indicator, table, data)
                indicators.append(indicator)
        except PublicationError as error:
            problems += error.problems
    if problems:
        raise PublicationError(
            f"{len(problems)} problem{'s' * (len(problems) > 1)}; nothing was taken in", problems
        )
    return contents, indicators


def _read(
    path: Path, codes: Mapping[str, str], choice: Choice
) -> list[tuple[Cells, Indicator, pd.DataFrame]]:
    cells = read_cells(path)
    if wrong := [*cells.header_problems, *cells.row_problems]:
        raise unreadable(cells.file, wrong)
    if is_fingertips(cells):
        return [(cells, *fingertips(cells, codes, choice))]
    if is_template(cells):
        return [(cells, *found) for found in template(cells, codes)]
    expected = "a Fingertips download, or data/inequality/local-breakdown-template.csv, filled"
    raise unreadable(
        cells.file, [Problem("row 1", "the header is of no layout that is known", expected)]
    )


def _files(
    cells: Cells, indicator: Indicator, table: pd.DataFrame, data: Path
) -> Mapping[Path, bytes]:
    periods = table.sort_values("order")["period"]
    span = dict.fromkeys([periods.iloc[0], periods.iloc[-1]])
    card = Card(
        title=indicator.title,
        period=" to ".join(span),
        licence=LICENCE,
        attribution=attribution(indicator.publisher),
        policy=indicator.policy,
        note=indicator.note or "",
        source=(
            SourceFile(
                indicator.publisher, indicator.title, indicator.page, cells.file, cells.sha256
            ),
        ),
        indicator=indicator,
    )
    place = data / bundled.FOLDER / "breakdowns" / indicator.indicator
    return {
        place.with_suffix(".csv"): csv_bytes(BREAKDOWN_FIGURES, table),
        place.with_suffix(".card.toml"): card_bytes(card),
    }
