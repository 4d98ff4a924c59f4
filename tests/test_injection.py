"""Texts that do harm elsewhere, in every place a text reaches: inert there, and readable."""

import json
import logging
import re
import shutil
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
import xlsxwriter
import yaml
from bs4 import BeautifulSoup
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from openpyxl import load_workbook
from papermill.translators import PythonTranslator

from oversight_lib.edition.log import OneEntry
from oversight_lib.errors import PageError, Problem, PublicationError, StoreError, visible
from oversight_lib.frames import REGIONS
from oversight_lib.intake import DATA, organisations
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.breakdowns import Choice
from oversight_lib.intake.cards import read_card
from oversight_lib.intake.cells import HIDDEN
from oversight_lib.intake.commentary import Remark
from oversight_lib.periods import Quarter
from oversight_lib.press import provenance, sources, templates
from oversight_lib.press.downloads.guard import FORMULA, guarded, guarded_table
from oversight_lib.press.downloads.workbook import safe
from oversight_lib.press.edition_facts import DataFile, EditionFacts
from oversight_lib.press.notebooks import plain
from oversight_lib.press.pages import Page, address
from oversight_lib.report.charts.canvas import Sheet
from oversight_lib.report.commentary import rendered
from oversight_lib.report.fragments import paragraphs
from oversight_lib.report.tables.table import Table, column
from tests.conftest import ROOT
from tests.hostile import HOSTILE
from tests.intake.breakdowns.published import of_deciles
from tests.intake.breakdowns.published import write as write_breakdown
from tests.intake.published import FIGURES_FILE, cells, changed, snapshot, write
from tests.intake.test_commentary import GOOD

QUARTER = Quarter.parse("2025-26-q1")
texts = pytest.mark.parametrize("text", [pytest.param(t, id=name) for name, t in HOSTILE.items()])
ACTIVE = ("script", "img", "iframe", "object", "embed", "form", "svg", "link", "style", "base")


def inert(html):
    """The page of some HTML, after a look that nothing in it does or fetches anything."""
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find_all(ACTIVE) == []
    for tag in soup.find_all(True):
        assert [name for name in tag.attrs if name.startswith("on")] == []
        assert not str(tag.get("href", "")).lower().startswith(("javascript", "data", "vbscript"))
    return soup


def spaced(text):
    return " ".join(text.split())


# HTML


@texts
def test_a_table_shows_it_as_text(text):
    table = Table(text, [column(text, [text]), column("b", ["1"], titles=[text])],
                  names=pd.Series([text]))  # fmt: skip
    soup = inert(table._repr_html_())
    assert spaced(soup.find("td").find("span")["title"]) == spaced(text)
    for tag in (soup.find("caption"), soup.find("tbody").find("th"), soup.find("thead").find("th")):
        assert spaced(tag.get_text()) == spaced(text)


@texts
def test_a_paragraph_shows_it_as_text(text):
    soup = inert(paragraphs(text)._repr_html_())
    assert spaced(soup.get_text()) == spaced(text)
    assert len(soup.find_all(True)) == 2


@texts
def test_commentary_makes_nothing_of_it_but_words(text):
    soup = inert(str(rendered(text)))
    assert {tag.name for tag in soup.find_all(True)} <= {"p", "em", "strong", "ul", "li", "ol",
                                                         "a", "code", "br"}  # fmt: skip
    assert all(tag["href"].startswith("https://") for tag in soup.find_all("a"))


# Markdown


@pytest.fixture(scope="module")
def book():
    """Markdown as the book reads it: with every extension that Jupyter Book turns on, and more."""
    on = {"colon_fence", "dollarmath", "amsmath", "linkify", "substitution", "tasklist",
          "strikethrough", "deflist", "attrs_inline", "smartquotes"} - {"smartquotes"}  # fmt: skip
    parser = create_md_parser(MdParserConfig(enable_extensions=on), RendererHTML)
    return parser.render


@texts
def test_a_title_in_markdown_is_that_text(book, text):
    soup = inert(book(f"# {plain(text)}\n"))
    assert [tag.name for tag in soup.find_all(True)] == ["h1"]
    assert soup.get_text().strip() == spaced(visible(spaced(text)))


@texts
def test_a_failure_page_shows_the_error_as_it_is(book, text):
    fenced = sources._fenced(text)
    soup = inert(book(fenced))
    assert [tag.name for tag in soup.find_all(True)] == ["pre", "code"]
    assert spaced(soup.get_text()) == spaced(text)


@texts
def test_the_end_of_a_page_names_files_as_text(book, text):
    facts = EditionFacts(QUARTER, "2025-26", (DataFile(text, "0" * 64),), "c0ffee")
    page = Page("trust", "RTF", text, "trusts/rtf", ROOT / "notebooks" / "trust.ipynb",
                {"quarter": "2025-26-q1", "code": text})  # fmt: skip
    soup = inert(book(provenance.block(page, facts)))
    assert [spaced(cell.get_text()) for cell in soup.find_all("th")].count(
        spaced(visible(text))
    ) == 1
    assert len(soup.find_all("h1")) == 0


# Pictures and papers


