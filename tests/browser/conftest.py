"""One small edition with a page of every kind, built once, and a browser to look at it with."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import chromium
from tests.conftest import ROOT

EDITION = ("2025-26-q3", "--region", "London", "--icb", "QMF", "--trust", "RAT")
"""England, one region, one board, one trust, and every page that stands among the prose."""
PATIENCE = 600


def pytest_collection_modifyitems(items):
    """Mark what needs the built edition: it takes as long as any book."""
    for item in items:
        if "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.book)


@pytest.fixture(scope="session")
def site(tmp_path_factory, request):
    """The folder of the bound book; the first worker builds, the others wait for it.

    OVERSIGHT_BOOK names one that is bound already, of the same pages.
    """
    if os.environ.get("OVERSIGHT_BOOK"):
        return Path(os.environ["OVERSIGHT_BOOK"]).resolve()
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    folder, ended = shared / "edition-to-look-at", shared / "edition-to-look-at.ended"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not ended.exists() and time.monotonic() < until:
            time.sleep(0.2)
    else:
        ended.write_text(build(folder), "utf-8")
    assert ended.read_text("utf-8") == ""
    return folder / "html"


def build(folder):
    """Build the edition; return what went wrong, or nothing."""
    words = (*EDITION, "--jobs", "2", "--out", str(folder))
    done = subprocess.run(
        [sys.executable, "-m", "oversight_lib.cli", "build", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


@pytest.fixture(scope="session")
def names(site):
    """The names of all pages of the book, but for the one that only leads to its front."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return sorted(found - {"index.html"})


@pytest.fixture(scope="module")
def browser():
    with chromium.opened() as found:
        yield found


@pytest.fixture
def window(browser, site):
    """Open a page of the book in a window of its own: `window(name, width=..., ...)`."""
    contexts = []

    def open_(name, *, width=1280, **settings):
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **settings))
        page = contexts[-1].new_page()
        page.goto((site / name).as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def every_page(browser, site, names):
    """Walk all pages in one window of a width: yields (name, page)."""

    @contextmanager
    def walking(width, **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        page = context.new_page()

        def pages():
            for name in names:
                page.goto((site / name).as_uri(), wait_until="load")
                yield name, page

        try:
            yield pages()
        finally:
            context.close()

    return walking
