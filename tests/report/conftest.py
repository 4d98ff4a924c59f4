"""The pages most tests look at."""

import pytest

from tests.report.pages import QUARTERS, page


@pytest.fixture(params=QUARTERS)
def quarter(request):
    return request.param


@pytest.fixture
def southampton():
    """Overridden, and in the recovery programme: average 2.13, segment 2, then 3, then 5."""
    return page("trust", "RHM")


@pytest.fixture
def london():
    return page("region", "Y56")


@pytest.fixture
def england():
    return page("england")
