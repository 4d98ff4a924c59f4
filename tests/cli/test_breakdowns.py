"""`oversight breakdowns`: files in, tables out, every problem told."""

from tests.intake.breakdowns.published import local_row, local_rows, of_deciles, write


def test_a_download_and_a_local_table_are_taken_in_together(run, tmp_path):
    download = write(tmp_path / "indicator.csv", of_deciles())
    local = write(tmp_path / "local.csv", local_rows())
    words = ("breakdowns", download, local, "--better", "lower", "--unit", "per 100,000")
    code, out, _ = run(*words, "--data", tmp_path / "data")
    assert code == 0
    assert "fingertips-99999: An invented rate" in " ".join(out.split())
    names = {path.name for path in (tmp_path / "data").rglob("*.csv")}
    assert names == {"fingertips-99999.csv", "local-clinics.csv"}


def test_a_wrong_file_is_told_and_nothing_is_written(run, tmp_path):
    bad = write(tmp_path / "bad.csv", [local_row(area="QXX")])
    code, _, err = run("breakdowns", bad, "--data", tmp_path / "data")
    assert code == 4
    assert '"QXX" is not an area' in " ".join(err.split())
    assert not (tmp_path / "data").exists()
