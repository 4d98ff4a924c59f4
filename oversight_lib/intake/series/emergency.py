"""Emergency care by month: providers' counts, the publisher's systems, and a derived table.

Booked appointments count on both sides, as in the publisher's own percentage.
"""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from oversight_lib.errors import Problem, UnknownNameError
from oversight_lib.intake import checks
from oversight_lib.intake.cells import Cells, rows_in_words, unreadable
from oversight_lib.intake.series.layouts import PROVIDERS
from oversight_lib.intake.series.places import ENGLAND, Places
from oversight_lib.intake.series.rows import series, withheld
from oversight_lib.intake.series.workbooks import PERIOD
from oversight_lib.periods import Month

COUNTS = ("attendances", "over_4_hours", "admissions", "admission_waits")
_OF_PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "attendances": PROVIDERS.columns[4:10],
    "over_4_hours": PROVIDERS.columns[10:16],
    "admission_waits": PROVIDERS.columns[16:18],
    "admissions": PROVIDERS.columns[18:22],
}
_OF_SYSTEMS = {
    "attendances": "Total attendances",
    "over_4_hours": "Total Attendances > 4 hours",
    "admissions": "Total Emergency Admissions",
    "admission_waits": "Number of patients spending >4 hours from decision to admit to admission",
}
_OF_DERIVED = {
    "attendances": "total_attendances",
    "over_4_hours": "attendances_over_4hours",
    "admissions": "total_emergency_admissions",
    "admission_waits": "emergency_admissions_over_4hours",
}
COPIED = "the published table repeats another month"


