"""`oversight diff` and `oversight site` as somebody types them."""

import json

import pytest

from tests.press.editions.shelf import put, tables, with_average


@pytest.fixture
def builds(tmp_path):
    """A folder in which two quarters were built."""
    for quarter in ("2025-26-q2", "2025-26-q3"):
        (tmp_path / quarter).mkdir()
        put(tmp_path / quarter / "html", quarter=quarter)
    return tmp_path


def test_two_quarters_are_compared_by_their_names(oversight, builds, capsys):
    assert oversight("diff", "2025-26-q2", "Q3 2025/26", "--out", builds) == 0
    said = capsys.readouterr().out
    assert "What changed from Q2 2025/26 to Q3 2025/26" in said
    assert "3 trusts are in both" in said
    assert "Both apply the rules of 2025/26" in said


def test_a_machine_is_told_as_json_and_a_reader_as_a_page(oversight, builds, capsys):
    page = builds / "pages" / "diff.html"
    words = ("diff", builds / "2025-26-q2", "2025-26-q3", "--out", builds, "--page", page)
    assert oversight(*words, "--json") == 0
    assert json.loads(capsys.readouterr().out)["segments"]["trusts"] == 3
    assert "<h1>What changed from Q2 2025/26 to Q3 2025/26</h1>" in page.read_text("utf-8")


def test_an_edition_that_was_not_built_is_named(oversight, builds, capsys):
    assert oversight("diff", "2025-26-q1", "2025-26-q3", "--out", builds) == 5
    assert "no edition" in capsys.readouterr().err


def test_a_site_is_gathered_and_a_silent_change_of_a_release_is_refused(
    oversight, builds, tmp_path, capsys
):
    site, released = tmp_path / "site", "2026-03-12T09:30:00+00:00"
    put(tmp_path / "one", released=released)
    assert oversight("site", "2025-26-q2", tmp_path / "one", "--builds", builds, "--out", site) == 0
    assert "2 editions; the newest is Q3 2025/26" in capsys.readouterr().out
    put(tmp_path / "two", with_average(tables(), "RAT", 1.5), released=released)
    assert oversight("site", tmp_path / "two", "--out", site) == 23
    assert "segments.average: 1 published figures change" in capsys.readouterr().err
