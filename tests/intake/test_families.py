"""Which family a file is of: known by its header, whatever the file is called."""

import pytest

from oversight_lib.errors import PublicationError
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.breakdowns import Choice, take
from oversight_lib.intake.families import Family, family
from oversight_lib.intake.series import take_in
from oversight_lib.intake.series.layouts import LAYOUTS
from tests.intake.breakdowns.published import local_rows, of_deciles
from tests.intake.breakdowns.published import write as write_breakdown
from tests.intake.published import FIGURES_FILE, LEAGUE_FILE, snapshot
from tests.intake.series import files


@pytest.fixture
def survey(tmp_path):
    return files.survey_file(
        tmp_path / "a.csv", [("QMF", "gpps-contact-experience", 70, 68, 72, 1000)]
    )


@pytest.fixture
def series(tmp_path):
    rows = [("rtt-18-week", "QE1", "2025-04", 600, 1000, "")]
    return files.tidy_file(tmp_path / "b.csv", rows)


@pytest.fixture
def download(tmp_path):
    return write_breakdown(tmp_path / "c.csv", of_deciles())


@pytest.fixture
def local(tmp_path):
    return write_breakdown(tmp_path / "d.csv", local_rows())


@pytest.mark.parametrize("path", [FIGURES_FILE, LEAGUE_FILE], ids=lambda path: path.stem)
def test_publications_are_known(path):
    assert family(path) is Family.PUBLICATION


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_every_layout_of_series_is_known_by_its_header_alone(layout, tmp_path):
    path = files.write(tmp_path / "any-name.csv", layout.columns, [])
    assert family(path) is Family.SERIES


def test_workbooks_are_series(tmp_path):
    assert family(files.workbook(tmp_path / "w.xlsx", [("QMF", 10, 2)])) is Family.SERIES


def test_breakdowns_are_known_though_the_tidy_table_shares_columns_with_the_tidy_series(
    download, local
):
    assert [family(download), family(local)] == [Family.BREAKDOWN] * 2


def test_the_order_and_the_case_of_columns_do_not_matter(tmp_path, local):
    lines = local.read_text("utf-8").splitlines()
    header = ",".join(reversed(lines[0].upper().split(",")))
    path = tmp_path / "reversed.csv"
    path.write_text("\n".join([header, ""]), "utf-8")
    assert family(path) is Family.BREAKDOWN


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a,b,c\n", b'"never closed', b"<!doctype html>"]
)
def test_what_is_of_no_family_is_left_to_the_publications_which_refuse_it(content, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    assert family(path) is Family.PUBLICATION
    with pytest.raises(PublicationError, match=r"odd\.csv"):
        intake([path], tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(PublicationError, match=r"absent\.csv: no such file"):
        intake([tmp_path / "absent.csv"], tmp_path / "data")


def test_files_of_all_families_come_in_together_as_they_do_apart(tmp_path, series, download, local):
    choice = Choice("lower", "per 100,000")
    report = intake([download, FIGURES_FILE, series, local], tmp_path / "data", choice=choice)
    intake([FIGURES_FILE], tmp_path / "apart")
    take_in([series], tmp_path / "apart")
    take([download, local], tmp_path / "apart", choice)
    assert snapshot(tmp_path / "data") == snapshot(tmp_path / "apart")
    said = str(report)
    assert len(report.arrivals) == 2
    assert "rtt-18-week: 1 row of 1 area to 2025-04" in said
    assert "local-clinics: People who were seen in a clinic" in said
    assert "fingertips-99999: An invented rate" in said


def test_one_bad_file_of_any_family_keeps_those_of_all_families_out(tmp_path, series, download):
    bad = files.tidy_file(tmp_path / "bad.csv", [("rtt-18-week", "QZZ", "2025-04", 6, 10, "")])
    with pytest.raises(PublicationError) as caught:
        intake([FIGURES_FILE, bad, series, download], tmp_path / "data")
    said = str(caught.value)
    # The download does not say which way is better, nor its unit.
    assert said.startswith("3 problems in figures.csv, bad.csv, b.csv, c.csv; nothing was taken in")
    assert '"QZZ" is not an area' in said
    assert "the file does not say the unit" in said
    assert not (tmp_path / "data").exists()


def test_taking_files_of_all_families_in_again_changes_nothing(tmp_path, series, local):
    data = tmp_path / "data"
    intake([FIGURES_FILE, series, local], data)
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    intake([FIGURES_FILE, series, local], data)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
