"""An edition is released only if two people signed it, nothing is stale, and its time has come."""

import re
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from oversight_lib.errors import CommentaryError, Problem, ReleaseError
from oversight_lib.press import release
from oversight_lib.press.release import Candidate, SignOff

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
DIGEST = "a" * 64
GOOD = f'''author = "A. Writer"
reviewer = "B. Reader"
date = 2026-03-11
release_at = 2026-03-12T09:30:00+00:00
tables = "{DIGEST}"
'''


def signed(**values):
    usual = SignOff(
        author="A. Writer", reviewer="B. Reader", date=date(2026, 3, 11), release_at=NOW,
        tables=DIGEST,
    )  # fmt: skip
    return usual.model_copy(update=values)


def offered(**values):
    return Candidate(**{"digest": DIGEST, "commit": "c0ffee", "newest": "2026-03-11", **values})


def test_an_edition_that_is_signed_current_and_due_may_be_released():
    release.check(signed(), offered(), now=NOW)


@pytest.mark.parametrize(
    ("sign_off", "candidate", "reason"),
    [
        (None, offered(), f"nobody has signed this edition; expected tables = {DIGEST}"),
        (signed(reviewer="A. Writer"), offered(), "A. Writer reviewed their own edition"),
        (signed(reviewer=" a.  WRITER"), offered(), "A. Writer reviewed their own edition"),
        (signed(tables="b" * 64), offered(), "the tables are not those that were signed"),
        (signed(), offered(newest="2026-03-12"), "commentary is newer than the review"),
        (signed(date=date(2026, 3, 13)), offered(), "which is still to come"),
        (signed(release_at=datetime(2026, 3, 12, 9, 31, tzinfo=UTC)), offered(), "under embargo"),
        (signed(release_at=datetime(2026, 3, 12, 9, 30)), offered(), "no offset from UTC"),
        (signed(), offered(commit="c0ffee-dirty"), "files differ from the commit"),
        (signed(), offered(commit="unknown"), "its commit is not known"),
        (signed(), offered(stale=[Problem("trust/RTF/opening", "it changed")]), "it changed"),
    ],
)
def test_each_reason_not_to_release_is_named(sign_off, candidate, reason):
    with pytest.raises(ReleaseError, match=re.escape(reason)) as error:
        release.check(sign_off, candidate, now=NOW)
    assert len(error.value.problems) == 1


def test_all_reasons_are_told_at_once():
    stale = [Problem("trust/RTF/opening", "it changed")]
    with pytest.raises(ReleaseError) as error:
        release.check(
            signed(reviewer="A. Writer", tables="b" * 64),
            offered(commit="unknown", stale=stale),
            now=NOW,
        )
    assert len(error.value.problems) == 4


def test_an_embargo_ends_at_its_time_in_any_zone():
    there = datetime.fromisoformat("2026-03-12T10:30:00+01:00")
    release.check(signed(release_at=there), offered(), now=NOW)


def test_a_sign_off_is_read_and_none_is_none(tmp_path):
    path = tmp_path / release.NAME
    assert release.read(path) is None
    path.write_text(GOOD, "utf-8")
    assert release.read(path) == signed()


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('author = "A. Writer"\n', "", "author: Field required"),
        ('reviewer = "B. Reader"', 'reviewer = ""', "reviewer: String should have at least 1"),
        ("date = 2026-03-11", 'date = "soon"', "date: "),
        (DIGEST, "abc", "tables: String should match"),
        ("author =", "mood = 1\nauthor =", "mood: Extra inputs"),
        ("author =", "author", "is not TOML"),
    ],
)
def test_what_is_wrong_with_a_sign_off_is_named(tmp_path, before, after, complaint):
    path = tmp_path / release.NAME
    path.write_text(GOOD.replace(before, after, 1), "utf-8")
    with pytest.raises(CommentaryError, match=re.escape(complaint)):
        release.read(path)


def test_the_digest_is_of_every_cell_and_not_of_the_order_of_tables():
    one, two = pd.DataFrame({"x": [1.0]}), pd.DataFrame({"y": ["a"]})
    assert release.digest({"a": one, "b": two}) == release.digest({"b": two, "a": one})
    assert release.digest({"a": one}) != release.digest({"a": one + 1e-12})
    assert release.digest({"a": one}) != release.digest({"b": one})
