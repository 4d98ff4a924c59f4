"""General practice by board: the Quality and Outcomes Framework, and the GP Patient Survey."""

from collections.abc import Iterator

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.cells import Cells, unreadable
from oversight_lib.intake.series.places import ENGLAND, Places
from oversight_lib.intake.series.rows import series
from oversight_lib.rules import measures

INDICATORS = {"MH021": "smi-checks", "CS005": "cervical-25-49", "CS006": "cervical-50-64"}
QOF_YEAR, SURVEY_YEAR = "2024-25", "2025"
_PREFIX = "gpps-"


def quality(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` for the indicators we use, personalised care adjustments in the base.

    The share is numerator over denominator plus adjustments. A file whose own
    `intervention_percent` says otherwise is refused.
    """
    table = cells.table[cells.table["indicator"].isin(list(INDICATORS))]
    area = _areas(table["icb_ods_code"], places)
    counted = ("numerator", "denominator", "pcas")
    problems = [
        *_not_areas(table["icb_ods_code"], area),
        *(p for name in counted for p in checks.not_numbers(table[name], required=True)),
        *checks.repeats(table, {"icb_ods_code": "icb_ods_code", "indicator": "indicator"}),
    ]
    if problems or table.empty:
        raise unreadable(cells.file, problems or [_nothing(list(INDICATORS), "indicator")])
    base = checks.numbers(table["denominator"]) + checks.numbers(table["pcas"])
    rows = pd.DataFrame({"area": area, "numerator": checks.numbers(table["numerator"])}).assign(
        denominator=base, period=QOF_YEAR, area_kind=places.kinds(area)
    )
    _refuse_other_shares(cells, table, rows)
    kinds = table["indicator"].map(INDICATORS)
    return pd.concat(
        [series(of, str(name), source=cells.file) for name, of in rows.groupby(kinds)],
        ignore_index=True,
    )


def survey(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` for every question of the survey, with its published 95% interval.

    `denominator` is the unweighted base; the percentage is weighted, so there is no numerator.
    """
    table = cells.table
    names = table["metric"].str.replace(_PREFIX, "gp-")
    area = _areas(table["icb_ods_code"], places)
    known = [name for name in measures() if name.startswith("gp-")]
    problems = [
        *_not_areas(table["icb_ods_code"], area),
        *checks.faults(table["metric"][~names.isin(known)], "{} is not a question", "a known one"),
        *_not_percentages(table),
        *checks.repeats(table, {"icb_ods_code": "icb_ods_code", "metric": "metric"}),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    columns = {"percent": "value", "lower_95": "low", "upper_95": "high"}
    columns |= {"unweighted_base": "denominator"}
    figures = pd.DataFrame({ours: checks.numbers(table[name]) for name, ours in columns.items()})
    rows = figures.assign(area=area, period=SURVEY_YEAR, area_kind=places.kinds(area))
    return pd.concat(
        [series(of, str(name), source=cells.file) for name, of in rows.groupby(names)],
        ignore_index=True,
    )


def _areas(codes: "pd.Series[str]", places: Places) -> "pd.Series[str]":
    return codes.map({"ENG": ENGLAND, "ENGLAND": ENGLAND, **places.board_of})


def _not_areas(codes: "pd.Series[str]", area: "pd.Series[str]") -> Iterator[Problem]:
    yield from checks.faults(codes[area.isna()], "{} is not a board", "the ODS code of a board")


def _not_percentages(table: pd.DataFrame) -> Iterator[Problem]:
    for name in ("percent", "lower_95", "upper_95"):
        yield from checks.not_numbers(table[name], required=True)
        yield from checks.outside(table[name], 0, 100, "a percentage from 0 to 100")
    yield from checks.not_numbers(table["unweighted_base"], required=True)


def _nothing(wanted: list[str], column: str) -> Problem:
    return Problem(f"column {column}", "none of the indicators we use", f"{', '.join(wanted)}")


def _refuse_other_shares(cells: Cells, table: pd.DataFrame, rows: pd.DataFrame) -> None:
    theirs = checks.numbers(table["intervention_percent"])
    ours = 100 * rows["numerator"] / rows["denominator"]
    apart = table["intervention_percent"][(ours - theirs).abs() > 0.0051]
    what = "{} is not the numerator over the base with adjustments"
    if problems := list(checks.faults(apart, what, "the share they make")):
        raise unreadable(cells.file, problems)
