"""What an edition hands out: the same bytes twice, safe text, true sizes, all described."""

import csv
import json
from dataclasses import replace
from hashlib import sha256

import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from oversight_lib.frames import ASSESSMENT, FRAMES, ORGANISATIONS, SEGMENTS, Kind
from oversight_lib.press import citation, downloads
from oversight_lib.press.downloads import dictionary, listing, words
from oversight_lib.press.downloads.checklist import faults
from oversight_lib.press.downloads.guard import FORMULA, guarded, guarded_table
from oversight_lib.press.downloads.handout import Handout
from oversight_lib.press.downloads.markup import size, table
from oversight_lib.press.downloads.package import Source
from oversight_lib.press.downloads.workbook import readable, safe, worded
from tests.press.packs.editions import EDITION
from tests.report.pages import only, opened, renamed

SOURCE = Source("NHS England", "A publication", "https://www.england.nhs.uk/")
FIVE = ["RHM", "R1H", "RAT", "RDY", "RTF"]
HOSTILE = '=HYPERLINK("https://example.org","x") $$ref$$ [a](b) [c](d)'


@pytest.fixture(scope="module")
def tables():
    """The tables of five trusts, of which one has a name that is a formula, a note and a link."""
    return renamed(only(opened("2025-26-q1"), FIVE), "RDY", HOSTILE).tables


@pytest.fixture(scope="module")
def facts():
    return replace(EDITION, commit="c0ffee")


