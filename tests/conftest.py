"""What the tests share: the rules, the bundled figures, and where the publisher's files are."""

import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from oversight_lib import cli
from oversight_lib.intake.catalogue import DATA
from oversight_lib.intake.publication import load_publication
from oversight_lib.method.assessment import assess
from oversight_lib.periods import FrameworkYear, Quarter
from oversight_lib.rules import load_framework

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("OVERSIGHT_SHARED", ROOT.parent / "shared"))
WITHOUT_PUBLISHER = f"the publisher's files are not at {SHARED}"


def tracked():
    """Every file of the checkout that is tracked."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is no checkout, so no file is tracked")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def pytest_collection_modifyitems(items):
    """Skip what needs the publisher's files where they are not; CI, which has them, forbids it."""
    if SHARED.is_dir():
        return
    if os.environ.get("OVERSIGHT_REQUIRE_PUBLISHER"):
        pytest.exit(f"{WITHOUT_PUBLISHER}, and this run may not skip them", returncode=1)
    for item in items:
        if item.get_closest_marker("publisher"):
            item.add_marker(pytest.mark.skip(reason=WITHOUT_PUBLISHER))


@pytest.fixture(scope="session")
def framework():
    """The rules of 2025/26."""
    return load_framework(FrameworkYear(2025))


@cache
def _bundled(quarter):
    """The bundled publication of a quarter and its assessment."""
    rules = load_framework(FrameworkYear(2025))
    publication = load_publication(DATA, Quarter.parse(quarter), rules)
    return publication, assess(publication, rules)


@pytest.fixture(scope="session")
def bundled():
    """Return a bundled quarter's publication and assessment, by the quarter's name."""
    return _bundled


@pytest.fixture(scope="session")
def q1():
    """The assessment of Q1 2025/26: 134 acute, 61 mental health and community trusts."""
    return _bundled("2025-26-q1")[1]


@pytest.fixture(scope="session", params=["2025-26-q1", "2025-26-q2", "2025-26-q3"])
def every_quarter(request):
    """Each bundled publication with its assessment."""
    return _bundled(request.param)


@pytest.fixture
def oversight(monkeypatch):
    """Run the command with these words and return its exit code."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["oversight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0)

    return run
