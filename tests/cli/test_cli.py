"""The command line as a person or a script meets it: output, JSON, exit codes."""

import json
import shutil

import pytest

from oversight_lib.errors import PublicationError, UnknownNameError, exit_codes
from oversight_lib.intake import DATA
from tests.intake.series.files import tidy_file


@pytest.fixture
def data(tmp_path):
    """A data directory that a test may spoil."""
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.mark.parametrize("quarter", ["2025-26-q1", "Q2 2025/26", "2025-26-Q3"])
def test_check_of_every_bundled_quarter_ends_well(run, quarter):
    code, out, _ = run("check", quarter)
    assert code == 0
    assert "figures are equal" in out
    assert " fails \n" not in out


def test_check_as_json_is_json_and_nothing_else(run):
    code, out, _ = run("check", "2025-26-q3", "--json")
    told = json.loads(out)
    assert code == 0
    assert all(row["passes"] for row in told["checks"])
    assert {"published", "computed", "cause"} <= told["differences"][0].keys()


def test_check_outside_the_tolerance_has_its_own_exit_code(run, data):
    table = data / "oversight" / "2025-26-q3" / "mental-health-community.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    spoiled = [line.replace(",2.27,", ",2.97,") if line.startswith("RDY,OF5002") else line
               for line in lines]  # fmt: skip
    assert spoiled != lines
    table.write_text("".join(spoiled), "utf-8")
    code, _, err = run("check", "2025-26-q3", "--data", data)
    assert code == 8
    assert "BackTestError" in err
    assert "average of exact scores, overall: 1 of 61 outside 0" in err


def test_quiet_prints_nothing(run):
    assert run("check", "2025-26-q3", "--quiet") == (0, "", "")


def test_assess_writes_every_table_twice(run, tmp_path):
    code, out, _ = run("assess", "2025-26-q3", "--out", tmp_path / "tables")
    assert code == 0
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    expected = [
        "observations", "scores", "segments", "cuts", "checks", "backtest", "organisations",
        "ranges", "firmness", "leave_out", "sensitivity", "distance", "movement", "drivers",
        "flows", "series", "context", "context_figures", "icbs", "successions", "admissions",
        "indicators", "breakdown_figures", "area_inequalities", "area_inequality_changes",
        "deprivation_deciles", "icb_deprivation", "area_measures", "served", "inequality_sources",
        "register", "findings",
    ]  # fmt: skip
    assert names == {f"{name}.{form}" for name in expected for form in ("csv", "parquet")}
    assert "as CSV and Parquet" in out


@pytest.mark.parametrize("what", ["quarters", "regions", "icbs", "trusts", "metrics"])
def test_lists_print_tables_and_json(run, what):
    code, out, _ = run("list", what)
    assert code == 0
    code, as_json, _ = run("list", what, "--json")
    rows = json.loads(as_json)
    assert rows
    assert str(next(iter(rows[0].values()))) in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "q9"], "write it as 2025-26-q1"),
        (["check", "2019-20-q1"], "no rules for 2019/20"),
        (["build", "2025-26-q1", "--trust", "Northumbira Healthcare"], "did you mean RTF"),
        (["build", "2025-26-q1", "--region", "Lundon"], "did you mean Y56 (London)"),
        (["build", "2025-26-q1", "--icb", "Q"], "is not the code or name of one ICB"),
    ],
)
def test_unknown_names_say_what_is_near_and_make_nothing(run, words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*words)
    assert code == UnknownNameError.exit_code
    assert told in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_bad_input_prints_all_problems_and_leaves_the_data_alone(run, data, tmp_path):
    page = tmp_path / "data.csv"
    page.write_text("<!DOCTYPE html><html><body>404</body></html>")
    empty = tmp_path / "empty.csv"
    empty.touch()
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    code, _, err = run("intake", page, empty, "--data", data)
    assert code == PublicationError.exit_code
    assert "data.csv" in err
    assert "empty.csv" in err
    assert "Traceback" not in err
    assert before == {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_help_teaches_and_documents_every_exit_code(run):
    code, out, _ = run("--help")
    words = " ".join(out.split())
    assert code == 0
    assert "oversight list quarters" in words
    assert all(f"{number}:" in words for number in exit_codes())


def test_usage_errors_have_exit_code_two(run):
    assert run("check")[0] == 2
    assert run("no-such-verb")[0] == 2


def test_series_are_taken_in_and_bad_ones_refused(run, tmp_path):
    path = tidy_file(tmp_path / "rtt.csv", [("rtt-18-week", "QE1", "2025-04", 600, 1000, "")])
    code, out, _ = run("series", path, "--data", tmp_path / "data")
    assert code == 0
    assert "rtt-18-week: 1 row of 1 area to 2025-04" in out
    bad = tidy_file(tmp_path / "bad.csv", [("rtt-18-week", "QZZ", "2025-04", 600, 1000, "")])
    code, _, err = run("series", bad, "--data", tmp_path / "data")
    assert code == 4
    assert '"QZZ" is not an area' in err
