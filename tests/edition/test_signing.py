"""Signing: only what is committed, words and all, is a release."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oversight_lib import edition
from oversight_lib.edition import signing
from oversight_lib.intake import DATA
from oversight_lib.press import checkout, release
from oversight_lib.press.edition_facts import EditionFacts
from tests.intake.published import Q3

QUARTER = Q3
FACTS = EditionFacts(QUARTER, "2025-26", commit="c0ffee")


@pytest.fixture(scope="module")
def assessed():
    return edition.assessment(QUARTER, data=DATA)


@pytest.fixture
def words(tmp_path, assessed):
    """A folder of words in which these very tables are signed."""
    folder = tmp_path / str(QUARTER)
    folder.mkdir()
    (folder / release.NAME).write_text(
        'author = "A"\nreviewer = "B"\ndate = 2026-03-10\nrelease_at = 2026-03-12T09:30:00+00:00\n'
        f'tables = "{release.digest(assessed.tables)}"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_an_edition_from_a_clean_tree_is_released_as_of_its_commit(assessed, words, monkeypatch):
    monkeypatch.setattr(checkout, "tree", lambda: "c0ffee")
    told = signing.signed(FACTS, assessed, words)
    assert told.released == "2026-03-12T09:30:00+00:00"
    assert replace(told, released="", contact="") == FACTS


def test_words_that_are_not_committed_are_no_release(assessed, words, monkeypatch):
    monkeypatch.setattr(checkout, "tree", lambda: "c0ffee-dirty")
    told = signing.signed(FACTS, assessed, words)
    assert told.released == ""
    assert told.commit == "c0ffee"
    assert signing.candidate(assessed).commit == "c0ffee-dirty"
    with pytest.raises(release.ReleaseError, match="a clean tree"):
        release.check(
            signing.sign_off(QUARTER, words), signing.candidate(assessed),
            now=datetime(2026, 4, 1, tzinfo=UTC),
        )  # fmt: skip
