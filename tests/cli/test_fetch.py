"""`oversight fetch`: from a mirror into the data directory."""

import pytest

from oversight_lib.errors import FetchError
from tests.intake.fetching.conftest import served
from tests.intake.fetching.servers import status, whole
from tests.intake.fetching.test_download import QUICK
from tests.intake.published import FIGURES_FILE, LEAGUE_FILE

__all__ = ["served"]
NAME = "nhs-oversight-framework-acute-trust-{}.csv"


@pytest.fixture
def mirror(served, monkeypatch):
    monkeypatch.setattr("oversight_lib.intake.fetching.fetching.Patience", lambda: QUICK)
    served.says(NAME.format("data"), whole(FIGURES_FILE.read_bytes()))
    served.says(NAME.format("league-table"), whole(LEAGUE_FILE.read_bytes()))
    return served


def test_files_are_fetched_and_taken_in(run, mirror, tmp_path):
    told = ("--base-url", mirror.base, "--out", tmp_path / "files", "--data", tmp_path / "data")
    code, out, _ = run("fetch", "2025-26-q1", *told)
    assert code == 0
    assert "nhs-oversight-framework-acute-trust-data.csv: new" in out
    assert "Q1 2025/26, acute, figures: new" in out
    assert (tmp_path / "data" / "oversight" / "2025-26-q1" / "acute.csv").exists()


def test_without_intake_only_the_files_come(run, mirror, tmp_path):
    told = ("--base-url", mirror.base, "--out", tmp_path / "files", "--data", tmp_path / "data")
    assert run("fetch", "2025-26-q1", *told, "--no-intake", "--quiet") == (0, "", "")
    assert not (tmp_path / "data").exists()


def test_what_cannot_be_fetched_has_its_own_exit_code_and_writes_nothing(run, mirror, tmp_path):
    mirror.says(NAME.format("data"), status(403))
    told = ("--base-url", mirror.base, "--out", tmp_path / "files", "--data", tmp_path / "data")
    code, _, err = run("fetch", "2025-26-q1", *told)
    assert code == FetchError.exit_code
    assert "the server answers 403" in err
    assert not (tmp_path / "data").exists()
