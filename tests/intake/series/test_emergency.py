"""Emergency care: both sides of booked appointments, totals, copies, false zeros, codes."""

from datetime import date

import pandas as pd
import pytest
from openpyxl import Workbook

from oversight_lib.errors import PublicationError
from oversight_lib.intake.series import load_series, take_in
from oversight_lib.intake.series.workbooks import _text
from tests.intake.series import files

# R1H is counted in North East London (QMF), RF4 too, RRK in Birmingham and Solihull (QHL).
ROWS = [
    files.provider("R1H", c0=1000, c3=100, c6=300, c9=10, c12=5, c13=7, c14=200, c17=50),
    files.provider("RF4", c0=500, c2=40, c6=90),
    files.provider("RRK", c0=800, c6=400, c13=3, c14=100),
]


def figures(data, measure="ae-4-hour"):
    rows = load_series(data)
    return rows[rows["measure"] == measure].set_index(["area", "period"])


@pytest.mark.parametrize(
    ("total", "junk"), [("TOTAL", 0), ("Total ", 0), ("Total", 6)], ids=["plain", "space", "junk"]
)
def test_booked_appointments_count_on_both_sides(tmp_path, total, junk):
    path = files.provider_file(tmp_path / "a.csv", "JUNE-2025", ROWS, total=total, junk=junk)
    take_in([path], tmp_path / "data")
    found = figures(tmp_path / "data")
    seen, over = 1000 + 100 + 500 + 40, 300 + 10 + 90
    assert found.loc[("QMF", "2025-06"), "denominator"] == seen
    assert found.loc[("QMF", "2025-06"), "numerator"] == seen - over
    assert found.loc[("QMF", "2025-06"), "value"] == 100 * (seen - over) / seen
    everybody, late = seen + 800, over + 400
    assert found.loc[("ENG", "2025-06"), "value"] == 100 * (everybody - late) / everybody
    assert set(found.index) == {("ENG", "2025-06"), ("QMF", "2025-06"), ("QHL", "2025-06")}


def test_waits_for_admission_are_of_all_emergency_admissions(tmp_path):
    take_in([files.provider_file(tmp_path / "a.csv", "JUNE-2025", ROWS)], tmp_path / "data")
    found = figures(tmp_path / "data", "ae-admission-waits")
    assert found.loc[("QMF", "2025-06"), "value"] == 100 * (5 + 7) / (200 + 50)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"changed": 1}, "the total is 2,441 but the rows make 2,440"),
        ({"rows": [*ROWS, files.provider("XX9", c0=9)]}, '"XX9" is counted in no board'),
        ({"rows": [*ROWS, ROWS[0]]}, "R1H is already in row 2"),
        ({"month": "SUMMER-2025"}, '"MSitAE-SUMMER-2025" is not a month'),
        ({"total": "ALL"}, "0 rows are totals; expected one, the last row"),
        ({"rows": [files.provider("R1H", c0=10, c6=11)]}, "more people waited over four hours"),
    ],
    ids=["total", "provider", "twice", "month", "no total", "more than all"],
)
def test_a_provider_file_that_is_not_whole_is_refused(tmp_path, options, says):
    given = {"month": "JUNE-2025", "rows": ROWS} | options
    path = files.provider_file(tmp_path / "a.csv", **given)
    with pytest.raises(PublicationError) as refused:
        take_in([path], tmp_path / "data")
    assert says in str(refused.value)
    assert not (tmp_path / "data").exists()


def test_a_provider_that_saw_nobody_needs_no_board(tmp_path):
    rows = [*ROWS, files.provider("XX9")]
    take_in([files.provider_file(tmp_path / "a.csv", "JUNE-2025", rows)], tmp_path / "data")
    assert ("ENG", "2025-06") in figures(tmp_path / "data").index


BOARDS = [("E54000008", 1000, 200), ("E54000010", 2000, 500)]


def months(*dates, boards=BOARDS, added=None):
    step = added or dict.fromkeys(dates, 0)
    return [(code, seen + step[date], over, date) for date in dates for code, seen, over in boards]


def test_a_month_that_repeats_another_for_every_board_is_no_figure(tmp_path):
    rows = months("February 2024", "March 2024", "February 2025",
                  added={"February 2024": 0, "March 2024": 7, "February 2025": 0})  # fmt: skip
    take_in([files.derived_file(tmp_path / "d.csv", rows)], tmp_path / "data")
    found = figures(tmp_path / "data")
    assert found.loc[("QYG", "2024-02"), "value"] == 100 * (1000 - 200) / 1000
    copied = found.loc[[("QYG", "2025-02"), ("QNC", "2025-02"), ("ENG", "2025-02")]]
    assert copied["value"].isna().all()
    assert copied[["numerator", "denominator"]].isna().all(axis=None)
    assert set(copied["reason"]) == {"the published table repeats another month"}
    assert found.loc[("QYG", "2024-03"), "reason"] is pd.NA or pd.isna(
        found.loc[("QYG", "2024-03"), "reason"]
    )


