"""The whole run as somebody meets it: a new quarter without new code, and a page that fails.

Figures of the fourth quarter are invented: they are those of the third under another name.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from oversight_lib import edition
from oversight_lib.edition import places
from oversight_lib.intake import DATA, breakdowns
from oversight_lib.intake.breakdowns import Choice, take
from oversight_lib.intake.commentary import UNWRITTEN
from oversight_lib.periods import Quarter
from oversight_lib.press import scan
from tests.conftest import ROOT
from tests.intake.breakdowns.published import local_rows
from tests.intake.breakdowns.published import write as write_local
from tests.intake.published import MENTAL_HEALTH, Q1, Q2, Q3, as_published, snapshot, write

pytestmark = pytest.mark.book

BUNDLED = {Q1: "Q1 2025/26", Q2: "Q2 2025/26", Q3: "Q3 2025/26"}
LATER = {
    "Q3 2025/26": "Q4 2025/26",
    "Q2 2025/26": "Q3 2025/26",
    "Dec-25": "Mar-26",
    "Month 9 2025": "Month 12 2025",
    "Jan 25 - Dec 25 vs Jan 24 - Dec 24": "Apr 25 - Mar 26 vs Apr 24 - Mar 25",
}
"""The reporting dates of the third quarter that move on with it; those of a year stay."""

THREE_PAGES = ("build", "2025-26-q3", "--trust", "RAT")
"""England, one trust, inequalities, the rules and the back-test."""


@pytest.fixture
def cumulative(tmp_path):
    """A file as published after the fourth quarter: all four, in one table."""
    rows = [
        row for quarter, label in BUNDLED.items()
        for row in as_published(quarter, MENTAL_HEALTH, label)
    ]  # fmt: skip
    fourth = [
        row | {"Reporting_date": LATER.get(row["Reporting_date"], row["Reporting_date"])}
        for row in as_published(Q3, MENTAL_HEALTH, "Q4 2025/26")
    ]
    return write(tmp_path / "nhs-oversight-framework-q4.csv", rows + fourth)


def test_a_quarter_the_repository_does_not_hold_needs_no_change_of_code(
    oversight, cumulative, tmp_path, capsys
):
    assert cumulative.read_bytes().startswith(b"\xef\xbb\xbfQuarter,Region,")
    assert cumulative.read_bytes().endswith(b"\r\n")
    # The day the repository holds the quarter, the test still starts without it.
    data = shutil.copytree(
        DATA, tmp_path / "data", ignore=shutil.ignore_patterns("2025-26-q4", "revisions*")
    )
    before = {name: found for name, found in snapshot(data).items() if name.endswith(".csv")}
    out = tmp_path / "out"

    assert oversight("intake", cumulative, "--data", data) == 0
    new = {name for name in snapshot(data) if name.endswith(".csv")} - set(before)
    assert new == {str(Path("oversight", "2025-26-q4", f"{MENTAL_HEALTH}.csv"))}
    assert {name: snapshot(data)[name] for name in before} == before

    assert oversight("check", "2025-26-q4", "--data", data) == 0
    assert "figures are equal" in capsys.readouterr().out

    chosen = ("--region", "London", "--icb", "QMF", "--trust", "RAT")
    assert oversight("build", "2025-26-q4", *chosen, "--data", data, "--out", out) == 0
    pages = [
        "back-test", "england", "icbs/qmf", "inequalities", "regions/y56", "rules", "trusts/rat",
    ]  # fmt: skip
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["quarter"] == "2025-26-q4"
    assert manifest["pages"] == {"built": pages, "failed": {}}
    listed = {entry["path"] for entry in manifest["outputs"]}
    for page in pages:
        assert {f"html/{page}.html", f"notebooks/{page}.ipynb"} <= listed
        text = (out / "html" / f"{page}.html").read_text("utf-8")
        assert "NHS Oversight Framework, Q4 2025/26</title>" in text
    trust = (out / "html" / "trusts" / "rat.html").read_text("utf-8")
    assert "Mar-26" in trust
    assert "Dec-25" not in trust


def built(out, *words, **environment):
    """Build three pages in a process of its own, and return the folder."""
    done = subprocess.run(
        [sys.executable, "-m", "oversight_lib.cli", *THREE_PAGES, *words, "--out", str(out)],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An edition of three pages."""
    surroundings = {"TZ": "Pacific/Kiritimati", "LANG": "C", "PYTHONHASHSEED": "1"}
    return built(tmp_path_factory.mktemp("one") / "out", "--jobs", "1", **surroundings)


