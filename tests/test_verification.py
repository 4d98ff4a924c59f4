"""`oversight verify`: a byte changed anywhere, in what was made or in what it was made from."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from oversight_lib import edition
from oversight_lib.edition.inputs import inputs
from oversight_lib.edition.verification import selection, verify
from oversight_lib.errors import VerificationError
from oversight_lib.intake import DATA
from oversight_lib.press import checkout, manifest, notebooks, provenance
from oversight_lib.press.edition_facts import DataFile, EditionFacts
from oversight_lib.press.pages import Page
from oversight_lib.press.results import PageResult
from tests.cli.conftest import run
from tests.conftest import ROOT
from tests.intake.published import Q1, Q2

__all__ = ["run"]
FILES = (DataFile("acute.csv", "a" * 64), DataFile("non-acute.csv", "b" * 64))
FACTS = EditionFacts(Q1, "2025-26", FILES, "c0ffee")
PAGES = [
    Page("england", "", "England", "england", Path("notebooks/england.ipynb"),
         {"quarter": str(Q1)}),
    Page("trust", "RTF", "A trust", "trusts/rtf", Path("notebooks/trust.ipynb"),
         {"quarter": str(Q1), "code": "RTF"}),
]  # fmt: skip


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture
def words(tmp_path):
    file = tmp_path / "words" / str(Q1) / "england" / "opening.md"
    file.parent.mkdir(parents=True)
    file.write_text("Words.")
    return tmp_path / "words"


@pytest.fixture(autouse=True)
def commit(monkeypatch):
    monkeypatch.setattr(checkout, "commit", lambda: "c0ffee")


def write(out, page, facts=FACTS):
    title = nbformat.v4.new_markdown_cell(f"# {page.title}")
    ending = nbformat.v4.new_markdown_cell(provenance.block(page, facts))
    notebook = nbformat.v4.new_notebook(cells=[title, ending])
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    return notebooks.write(notebook, out / "notebooks" / f"{page.slug}.ipynb")


@pytest.fixture
def made(tmp_path, data, words):
    """An edition of two pages, with something in each of its folders."""
    out = tmp_path / "edition"
    results = [PageResult(page, write(out, page), None, 1.0) for page in PAGES]
    for name in ("html/england.html", "tables/scores.parquet", "downloads/annex.xlsx",
                 "downloads/packs/england.pdf", "html/searchindex.js"):  # fmt: skip
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(name.encode() * 9)
    (out / "run.log").write_text("a time of day")
    read = inputs(ROOT, data=data, words=words, quarter=Q1)
    manifest.write(results, out=out, edition=FACTS, read=read)
    return out


@pytest.fixture
def found(made, data, words):
    """What is found wrong, without making anything again."""
    return lambda: [str(p) for p in verify(made, data=data, words=words, rebuild=False)]


def flip(path, place=-1):
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))


def test_an_edition_is_what_its_manifest_says(found):
    assert found() == []


def test_the_log_is_no_part_of_it(made, found):
    (made / "run.log").write_text("another time of day")
    assert found() == []


def outputs(made):
    return [entry["path"] for entry in json.loads((made / "manifest.json").read_text())["outputs"]]


def test_one_byte_of_any_output_is_found(made, found):
    names = outputs(made)
    assert len(names) == 7
    for name in names:
        before = (made / name).read_bytes()
        flip(made / name, -2)
        assert any(said.startswith(f"{name}: the file of the edition has the sum")
                   for said in found())  # fmt: skip
        (made / name).write_bytes(before)
    assert found() == []


def test_a_file_that_is_gone_or_new_is_found(made, found):
    (made / "downloads" / "annex.xlsx").unlink()
    (made / "html" / "new.html").write_text("x")
    assert found() == [
        "downloads/annex.xlsx: the file of the edition is not there; expected as the manifest "
        "lists it",
        "html/new.html: the file of the edition is not in the manifest; expected no further file",
    ]


def test_one_byte_of_any_kind_of_input_is_found(found, data, words):
    for path, name in (
        (data / "oversight" / "2025-26-q1" / "acute.csv", "data/oversight/2025-26-q1/acute.csv"),
        (data / "organisations" / "trusts.csv", "data/organisations/trusts.csv"),
        (data / "corrections.toml", "data/corrections.toml"),
        (words / str(Q1) / "england" / "opening.md", "commentary/england/opening.md"),
    ):
        before = path.read_bytes()
        flip(path)
        assert [said.split(":")[0] for said in found()] == [name]
        path.write_bytes(before)
    (data / "series" / "new.csv").write_text("x")
    (expected,) = found()
    assert expected.startswith("data/series/new.csv: the input is not in the manifest")


def test_figures_of_a_later_quarter_are_no_input(found, data):
    flip(data / "oversight" / "2025-26-q2" / "mental-health-community.csv")
    assert found() == []
    names = {file.name for file in inputs(ROOT, data=data, words=data, quarter=Q2)}
    assert "data/oversight/2025-26-q2/mental-health-community.csv" in names


def test_rules_templates_prose_and_code_are_inputs(data, words):
    names = {file.name for file in inputs(ROOT, data=data, words=words, quarter=Q1)}
    assert {
        "oversight_lib/rules/2025-26/metrics.toml",
        "oversight_lib/method/scoring/__init__.py",
        "notebooks/trust.ipynb",
        "book/_toc.yml",
        "_config.yml",
    } <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_other_code_and_other_packages_are_found(made, found, monkeypatch):
    monkeypatch.setattr(checkout, "commit", lambda: "decaf")
    monkeypatch.setattr(manifest, "python", lambda: "2.7")
    assert found() == ["commit: decaf is here; expected c0ffee",
                       f"python: 2.7 is here; expected {said(made)['python']}"]  # fmt: skip


def said(made):
    return json.loads((made / "manifest.json").read_text())


@pytest.mark.parametrize(
    "facts",
    [
        EditionFacts(Q1, "2025-26", FILES[:1], "c0ffee"),
        EditionFacts(Q1, "2025-26", FILES, "decaf"),
    ],
)
def test_a_page_whose_end_says_otherwise_than_the_manifest_is_found(made, found, facts):
    write(made, PAGES[1], facts)
    assert any(line.startswith("trusts/rtf: the page") for line in found())


def test_it_is_made_again_elsewhere_with_the_same_pages_and_compared(
    made, data, words, monkeypatch
):
    asked = []

    def build(quarter, **told):
        asked.append((quarter, told["selection"]))
        shutil.copytree(made, told["out"], dirs_exist_ok=True)
        if len(asked) == 2:
            flip(told["out"] / "html" / "england.html")
            manifest.write([PageResult(page, Path("x"), None, 1.0) for page in PAGES],
                           out=told["out"], edition=FACTS)  # fmt: skip

    monkeypatch.setattr(edition, "build", build)
    assert verify(made, data=data, words=words) == []
    (problem,) = verify(made, data=data, words=words)
    assert str(problem).startswith("html/england.html: made again, the file has the sum")
    assert [(quarter, chosen.trusts) for quarter, chosen in asked] == [(Q1, ["RTF"])] * 2


def test_the_pages_of_an_edition_are_read_from_its_manifest():
    chosen = selection({"pages": {"built": ["england", "regions/y56", "trusts/g6v2s"],
                                  "failed": {"icbs/qmf": "why"}}})  # fmt: skip
    assert (chosen.regions, chosen.icbs, chosen.trusts) == (["Y56"], ["QMF"], ["G6V2S"])


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"outputs": 1, "read": []}'])
def test_a_folder_without_a_manifest_is_no_edition(tmp_path, text):
    if text:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(VerificationError, match="holds no edition with its manifest"):
        verify(tmp_path, words=tmp_path)


def test_the_command_says_what_differs_and_has_its_exit_code(run, made, data, words):
    told = ("verify", made, "--data", data, "--commentary", words, "--no-rebuild")
    assert run(*told)[0] == 0
    flip(made / "html" / "england.html")
    code, _, err = run(*told)
    assert code == VerificationError.exit_code
    assert "html/england.html: the file of the edition has the sum" in err
