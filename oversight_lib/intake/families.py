"""Which family of files each is of, known by its header as every layout within them is."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from io import StringIO
from pathlib import Path

from oversight_lib.intake import layouts
from oversight_lib.intake.breakdowns import layouts as of_breakdowns
from oversight_lib.intake.cells import plain
from oversight_lib.intake.series import layouts as of_series
from oversight_lib.intake.series.workbooks import is_workbook

_HEAD = 65_536
"""Bytes of a file that are enough for its header."""


class Family(StrEnum):
    """What kind of file is taken in."""

    PUBLICATION = "publication"
    SERIES = "series"
    BREAKDOWN = "breakdown"


_LIKENESS: Mapping[Family, Callable[[Iterable[str]], float]] = {
    Family.PUBLICATION: layouts.likeness,
    Family.SERIES: of_series.likeness,
    Family.BREAKDOWN: of_breakdowns.likeness,
}


def by_family(paths: Sequence[Path]) -> Mapping[Family, list[Path]]:
    """Return the files of each family, in the order given."""
    families = [family(path) for path in paths]
    return {
        one: [path for path, its in zip(paths, families, strict=True) if its is one]
        for one in Family
    }


def family(path: Path) -> Family:
    """Return the family whose layouts a file's header is most like.

    Only series come as workbooks. A file like none, or one that cannot be opened, is left to the
    publications, whose reader says what is wrong with it; so is a header as like to two.
    """
    if is_workbook(path):
        return Family.SERIES
    header = _header(path)
    best = max(Family, key=lambda one: _LIKENESS[one](header))
    return best if _LIKENESS[best](header) >= 0.5 else Family.PUBLICATION


def _header(path: Path) -> list[str]:
    """Return the first row of a file as well as it can be read."""
    try:
        with path.open("rb") as file:
            text = file.read(_HEAD).decode("utf-8-sig", errors="replace")
        return [plain(name) for name in next(csv.reader(StringIO(text, newline="")), [])]
    except (OSError, csv.Error):
        return []
