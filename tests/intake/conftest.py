import shutil

import pytest

from oversight_lib.intake.arrivals import intake
from tests.intake.published import FIGURES_FILE, LEAGUE_FILE


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("taken-in") / "data"
    intake([FIGURES_FILE, LEAGUE_FILE], folder)
    return folder


@pytest.fixture
def data(tmp_path, taken_in):
    """A data directory of one's own that already holds figures and a league table."""
    return shutil.copytree(taken_in, tmp_path / "data")
