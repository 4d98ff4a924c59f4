"""The browser the tests look with: Debian's Chromium, driven by Playwright's client."""

import os
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATH = next(filter(None, map(shutil.which, NAMES)), None)
WITHOUT = f"there is no browser: none of {', '.join(NAMES)} is installed"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@contextmanager
def opened():
    """Give a browser; skip where there is none, but not where that is forbidden.

    Not for a whole session: while it is open, no other event loop runs in this process.
    """
    if PATH is None:
        if os.environ.get("OVERSIGHT_REQUIRE_PUBLISHER"):
            pytest.fail(f"{WITHOUT}, and this run may not skip what needs one")
        pytest.skip(WITHOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=list(QUIET))
        yield browser
        browser.close()
