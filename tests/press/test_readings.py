"""Readings are kept: used only for the same page, rules and names, and if they are whole."""

import pytest

from oversight_lib.errors import LintError
from oversight_lib.method.cells import Ledger
from oversight_lib.press import lint
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.lint import readings
from tests.press.test_lint import CLEAN, NAMES, bound

WORST = "<p>the worst of all</p>"
UNNUMBERED = '<div class="narrative"><p>They saw 12 people.</p></div>'


@pytest.fixture
def read(monkeypatch):
    """The pages that were read again, in order."""
    told = []
    of = readings.Reading.of

    def reading(page, *rest):
        told.append(page)
        return of(page, *rest)

    monkeypatch.setattr(readings.Reading, "of", reading)
    return told


@pytest.fixture
def html(tmp_path):
    for page in ("england", "trusts/r1h", "trusts/rat"):
        bound(tmp_path / "html", CLEAN, page)
    return tmp_path / "html"


@pytest.fixture
def kept(tmp_path):
    return Entries(tmp_path / "cache")


def findings(html, kept=None, names=NAMES, ledger=None, jobs=1):
    try:
        lint.check(html, names, ledger, kept, jobs)
    except LintError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_only_a_page_that_changed_is_read_again(html, kept, read):
    assert findings(html, kept) == []
    assert read == ["england", "trusts/r1h", "trusts/rat"]
    read.clear()
    bound(html, CLEAN + WORST, "trusts/rat")
    assert findings(html, kept) == findings(html) != []
    assert read == ["trusts/rat", "england", "trusts/r1h", "trusts/rat"]


def test_several_processes_find_the_same_as_one(html, kept, tmp_path, monkeypatch):
    monkeypatch.setattr(readings, "_MANY", 2)
    for page in ("england", "trusts/rat"):
        bound(html, CLEAN + WORST + UNNUMBERED, page)
    expected = findings(html, kept)
    assert len(expected) > 2
    together = Entries(tmp_path / "together")
    assert findings(html, together, jobs=2) == expected
    assert together.get("lint") == kept.get("lint")


def test_what_is_wrong_with_a_page_that_is_kept_is_said_again(html, kept, read):
    bound(html, CLEAN + WORST + UNNUMBERED)
    first = findings(html, kept)
    assert len(first) == 2
    read.clear()
    assert findings(html, kept) == first
    assert read == []


def test_a_page_of_the_same_bytes_at_another_name_is_read(html, kept, read):
    findings(html, kept)
    read.clear()
    bound(html, CLEAN, "trusts/new")
    findings(html, kept)
    assert read == ["trusts/new"]


def test_a_page_that_is_gone_is_forgotten(html, kept, read):
    findings(html, kept)
    (html / "trusts" / "rat.html").unlink()
    assert findings(html, kept) == []
    bound(html, CLEAN, "trusts/rat")
    read.clear()
    findings(html, kept)
    assert read == ["trusts/rat"]


@pytest.mark.parametrize("byte", [0, 70, 300, -1])
def test_a_flipped_byte_has_all_pages_read_again(html, kept, read, byte):
    bound(html, CLEAN + WORST)
    first = findings(html, kept)
    entry = kept.folder / "lint.entry"
    content = bytearray(entry.read_bytes())
    content[byte] ^= 1
    entry.write_bytes(content)
    read.clear()
    assert findings(html, kept) == first
    assert len(read) == 3


@pytest.mark.parametrize("harm", [lambda e: e.unlink(), lambda e: e.write_bytes(b"")])
def test_an_entry_that_is_gone_or_cut_short_is_made_again(html, kept, read, harm):
    findings(html, kept)
    harm(kept.folder / "lint.entry")
    read.clear()
    assert findings(html, kept) == []
    assert len(read) == 3


def test_other_rules_or_code_have_all_pages_read_again(html, kept, read, monkeypatch):
    findings(html, kept)
    was = digests.code
    monkeypatch.setattr(digests, "code", lambda *parts: was(*parts)[::-1])
    read.clear()
    findings(html, kept)
    assert len(read) == 3


def test_the_code_that_counts_is_the_lints_own_rules_and_all():
    assert (digests.PACKAGE / readings._CODE[0] / "rules.toml").is_file()
    assert digests.code(*readings._CODE) != digests.code("press/lint/rules.py")


def test_other_names_have_all_pages_read_again(html, kept, read):
    assert findings(html, kept) == []
    read.clear()
    gone = NAMES - {"Barts Health NHS Trust"}
    assert findings(html, kept, gone) == findings(html, None, gone) != []
    assert len(read) == 6


def test_figures_are_looked_up_for_a_page_that_is_kept(html, kept, read):
    body = '<div class="narrative"><p><data data-cell="scores: : count">3</data> trusts</p></div>'
    bound(html, body)
    assert findings(html, kept) == []
    read.clear()
    assert findings(html, kept, ledger=Ledger({})) == [
        "trusts/r1h: 3 is printed for scores: : count, which is 0"
    ]
    assert read == []


def test_two_pages_that_are_kept_and_differ_are_found(html, kept, read):
    for page, words in (("trusts/r1h", "3"), ("trusts/rat", "4")):
        tie = f'<data data-cell="shown: : x">{words}</data>'
        bound(html, f'<div class="narrative"><p>{tie} trusts</p></div>', page)
    first = findings(html, kept)
    assert len(first) == 1
    read.clear()
    assert findings(html, kept) == first
    assert read == []