def providers(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` of boards and England from one month's counts by provider.

    The last row is the total of the others, whatever its spelling; a file whose total differs is
    refused. Providers are counted in boards as `emergency_providers.csv` says.
    """
    table = cells.table[list(PROVIDERS.columns)]
    is_total = table["Org Code"].str.casefold() == "total"
    rows, total = table[~is_total], table[is_total]
    board = rows["Org Code"].map(places.board_of_provider)
    problems = [*_not_counts(table), *_not_one_month(rows), *_not_known(rows, board, total)]
    if not problems:
        counted = _counted(table)
        problems = [
            *_not_the_total(rows, total),
            *_more_than_all(table, counted["attendances"], counted["over_4_hours"]),
        ]
    if problems:
        raise unreadable(cells.file, problems)
    counts = _counted(rows).assign(area=board).dropna(subset="area")
    england = _counted(rows).sum().to_frame().T.assign(area=ENGLAND)
    summed = pd.concat([counts.groupby("area", as_index=False).sum(), england])
    month = _month_of_provider_file(rows["Period"].iloc[0])
    return _series(summed.assign(period=str(month)), cells, places)


def systems(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` of boards and England from the publisher's system level data.

    England's row has the code `-`. The month is in the column `PERIOD`.
    """
    names = [PERIOD, "Code", *_OF_SYSTEMS.values()]
    table = cells.table.loc[cells.table["Code"] != "", names]
    area = table["Code"].replace("-", ENGLAND).map(places.area_of)
    problems = [
        *checks.faults(table["Code"][area.isna()], "{} is not a board", "the ODS code of a board"),
        *_not_numbers(table, _OF_SYSTEMS),
        *_not_england(table, area),
        *_more_than_all(table, *_seen_and_over(table, _OF_SYSTEMS)),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    counts = {ours: checks.numbers(table[name]) for ours, name in _OF_SYSTEMS.items()}
    month = str(Month.parse(table[PERIOD].iloc[0]))
    return _series(pd.DataFrame(counts).assign(area=area, period=month), cells, places)


def derived(cells: Cells, places: Places) -> pd.DataFrame:
    """Return `frames.SERIES` of boards and England from the derived monthly table.

    Only its counts are used: its percentages are shares over four hours, rounded. A month whose
    counts repeat an earlier month's for every board is a copy: its figures are missing.
    """
    table = cells.table
    area = table["icb22_code"].map(places.board_of)
    months = table["date"].map(_month)
    where = {"icb22_code": "icb22_code", "date": "date"}
    problems = [
        *checks.faults(
            table["icb22_code"][area.isna()], "{} is not a board", "the ONS code of a board"
        ),
        *checks.faults(table["date"][months == ""], "{} is not a month", "a month, as April 2022"),
        *_not_numbers(table, _OF_DERIVED),
        *checks.repeats(table, where),
        *_more_than_all(table, *_seen_and_over(table, _OF_DERIVED)),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    counts = pd.DataFrame(
        {ours: checks.numbers(table[name]) for ours, name in _OF_DERIVED.items()}
    ).assign(area=area, period=months)
    england = counts.groupby("period", as_index=False)[list(COUNTS)].sum().assign(area=ENGLAND)
    rows = _series(pd.concat([counts, england]), cells, places)
    return withheld(rows, rows["period"].isin(copied_months(counts)), COPIED)


def copied_months(counts: pd.DataFrame) -> list[str]:
    """Return the months whose counts equal an earlier month's for every area of several.

    `counts` has area, period and `COUNTS`. One area's counts can be alike by chance; not all.
    """
    wide = counts.pivot(index="period", columns="area", values=list(COUNTS)).sort_index()
    several = len(counts["area"].unique()) > 1
    return [str(month) for month in wide.index[wide.duplicated()]] if several else []


def _series(counts: pd.DataFrame, cells: Cells, places: Places) -> pd.DataFrame:
    named = counts.assign(area_kind=places.kinds(counts["area"]))
    seen = named.assign(
        numerator=named["attendances"] - named["over_4_hours"], denominator=named["attendances"]
    )
    waits = named.assign(numerator=named["admission_waits"], denominator=named["admissions"])
    return pd.concat(
        [
            series(seen, "ae-4-hour", source=cells.file),
            series(waits, "ae-admission-waits", source=cells.file),
        ],
        ignore_index=True,
    )


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            ours: sum(checks.numbers(rows[name]) for name in names)
            for ours, names in _OF_PROVIDERS.items()
        }
    )


def _not_counts(table: pd.DataFrame) -> Iterator[Problem]:
    for name in PROVIDERS.columns[4:]:
        yield from checks.not_numbers(table[name], required=True)
        yield from checks.outside(table[name], 0, float("inf"), "a count, 0 or more")


def _not_numbers(table: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[Problem]:
    for name in columns.values():
        yield from checks.not_numbers(table[name], required=True)
        yield from checks.outside(table[name], 0, float("inf"), "a count, 0 or more")


def _not_one_month(rows: pd.DataFrame) -> Iterator[Problem]:
    bad = rows["Period"][rows["Period"].map(_month_of_provider_file).isna()]
    yield from checks.faults(bad, "{} is not a month", "one month, as MSitAE-JUNE-2025")
    if bad.empty and len(rows["Period"].unique()) != 1:
        several = ", ".join(sorted(rows["Period"].unique())) or "no row"
        yield Problem("column Period", several, "one month a file")


def _not_known(
    rows: pd.DataFrame, board: "pd.Series[str]", total: pd.DataFrame
) -> Iterator[Problem]:
    expected = "a code in data/organisations/emergency_providers.csv; a new one is first added"
    # Providers that counted nobody, and are in no board, change no board's figure.
    active = _counted(rows).sum(axis=1) > 0
    unknown = rows["Org Code"][board.isna() & active]
    yield from checks.faults(unknown, "{} is counted in no board", expected)
    yield from checks.repeats(rows, {"Org Code": "Org Code"})
    if len(total) != 1:
        yield Problem("column Org Code", f"{len(total)} rows are totals", "one, the last row")


def _not_the_total(rows: pd.DataFrame, total: pd.DataFrame) -> Iterator[Problem]:
    ours, theirs = _counted(rows).sum(), _counted(total).iloc[0]
    where = rows_in_words(list(total.index))
    for name in ours.index[ours != theirs]:
        what = f"the total is {theirs[name]:,.0f} but the rows make {ours[name]:,.0f} ({name})"
        yield Problem(where, what, "the sum of the rows: the file is incomplete or changed")


def _not_england(table: pd.DataFrame, area: "pd.Series[str]") -> Iterator[Problem]:
    name = _OF_SYSTEMS["attendances"]
    england = checks.numbers(table[name][area == ENGLAND]).sum()
    boards = checks.numbers(table[name][area != ENGLAND]).sum()
    if england != boards:
        what = f"England has {england:,.0f} attendances but the boards make {boards:,.0f}"
        yield Problem(f"column {name}", what, "their sum: rows are missing")


def _seen_and_over(
    table: pd.DataFrame, columns: Mapping[str, str]
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    return (
        checks.numbers(table[columns["attendances"]]),
        checks.numbers(table[columns["over_4_hours"]]),
    )


def _more_than_all(table: pd.DataFrame, seen: "pd.Series[float]", over: "pd.Series[float]"
                   ) -> Iterator[Problem]:  # fmt: skip
    """Yield a problem where more people waited over four hours than came."""
    if rows := list(table.index[over > seen]):
        what = "more people waited over four hours than came"
        yield Problem(rows_in_words(rows), what, "a part of them: columns may be swapped")


def _month(words: str) -> str:
    try:
        return str(Month.parse(words))
    except UnknownNameError:
        return ""


def _month_of_provider_file(words: str) -> Month | None:
    match = re.fullmatch(r"MSitAE-([A-Z]+)-(\d{4})", words, re.IGNORECASE)
    try:
        return Month.parse(f"{match[1]} {match[2]}") if match else None
    except UnknownNameError:
        return None
