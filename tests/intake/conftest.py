import pytest

from oversight_lib.intake.arrivals import intake
from tests.intake.published import FIGURES_FILE, LEAGUE_FILE


@pytest.fixture
def data(tmp_path):
    """A data directory that already holds figures and a league table."""
    folder = tmp_path / "data"
    intake([FIGURES_FILE, LEAGUE_FILE], folder)
    return folder