@pytest.mark.filterwarnings("ignore:Glyph")
@texts
def test_a_chart_writes_it_as_letters_and_not_as_a_formula(text):
    sheet = Sheet("A title", "A subtitle", 20)
    sheet.write(0, 10, text)
    svg = sheet.chart("words").svg
    root = ET.fromstring(svg)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names & {"script", "image", "a", "foreignObject", "use"} == set()
    written = [spaced("".join(el.itertext())) for el in root.iter() if el.tag.endswith("}text")]
    assert spaced(visible(text)) in written


# Sheets


@texts
def test_csv_and_workbooks_hold_no_formula(text):
    for made in (guarded(text), safe(text)):
        assert not made.startswith(FORMULA)
    table = REGIONS.arrange(
        pd.DataFrame({**{name: ["x"] for name in REGIONS.names}, "name": [text]})
    )
    assert guarded_table(REGIONS, table)["name"].iloc[0] == guarded(text)


@texts
def test_a_workbook_opens_and_shows_it(text, tmp_path):
    path = tmp_path / "w.xlsx"
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        assert book.add_worksheet().write(0, 0, safe(text)) == 0
    cell = load_workbook(path).active["A1"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


# Machines


@texts
def test_the_edition_s_settings_are_read_back_as_they_were(text):
    facts = {"title": text, "pages": [{"slug": "a", "title": text}]}
    assert json.loads(sources._json(facts)) == facts
    if not HIDDEN.search(text.replace("\n", "").replace("\t", "")):
        assert yaml.safe_load(sources._json(facts)) == facts


@texts
def test_a_notebook_s_parameter_is_data_and_never_code(text):
    scope = {}
    exec(PythonTranslator.codify({"quarter": text, "code": text}), {}, scope)
    assert scope == {"quarter": text, "code": text}


@texts
def test_no_text_leads_out_of_the_folder_of_an_edition(text):
    with pytest.raises(PageError):
        address("trusts", text)


@texts
def test_a_value_that_is_not_in_the_reference_is_refused_before_any_kernel(text):
    page = Page("trust", text, "A trust", "trusts/x", ROOT / "notebooks" / "trust.ipynb",
                {"quarter": text, "code": text})  # fmt: skip
    with pytest.raises(PageError, match="not a quarter") as caught:
        templates.check([page])
    assert "not its code" in str(caught.value)


@texts
def test_a_log_has_one_entry_a_message(text):
    record = logging.LogRecord("oversight", logging.INFO, "x", 1, "page %s made", (text,), None)
    first, *more = OneEntry("ENTRY %(message)s").format(record).split("\n")
    assert first.startswith("ENTRY page")
    assert all(line.startswith("    ") for line in more)
    assert not HIDDEN.search(first + "".join(more))


@texts
def test_a_message_is_one_line_in_which_everything_is_seen(text):
    said = str(Problem(text, text, text))
    assert len(said.splitlines()) == 1
    assert not HIDDEN.search(said)


# Where files come in


@texts
def test_a_name_in_a_publication_is_refused_or_stored_as_it_is(text, tmp_path):
    path = write(tmp_path / "f.csv", changed(cells(FIGURES_FILE)[:1], 2, Metric_description=text))
    plainly = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    if HIDDEN.search(spaced(plainly)):
        with pytest.raises(PublicationError, match="cannot be seen"):
            intake([path], tmp_path / "data")
        assert not (tmp_path / "data").exists()
        return
    intake([path], tmp_path / "data")
    card = read_card(next((tmp_path / "data").rglob("*.card.toml")))
    assert card.names["OF0013"] == spaced(plainly)


@texts
def test_a_file_s_name_is_recorded_as_text(text, tmp_path):
    name = text.replace("/", "_").replace("\0", "")[:80] + ".csv"
    path = tmp_path / name
    shutil.copy(FIGURES_FILE, path)
    intake([path], tmp_path / "data")
    found = {read_card(card).file for card in (tmp_path / "data").rglob("*.card.toml")}
    assert found == {visible(name)}


@pytest.mark.parametrize("number", ["../../../x", "1/../../x", "1;2", "", "x", "\u0661"])
def test_the_number_of_an_indicator_is_no_path(number, tmp_path):
    path = write_breakdown(tmp_path / "f.csv", of_deciles(Indicator_ID=number))
    with pytest.raises(PublicationError):
        intake([path], tmp_path / "in" / "data", choice=Choice("lower", "percent"))
    assert set(snapshot(tmp_path)) == {"f.csv"}


@pytest.mark.parametrize("text", [HOSTILE["bidi"], HOSTILE["control"]])
def test_words_and_names_nobody_can_read_are_refused(text, tmp_path):
    _, problems = Remark.parse(GOOD.replace("Words.", text))
    assert problems == ["a character cannot be seen; write plain text"]
    data = shutil.copytree(DATA / "organisations", tmp_path / "organisations").parent
    lines = (data / "organisations" / "regions.csv").read_text("utf-8")
    (data / "organisations" / "regions.csv").write_text(lines.replace("London", text), "utf-8")
    with pytest.raises(StoreError, match="cannot be seen"):
        organisations.regions(data)
