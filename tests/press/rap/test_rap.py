"""Levels of reproducible analysis: each check finds what is planted, and says on what evidence."""

import json
import shutil
from dataclasses import replace

import pytest

from oversight_lib.periods import Quarter
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.imprint import Imprint
from oversight_lib.press.pages import Page
from oversight_lib.press.rap import Subject, findings, of_checkout, page
from oversight_lib.press.rap.levels import CRITERIA, reached
from oversight_lib.press.release import SignOff
from oversight_lib.press.results import PageResult
from tests.conftest import ROOT
from tests.press.editions.shelf import tables
from tests.report.pages import opened

SIGNED = SignOff.model_validate(
    {"author": "A. Writer", "reviewer": "B. Reader", "date": "2026-03-12", "tables": "a" * 64,
     "release_at": "2026-03-12T09:30:00+00:00"}, strict=False,
)  # fmt: skip
DEFINES = {"cell_type": "code", "source": ["def f():"]}
PORCH = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "Makefile",
         "requirements.lock", ".github/workflows/publish.yml",
         ".github/workflows/checks.yml", ".ci/run",
         "book/method.md")  # fmt: skip


@pytest.fixture
def subject(tmp_path):
    """A small checkout in order: our porch, one module, one template, one test; and an edition."""
    home, out = tmp_path / "home", tmp_path / "out"
    for name in PORCH:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, home / name)
    for name in ("data", "notebooks", "oversight_lib", "tests", "out"):
        (home / name).mkdir()
    (home / "oversight_lib" / "one.py").write_text('"""One."""\n\n\ndef f():\n    """F."""\n')
    shutil.copyfile(ROOT / "notebooks" / "trust.ipynb", home / "notebooks" / "trust.ipynb")
    (home / "tests" / "test_one.py").write_text("")
    out.mkdir()
    (out / "run.log").write_text("a line\n")
    made = Page("england", "", "England", "england", home, {})
    facts = EditionFacts(Quarter.parse("2025-26-q3"), "2025-26", commit="c0ffee")
    results = [PageResult(made, out / "england.ipynb", None, 1.0)]
    checks = opened("2025-26-q3").checks
    imprint = Imprint(repository="https://example.org/code")
    return Subject(home, out, facts, imprint, SIGNED, results, tables(), checks)


def verdicts(subject):
    return {one.criterion.id: one for one in findings(subject)}


def test_every_criterion_is_met_by_a_checkout_in_order_but_for_what_is_installed(subject):
    found = verdicts(subject)
    assert len(found) == len(CRITERIA) == 18
    # Whether what is installed is as locked, and oversight itself is, differs from place to place.
    others = {name: one for name, one in found.items() if name not in ("S7", "G1", "S5")}
    assert {name: one.evidence for name, one in others.items() if not one.met} == {}
    assert all(one.evidence for one in found.values())


@pytest.mark.parametrize(
    ("criterion", "name", "text"),
    [
        ("B3", "README.md", "    make nothing-of-the-kind\n"),
        ("S1", "oversight_lib/one.py", 'answer = input("sure?")\n'),
        ("S2", "oversight_lib/one.py", "def f():\n    pass\n"),
        ("S4", "notebooks/trust.ipynb", json.dumps({"cells": [DEFINES]})),
        ("G2", ".github/workflows/checks.yml", "on: [push]\njobs: {}\n"),
        ("G3", ".github/workflows/publish.yml", "on: [push]\njobs: {}\n"),
        ("G4", "CHANGELOG.md", "# Changes\n\n## 0.0.1\n"),
    ],
)  # fmt: skip
def test_a_planted_fault_of_the_checkout_is_found(subject, criterion, name, text):
    assert verdicts(subject)[criterion].met
    (subject.home / name).write_text(text)
    assert verdicts(subject)[criterion].met is False


def test_a_lock_that_names_other_versions_is_found(subject):
    (subject.home / "requirements.lock").write_text("pandas==0.0.1 \\\n    --hash=sha256:0\n")
    told = verdicts(subject)["S7"]
    assert told.met is False
    assert told.evidence == "0 of 1 installed packages are as the lock says; not pandas"


def test_a_missing_part_of_the_layout_is_found(subject):
    shutil.rmtree(subject.home / "data")
    assert verdicts(subject)["S3"].evidence == "9 of 10 parts of the layout; not there: data"


@pytest.mark.parametrize(
    ("criterion", "change"),
    [
        ("B1", lambda s: {"results": [replace(s.results[0], notebook=None)]}),
        ("B1", lambda s: {"results": []}),
        ("B2", lambda s: {"facts": replace(s.facts, commit="c0ffee-dirty")}),
        ("B2", lambda s: {"facts": replace(s.facts, commit="unknown")}),
        ("B4", lambda _: {"sign_off": None}),
        ("B4", lambda _: {"sign_off": SIGNED.model_copy(update={"reviewer": "a.  writer"})}),
        ("B5", lambda _: {"imprint": Imprint()}),
        ("S6", lambda s: {"checks": s.checks.assign(passes=False)}),
        ("S8", lambda s: {"out": s.home}),
        ("S9", lambda s: {"tables": {"segments": s.tables["segments"].assign(average=9)}}),
    ],
)  # fmt: skip
def test_a_planted_fault_of_the_edition_is_found(subject, criterion, change):
    assert verdicts(replace(subject, **change(subject)))[criterion].met is False


def test_a_level_is_reached_only_with_all_of_those_below_it(subject):
    found = findings(subject)
    every = [replace(one, met=True) for one in found]
    assert reached(every) == "Gold"
    for missing, level in (("G1", "Silver"), ("S9", "Baseline"), ("B1", "none")):
        less = [replace(one, met=one.criterion.id != missing) for one in every]
        assert reached(less) == level
    # What nobody can see here does not count as met.
    unseen = [replace(one, met=None if one.criterion.id == "S5" else True) for one in every]
    assert reached(unseen) == "Baseline"


def test_the_page_says_how_many_are_met_and_has_a_row_for_each(subject):
    found = findings(replace(subject, sign_off=None))
    text = page(found)
    assert text.startswith("# Levels of reproducible analysis")
    assert f"{sum(bool(one.met) for one in found)} of 18 criteria are met; no level" in text
    assert text.count("<tr>") == 1 + len(found)
    assert "nobody has signed this edition" in text


def test_what_is_known_of_the_checkout_is_not_looked_at_again_and_the_rest_is(subject):
    known = of_checkout(subject)
    assert findings(subject, known) == findings(subject)
    gone = replace(subject, home=subject.out, results=[])
    found = {one.criterion.id: one for one in findings(gone, known)}
    assert [name for name in known if found[name].met != known[name][0]] == []
    assert not found["B1"].met
    assert known.keys() == {"B3", "S1", "S2", "S3", "S4", "S5", "S7", "G1", "G2", "G3", "G4"}
