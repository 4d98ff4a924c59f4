"""The policy names no other place, and a page loads only what it needs."""

from types import SimpleNamespace

from oversight_lib.press.theme.policy import POLICY, needed


def test_nothing_from_elsewhere_and_nothing_within_the_page_is_allowed():
    allowed = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert allowed["default-src"] == allowed["base-uri"] == "'none'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


def script(name=None, body=""):
    return SimpleNamespace(filename=name, attributes={"body": body})


def test_only_files_a_page_needs_are_loaded():
    ours, theirs = script("_static/tables.js"), script("_static/scripts/sphinx-book-theme.js")
    doctools, inline = script("_static/doctools.js"), script(body="x = 1;")
    every = [doctools, theirs, inline, ours, "old.js"]
    assert needed(every, searching=False) == [ours, "old.js"]
    assert needed(every, searching=True) == [doctools, ours, "old.js"]
