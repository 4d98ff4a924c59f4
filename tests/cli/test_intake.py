"""`oversight intake`: files of any family, told apart by their headers."""

from tests.intake.breakdowns.published import of_deciles, write
from tests.intake.published import FIGURES_FILE
from tests.intake.series.files import tidy_file


def test_files_of_any_family_are_taken_in_by_one_verb(run, tmp_path):
    series = tidy_file(tmp_path / "s.csv", [("rtt-18-week", "QE1", "2025-04", 600, 1000, "")])
    download = write(tmp_path / "indicator.csv", of_deciles())
    told = ("--better", "lower", "--unit", "per 100,000", "--data", tmp_path / "data")
    code, out, _ = run("intake", FIGURES_FILE, series, download, *told)
    assert code == 0
    assert "Q1 2025/26, acute, figures: new" in out
    assert "rtt-18-week: 1 row of 1 area to 2025-04" in out
    assert "fingertips-99999: An invented rate" in out
    folders = {path.name for path in (tmp_path / "data").iterdir()}
    assert folders == {"oversight", "series", "inequality"}


def test_the_series_and_breakdown_verbs_are_only_narrower(run, tmp_path):
    series = tidy_file(tmp_path / "s.csv", [("rtt-18-week", "QE1", "2025-04", 600, 1000, "")])
    code, _, err = run("breakdowns", series, "--data", tmp_path / "data")
    assert code == 4
    assert "the header is of no layout that is known" in err