@pytest.mark.parametrize("words", [("--jobs", "2"), ("--jobs", "2", "--executor", "dask")])
def test_the_same_inputs_give_the_same_bytes_wherever_and_however_they_are_made(
    made, tmp_path, words
):
    if "dask" in words:
        pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    place = tmp_path / "another {place}"
    place.mkdir()
    surroundings = {"TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}
    one, two = (
        {
            name: content
            for name, content in snapshot(folder).items()
            if Path(name).parts[0] not in ("run.log", "cache", "binding")
        }
        for folder in (made, built(place / "out", *words, **surroundings))
    )
    parts = {Path(name).parts[0] for name in one}
    assert {"html", "notebooks", "tables", "manifest.json"} <= parts
    # Nothing is left out: pages, pictures in them, papers, workbooks, tables, the search.
    endings = {Path(name).suffix for name in one}
    assert {".html", ".ipynb", ".pdf", ".xlsx", ".parquet", ".csv", ".json", ".js"} <= endings
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Templates and prose of one's own, of which the trusts' template fails."""
    home = tmp_path / "home"
    for name in ("notebooks", "book"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(".ipynb_*"))
    shutil.copyfile(ROOT / "_config.yml", home / "_config.yml")
    path = home / "notebooks" / "trust.ipynb"
    template = nbformat.read(path, as_version=4)
    template.cells[5].source = "1 / 0"
    nbformat.write(template, path)
    monkeypatch.setattr(edition, "HOME", home)
    monkeypatch.setattr(places, "HOME", home)
    return home


@pytest.mark.usefixtures("home")
def test_a_page_that_fails_says_so_stops_no_other_and_leaves_no_older_one(
    oversight, made, tmp_path, capsys
):
    out = shutil.copytree(made, tmp_path / "out")
    (out / "html" / "trusts" / "old.html").write_text("of an older edition")
    older = (out / "html" / "trusts" / "rat.html").read_text("utf-8")
    assert "could not be made" not in older

    assert oversight(*THREE_PAGES, "--out", out) == 9
    assert "1 of 5 pages could not be made; the others were" in capsys.readouterr().err

    half_run = nbformat.read(out / "failed" / "trusts" / "rat.ipynb", as_version=4)
    failing = next(cell for cell in half_run.cells if cell.source == "1 / 0")
    assert failing.outputs[0].ename == "ZeroDivisionError"
    assert [c.execution_count for c in half_run.cells if c.cell_type == "code"][-1] is None
    page = (out / "html" / "trusts" / "rat.html").read_text("utf-8")
    assert "This page could not be made for Q3 2025/26." in page
    assert 'id="domains"' in older
    assert 'id="domains"' not in page
    assert not (out / "html" / "trusts" / "old.html").exists()
    assert not (out / "notebooks" / "trusts" / "rat.ipynb").exists()
    for name in ("england", "back-test", "rules"):
        assert (out / "html" / f"{name}.html").read_text("utf-8").count("<table") > 1
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["pages"]["built"] == ["back-test", "england", "inequalities", "rules"]
    assert list(manifest["pages"]["failed"]) == ["trusts/rat"]


def test_words_make_their_page_again_and_nothing_makes_none(made, tmp_path, oversight, capsys):
    out, words = shutil.copytree(made, tmp_path / "out"), tmp_path / "words"
    command = (*THREE_PAGES, "--commentary", words, "--out", out, "--explain")
    first = ("trust", "RAT", "opening", "--author", "A. Writer", "--commentary", words)
    assert oversight("commentary", "new", "2025-26-q3", *first) == 0
    (written,) = words.rglob("*.md")
    written.write_text(written.read_text("utf-8").replace(UNWRITTEN, "Quicksilver."), "utf-8")
    capsys.readouterr()
    assert oversight(*command) == 0
    said = capsys.readouterr().out
    assert "changed: the commentary" in said
    assert "trusts/rat: changed: the table commentary (code RAT, kind trust, section ope" in said
    assert "4 pages were kept." in said
    clean = tmp_path / "clean"
    assert oversight(*THREE_PAGES, "--commentary", words, "--out", clean) == 0
    one, two = (snapshot(folder) for folder in (out, clean))
    passing = ("run.log", "cache", "binding", "source")
    left = [name for name in one if Path(name).parts[0] not in passing]
    assert left == [name for name in two if Path(name).parts[0] not in passing]
    assert [name for name in left if one[name] != two[name]] == []
    capsys.readouterr()
    assert oversight(*command) == 0
    assert capsys.readouterr().out.startswith("Nothing changed: 5 pages stand.")


def test_the_tables_of_an_edition_with_local_figures_pass_their_own_scan(tmp_path):
    data = tmp_path / "data"
    take([write_local(tmp_path / "local.csv", local_rows())], data, Choice())
    made = breakdowns.inequality_tables(Quarter.parse("2025-26-q1"), data)
    for name, table in made.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
        table.to_parquet(tmp_path / f"{name}.parquet")
    (tmp_path / "local.csv").unlink()
    hidden = breakdowns.secrets(data)
    shutil.rmtree(data)
    assert hidden
    assert scan.scan(tmp_path, hidden) == []
