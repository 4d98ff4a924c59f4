import pytest

from tests.intake.fetching.servers import server


@pytest.fixture
def served(monkeypatch):
    """A server on this machine, reached without any proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with server() as script:
        yield script