@pytest.fixture(scope="module")
def made(tables, facts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return folder, downloads.make(tables, facts, [SOURCE], to=folder)


def test_every_table_comes_as_csv_and_as_parquet_and_is_listed_with_its_size(made, tables):
    folder, handouts = made
    listed = {one.path: one for one in handouts}
    for name in tables:
        assert {f"data/{name}.csv", f"data/{name}.parquet"} <= set(listed)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == set(listed)
    for path, one in listed.items():
        content = (folder / path).read_bytes()
        assert (one.bytes, one.sha256) == (len(content), sha256(content).hexdigest())


def test_the_same_tables_give_the_same_bytes(made, tables, facts, tmp_path):
    again = downloads.make(tables, facts, [SOURCE], to=tmp_path)
    assert again == made[1]


def test_the_data_package_is_valid_and_describes_every_column(made, tables):
    folder, _ = made
    package = Package(str(folder / "data" / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert [resource.path for resource in package.resources] == [
        f"{name}.csv" for name in FRAMES if name in tables
    ]
    told = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
    assert told["sources"] == [
        {"title": "NHS England: A publication", "path": "https://www.england.nhs.uk/"}
    ]
    assert told["licenses"][0]["name"] == "OGL-UK-3.0"
    for resource in told["resources"]:
        fields = resource["schema"]["fields"]
        frame = FRAMES[resource["path"].removesuffix(".csv")]
        assert [field["name"] for field in fields] == frame.names
        assert all(field["description"] for field in fields)
        assert resource["schema"]["primaryKey"] == list(frame.key)


def test_a_table_that_breaks_its_description_is_found_by_the_data_package(made, tmp_path):
    folder, _ = made
    for path in (folder / "data").glob("*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    spoiled = tmp_path / "segments.csv"
    rows = list(csv.reader(spoiled.read_text("utf-8").splitlines()))
    rows[1][rows[0].index("average")] = "4.5"
    spoiled.write_text("\n".join(",".join(row) for row in rows) + "\n")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_every_number_that_is_published_has_a_unit():
    lacking = [
        f"{frame.name}.{column.name}"
        for frame in ASSESSMENT
        for column in frame.columns
        if column.kind in (Kind.NUMBER, Kind.INTEGER) and not words.unit(frame, column)
    ]
    assert lacking == []


def test_a_column_of_another_table_is_not_given_a_unit_by_its_name():
    measure = next(c for c in FRAMES["control_points"].columns if c.name == "value")
    assert words.unit(FRAMES["control_points"], measure) == ""


@given(text=st.text())
@settings(derandomize=True, deadline=None)
def test_no_text_begins_as_a_formula_and_none_is_lost(text):
    assert not guarded(text).startswith(FORMULA)
    assert guarded(text).removeprefix("'") == text.removeprefix("'")
    assert not safe(text).startswith(FORMULA)
    assert "$$" not in safe(text)
    assert "](" not in safe(text)
    assert any(letter.isascii() and letter.isalnum() for letter in safe(text))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_calculate_has_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


def test_numbers_and_what_is_missing_are_not_guarded(tables):
    made = guarded_table(SEGMENTS, tables["segments"].assign(average=-1.0))
    assert made["average"].eq(-1).all()
    assert made["final"].isna().equals(tables["segments"]["final"].isna())
    named = guarded_table(ORGANISATIONS, tables["organisations"]).set_index("org")["name"]
    assert named["RDY"] == f"'{HOSTILE}"


def test_the_workbook_meets_the_checklist(made):
    folder, _ = made
    assert faults(folder / "nhs-oversight-framework-2025-26-q1.xlsx") == {}


def test_the_workbook_holds_what_the_tables_hold(made, tables):
    book = load_workbook(made[0] / "nhs-oversight-framework-2025-26-q1.xlsx")
    sheet = book["Segments"]
    (marked,) = sheet.tables.values()
    head, *rows = [[cell.value for cell in row] for row in sheet[marked.ref]]
    assert len(rows) == len(tables["segments"])
    codes, scopes, averages = (
        [row[next(i for i, name in enumerate(head) if name.startswith(start))] for row in rows]
        for start in ("Organisation code", "Scope", "Average")
    )
    assert codes == tables["segments"]["org"].tolist()
    assert averages == pytest.approx(tables["segments"]["average"].tolist())
    # A domain cannot be overridden; Southampton's override is published.
    at = [n for n, (code, scope) in enumerate(zip(codes, scopes, strict=True)) if code == "RHM"]
    override = [rows[n][head.index("Override")] for n in at]
    assert sorted(set(override)) == ["Yes", "[z]"]
    assert book["Cover"]["A1"].value == "NHS Oversight Framework, Q1 2025/26: the tables"


def test_a_hostile_name_is_text_in_the_workbook(made):
    book = load_workbook(made[0] / "nhs-oversight-framework-2025-26-q1.xlsx")
    cells = [cell for row in book["Organisations"].iter_rows() for cell in row]
    mine = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in mine] == ["s"]
    assert mine[0].value.startswith("'=")
    assert not any(cell.hyperlink for cell in cells)


def test_an_address_in_a_table_is_a_link_with_words_and_nothing_else_is(made):
    book = load_workbook(made[0] / "nhs-oversight-framework-2025-26-q1.xlsx")
    cells = [cell for row in book["Inequality sources"].iter_rows() for cell in row]
    linked = [cell for cell in cells if cell.hyperlink]
    assert linked
    assert all(cell.value.startswith("Page on ") for cell in linked)
    assert worded("https://a.example.org/x") == "[Page on a.example.org](https://a.example.org/x)"
    for text in ("javascript:alert(1)", "see https://a.org", "https://a.org/)[x](https://b.org"):
        assert "Page on" not in worded(text)
        assert "](" not in worded(text)


def test_names_nobody_knows_are_not_available():
    shown = readable(SEGMENTS, SEGMENTS.empty().reindex([0]).assign(org="A"), pd.Series({"B": "x"}))
    assert shown["Organisation name"].tolist() == ["[x]"]


def test_missing_and_not_applicable_are_two_marks():
    rows = pd.DataFrame({"org": ["A", "A"], "scope": ["overall", "access"]})
    blank = SEGMENTS.empty().reindex([0, 1]).assign(**rows)
    shown = readable(SEGMENTS, blank, pd.Series({"A": "A trust"}))
    assert shown["Final"].tolist() == ["[x]", "[z]"]
    assert shown["Average"].tolist() == ["[x]", "[x]"]
    assert shown["Organisation name"].tolist() == ["A trust", "A trust"]


def test_the_page_of_downloads_lists_every_file_once_with_its_size(made, facts):
    _, handouts = made
    page = listing.listing(handouts, facts)
    for one in handouts:
        assert page.count(f'href="downloads/{one.path}"') == 1
        assert size(one.bytes) in page
    assert "## How to cite" in page
    links = [line for line in page.split("<a ") if line.startswith("href")]
    told = [link.split(">")[1] for link in links]
    assert len(set(told)) == len(told)


def test_hostile_titles_are_text_on_the_page_of_downloads(facts):
    one = Handout("trust", "<script>alert(1)</script>", "packs/trusts/x.pdf", 10, "0")
    page = listing.listing([one], facts)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("length", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1250, "1.2 kB"), (99_500, "100 kB"),
     (999_499, "999 kB"), (999_500, "1.0 MB"), (5_000_000_000, "5.0 GB")],
)  # fmt: skip
def test_sizes_are_as_people_say_them(length, said):
    assert size(length) == said


def test_a_table_of_a_made_page_has_caption_scopes_and_no_markup_of_its_cells():
    made = table("Files & sizes", ("File", "Size"), [("<b>", "1")])
    assert "<caption>Files &amp; sizes</caption>" in made
    assert made.count('scope="col"') == 2
    assert '<th scope="row">&lt;b&gt;</th>' in made


def test_the_dictionary_names_every_column_of_every_table(tables):
    frames = downloads.frames_of(tables)
    page = dictionary.dictionary(frames)
    for frame in frames:
        assert f"File: `{frame.name}`" in page
        for column in frame.columns:
            assert f'<th scope="row">{column.name}</th>' in page


def test_edition_json_names_every_page_and_file(made, facts, plan, tmp_path):
    _, handouts = made
    one = downloads.tell_machines(handouts, plan, tmp_path, facts)
    told = json.loads((tmp_path / "edition.json").read_text("utf-8"))
    assert one.path == "edition.json"
    assert [page["path"] for page in told["pages"]] == [f"{page.slug}.html" for page in plan]
    assert [file["path"] for file in told["files"]] == [f"downloads/{h.path}" for h in handouts]
    assert told["quarter"] == "2025-26-q1"
    assert told["commit"] == "c0ffee"


def test_a_citation_names_page_edition_and_code(facts):
    told = citation.cite("Barts Health NHS Trust", facts)
    for part in ("“Barts Health NHS Trust”", "Q1 2025/26", "code c0ffee", "independent"):
        assert part in told