def test_one_board_with_equal_counts_is_no_copy(tmp_path):
    rows = [*months("February 2024"), ("E54000008", 1000, 200, "February 2025"),
            ("E54000010", 2001, 500, "February 2025")]  # fmt: skip
    take_in([files.derived_file(tmp_path / "d.csv", rows)], tmp_path / "data")
    assert figures(tmp_path / "data").loc[("QYG", "2025-02"), "value"] == 80.0


def test_the_providers_of_a_copied_month_restore_it(tmp_path):
    derived = files.derived_file(
        tmp_path / "d.csv", months("February 2024", "February 2025", boards=BOARDS)
    )
    providers = files.provider_file(tmp_path / "p.csv", "FEBRUARY-2025", ROWS)
    for order in ([derived, providers], [providers, derived]):
        data = tmp_path / order[0].stem
        for path in order:
            take_in([path], data)
        found = figures(data)
        assert found.loc[("ENG", "2025-02"), "source"] == "p.csv"
        assert pd.isna(found.loc[("QYG", "2025-02"), "value"])
        assert found.loc[("QYG", "2024-02"), "source"] == "d.csv"


def test_months_before_every_trust_reported_are_no_figures(tmp_path):
    frimley = ("E54000034", 22797, 0, "April 2022")
    rows = [frimley, *months("April 2022", "June 2023", added={"April 2022": 0, "June 2023": 3})]
    take_in([files.derived_file(tmp_path / "d.csv", rows)], tmp_path / "data")
    found = figures(tmp_path / "data")
    assert pd.isna(found.loc[("QNQ", "2022-04"), "value"])
    assert found.loc[("QNQ", "2022-04"), "reason"].startswith("did not report")
    assert pd.isna(found.loc[("QYG", "2022-04"), "value"])
    assert found.loc[("QYG", "2023-06"), "value"] == 100 * (1003 - 200) / 1003


def test_a_board_is_the_same_under_a_code_it_no_longer_has(tmp_path):
    boards = [("E54000052", 1000, 100), ("E54000063", 500, 100)]
    rows = [(boards[0][0], 1000, 100, "July 2023"), (boards[1][0], 500, 100, "August 2023")]
    take_in([files.derived_file(tmp_path / "d.csv", rows)], tmp_path / "data")
    found = figures(tmp_path / "data")
    assert found.loc[("QXU", "2023-07"), "value"] == 90.0
    assert found.loc[("QXU", "2023-08"), "value"] == 80.0


def test_the_workbook_has_an_england_row_a_blank_row_and_dashes(tmp_path):
    path = files.workbook(tmp_path / "w.xlsx", [("QOX", 1000, 300), ("QHG", 500, 100)])
    take_in([path], tmp_path / "data")
    found = figures(tmp_path / "data")
    assert found.loc[("ENG", "2025-06"), "value"] == 100 * (1500 - 400) / 1500
    assert found.loc[("QOX", "2025-06"), "value"] == 70.0


def test_a_workbook_without_all_boards_is_refused(tmp_path):
    path = files.workbook(tmp_path / "w.xlsx", [("QOX", 1000, 300)], england=1500)
    with pytest.raises(PublicationError, match="England has 1,500 attendances but the boards make"):
        take_in([path], tmp_path / "data")


def test_a_workbook_that_is_none_of_ours_is_refused(tmp_path):
    (tmp_path / "w.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(PublicationError, match="not a workbook"):
        take_in([tmp_path / "w.xlsx"], tmp_path / "data")


def test_a_workbook_that_is_not_whole_inside_is_refused(tmp_path):
    path = tmp_path / "w.xlsx"
    book = Workbook()
    book.active.append(["Something", "else"])
    book.save(path)
    with pytest.raises(PublicationError, match="no sheet that is known"):
        take_in([path], tmp_path / "data")


def test_files_of_two_months_in_one_are_refused(tmp_path):
    path = files.provider_file(tmp_path / "a.csv", "JUNE-2025", ROWS)
    path.write_text(path.read_text("utf-8").replace("JUNE", "JULY", 1), "utf-8")
    with pytest.raises(PublicationError, match="MSitAE-JULY-2025, MSitAE-JUNE-2025; expected one"):
        take_in([path], tmp_path / "data")


def test_the_derived_table_has_months_and_boards(tmp_path):
    rows = [("E54000008", 100, 20, "someday"), ("E99", 100, 20, "July 2024")]
    with pytest.raises(PublicationError) as refused:
        take_in([files.derived_file(tmp_path / "d.csv", rows)], tmp_path / "data")
    assert '"someday" is not a month' in str(refused.value)
    assert '"E99" is not a board' in str(refused.value)


def test_a_workbook_tells_its_days_and_whole_numbers_as_a_file_would():
    cells = [None, date(2025, 6, 1), 12.0, 12.5, "QOX"]
    assert [_text(cell) for cell in cells] == ["", "2025-06-01", "12", "12.5", "QOX"]
