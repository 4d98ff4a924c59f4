"""A pack on paper: tagged, titled, in order, the same bytes twice, and text whatever it says."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.errors import PageError
from oversight_lib.press.packs.typesetting import pdf
from oversight_lib.report.pack import pack
from tests.press.packs.editions import EDITION
from tests.press.packs.papers import SVG, Group, Paper, Picture, Section, Words, table
from tests.press.packs.reading import elements, text
from tests.report.pages import opened, page, page_of, renamed

HOSTILE = [
    "#panic() *bold* _em_ $x$ <label> @ref `raw` // /* ~ \\ [#1] = heading",
    "St Mary’s — “quoted” & <b>bold</b>; -- dash ... 'single' \"double\"",
    '#image("x.svg") #read("/etc/passwd") #sys.inputs',
    "=HYPERLINK(1)",
]


@pytest.fixture
def read(edition):
    """Set a paper, and return the PDF opened."""

    def read(paper):
        return pikepdf.open(BytesIO(pdf(paper, edition)))

    return read


def tags(pdf):
    return [element.tag for element in elements(pdf)]


def test_a_pack_is_marked_as_accessible_and_says_what_it_is(read):
    made = read(Paper())
    assert bool(made.Root.MarkInfo.Marked)
    assert str(made.Root.Lang) == "en-GB"
    assert bool(made.Root.ViewerPreferences.DisplayDocTitle)
    with made.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Somebody NHS Trust, Q1 2025/26: board paper"
        # The last day of the quarter: the one date an edition is given.
        assert about["xmp:CreateDate"] == "2025-06-30T00:00:00Z"


def test_headings_are_one_title_and_a_section_each_and_are_bookmarks(read):
    made = read(Paper())
    headings = [tag for tag in tags(made) if tag.startswith("H")]
    assert headings == ["H1", "H2", "H2", "H2", "H2"]
    with made.open_outline() as outline:
        (title,) = outline.root
        sections = [item.title for item in title.children]
    assert title.title == "Somebody NHS Trust"
    assert sections == ["First", "Second", "Third", "How this paper was made"]


def test_what_is_read_is_in_the_order_of_the_paper(read):
    words = text(read(Paper()))
    order = ["Somebody NHS Trust", "[to be completed]", "One sentence.", "Another sentence.",
             "A caption", "1.50", "Nothing.", "c0ffee", "Page 1 of 1"]  # fmt: skip
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_a_paper_names_the_very_files_it_was_made_from_by_one_sum(read):
    # One file of the edition: its own line as sha256sum writes it, and the sum of that.
    line = f"{'b' * 64}  data/b.csv\n"
    words = text(read(Paper()))
    assert "Data files: 1, each with its SHA-256" in words
    assert sha256(line.encode()).hexdigest() in words.replace(" ", "")


def test_every_picture_has_its_words(read):
    made = read(Paper())
    figures = [element.alt for element in elements(made) if element.tag == "Figure"]
    assert figures == ["Bars. Two in segment 1.", "Strips. A: 1.50."]


def test_every_table_has_headers_for_its_columns_and_the_headings_of_its_groups(read):
    groups = (Group("Acute", (("A", "1.00"),)), Group("Other", (("B", "2.00"), ("C", "3.00"))))
    paper = Paper().saying(Section("S", (replace(table(), groups=groups),)))
    found = elements(read(paper))
    heads = [element for element in found if element.tag == "TH"]
    # Two columns on the cover and two here, and a heading for each of two groups.
    assert len(heads) == 2 + 2 + 2
    assert {head.attributes["/Scope"] for head in heads} == {"/Column"}
    cells = [element for element in found if element.tag == "TD"]
    assert len(cells) == 2 * (1 + 3)
    assert sum(element.tag == "Table" for element in found) == 2


def test_a_long_table_repeats_its_headings_and_stays_one_table(read):
    rows = [(f"Trust {number}", f"{number}.00") for number in range(120)]
    made = read(Paper().saying(Section("S", (table(*rows),))))
    assert len(made.pages) == 3
    assert text(made).count("Score") == 1 + len(made.pages)
    assert tags(made).count("Table") == 2
    assert tags(made).count("TD") == 2 + 240


def test_a_picture_without_words_is_refused(edition):
    with pytest.raises(PageError, match="alt") as refused:
        pdf(Paper().saying(Section("S", (Picture(SVG, ""),))), edition)
    assert "pack of Somebody NHS Trust" in str(refused.value)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_printed_as_they_are(read, name):
    paper = replace(Paper(), title=name, subtitle=name, status=name, cover=table((name, name)))
    section = Section(name, (Words((name,)), replace(table((name, "1")), caption=name)))
    made = read(paper.saying(section))
    shown = text(made).replace(" ", "")
    # Title, subtitle, a cell twice, heading, paragraph, caption, cell, status, footer and status.
    assert shown.count(name.replace(" ", "")) >= 10
    with made.open_metadata() as about:
        assert about["dc:title"] == f"{name}, {name}"


@settings(derandomize=True, deadline=None, max_examples=25)
@given(words=st.text(min_size=1, max_size=30))
def test_any_text_at_all_can_be_set(words):
    paper = replace(Paper(), title=f"T{words}").saying(Section(f"S{words}", (Words((words,)),)))
    assert pdf(paper, EDITION).startswith(b"%PDF")


def test_the_same_paper_gives_the_same_bytes(edition):
    assert pdf(Paper(), edition) == pdf(Paper(), edition)
    assert pdf(Paper(), edition) != pdf(replace(Paper(), title="Another"), edition)


@pytest.mark.parametrize(
    ("kind", "code", "fewest", "most"),
    [("trust", "RHM", 2, 4), ("trust", "RAT", 2, 4), ("icb", "QMF", 2, 6),
     ("region", "Y56", 2, 8), ("england", "", 4, 14)],
)  # fmt: skip
def test_the_pack_of_a_page_is_whole_and_as_long_as_a_board_reads(read, kind, code, fewest, most):
    content = pack(page(kind, code))
    made = read(content)
    assert fewest <= len(made.pages) <= most
    found, words = elements(made), " ".join(text(made).split())
    assert all(element.alt for element in found if element.tag == "Figure")
    assert [e.tag for e in found if e.tag.startswith("H")][:2] == ["H1", "H2"]
    for section in content.sections:
        assert section.heading in words
    opening = content.sections[0].blocks[0]
    first = getattr(opening, "left", opening).paragraphs[0]
    assert first.replace("\xa0", " ") in words.replace("\xa0", " ")


def test_a_trust_with_a_hostile_name_has_its_name_in_title_tables_and_charts(read):
    name = HOSTILE[0]
    made = read(pack(page_of(renamed(opened("2025-26-q1"), "RHM", name), "trust", "RHM")))
    assert name.replace(" ", "") in text(made).replace(" ", "")
    alts = [element.alt for element in elements(made) if element.tag == "Figure"]
    assert any(name in alt for alt in alts)
