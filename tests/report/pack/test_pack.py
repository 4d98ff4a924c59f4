"""What a pack says: what the pages say, in a board's order, and no more."""

import re
from dataclasses import asdict, replace

import pandas as pd
import pytest

from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES
from oversight_lib.method.cells import APART, Cell, Ledger, prints
from oversight_lib.report import charts, narrative, tables
from oversight_lib.report.fragments import notice
from oversight_lib.report.pack import pack
from oversight_lib.report.pack.content import Grid, Pair, Picture, Words, block, grid, only
from oversight_lib.report.pack.cover import BLANK, alerts
from oversight_lib.report.pack.sections import SECTIONS
from oversight_lib.report.tables.table import Table, column
from tests.report.pages import changed, opened, page, page_of
from tests.report.pages import only as loaded_only

PAGES = [("trust", "RHM"), ("icb", "QMF"), ("region", "Y56"), ("england", "")]


def blocks(content):
    """Every block of a pack in reading order, pairs taken apart."""
    for section in content.sections:
        for one in section.blocks:
            yield from (one.left, one.right) if isinstance(one, Pair) else (one,)


def said(content):
    return [words for one in blocks(content) if isinstance(one, Words) for words in one.paragraphs]


@pytest.mark.parametrize(("kind", "code"), PAGES)
def test_a_pack_has_a_board_s_sections_in_a_board_s_order(kind, code):
    content = pack(page(kind, code))
    headings = [section.heading for section in content.sections]
    # Nobody has written commentary.
    assert headings == [heading for heading, _ in SECTIONS[kind] if heading != "Commentary"]
    assert headings[0] == "Position"
    assert headings[-1] == "Sources and caveats"
    assert "Alert, advise, assure" in headings
    assert content.title == page(kind, code).name
    assert content.subtitle == "NHS Oversight Framework, Q1\xa02025/26: board paper"


def test_a_pack_says_what_the_page_says(southampton):
    content = pack(southampton)
    for sentence in narrative.position(southampton).paragraphs:
        assert sentence in said(content)
    facts = next(one for one in blocks(content) if isinstance(one, Grid))
    assert facts == grid(tables.facts(southampton))
    assert ("Average score (1 is best, 4 is lowest)", "2.13") in facts.groups[0].rows


@pytest.mark.parametrize(("kind", "code"), PAGES)
def test_the_headline_of_the_page_stands_at_the_top_of_its_pack(kind, code):
    view = page(kind, code)
    told = block(narrative.headline(view)).paragraphs
    top = pack(view).sections[0]
    assert told
    assert top.heading == "Position"
    words = said(replace(pack(view), sections=(top,)))
    assert [one for one in words if one in told] == list(told)


@pytest.mark.parametrize(("kind", "code"), PAGES)
def test_a_paper_does_not_call_itself_a_page(kind, code):
    content = pack(page(kind, code))
    words = str([asdict(one) for one in blocks(content) if not isinstance(one, Grid)])
    assert re.findall(r"[^.]*\b[Tt]his page\b[^.]*", words) == []
    assert "this paper" in words
    assert "stand in the table" not in words


def test_what_a_person_has_to_write_is_marked_and_nothing_else_is(southampton):
    content = pack(southampton)
    entries = dict(content.cover.groups[0].rows)
    blank = {name for name, entry in entries.items() if BLANK in entry}
    assert blank == {
        "Meeting, date and agenda item",
        "Author and sponsor",
        "Purpose",
        "Recommendation",
        "Risks on the register that this bears on",
    }
    assert [entry for *_, entry in alerts(southampton).groups[0].rows] == [BLANK] * 3
    assert not any("[" in words for words in said(content))


def test_an_author_alerts_beside_what_the_figures_say(southampton):
    levels = {level: words for level, words, _ in alerts(southampton).groups[0].rows}
    alert, advise, assure = levels.values()
    assert [name.split(":")[0] for name in levels] == ["Alert", "Advise", "Assure"]
    assert alert.startswith("In segment 5, the recovery programme.")
    assert "The override sets the segment: 2 by score, 3 after it." in advise
    assert "people and workforce" in assure


def section_of(content, heading):
    return next(section for section in content.sections if section.heading == heading)


@pytest.mark.parametrize(("kind", "code"), PAGES)
def test_a_pack_says_who_is_not_served_alike(kind, code):
    content = pack(page(kind, code))
    made = list(blocks(replace(content, sections=(section_of(content, "Inequalities"),))))
    assert any(isinstance(one, Words) for one in made)
    if kind != "trust":
        # England beside itself would be no picture.
        assert sum(isinstance(one, Picture) for one in made) == (1 if kind == "england" else 2)


def test_what_people_wrote_is_theirs_word_for_word_and_signed():
    words = "On this page we *say*:\n\n#panic() [a](b) <b>"
    key = {"quarter": "2025-26-q1", "kind": "trust", "code": "RHM", "section": "opening"}
    wrote = {**key, "author": "A. Writer", "date": "2026-01-02", "text": words, "sha256": "0" * 64}
    leaned = {**key, "figure": "segments: org=RHM: average", "recorded": "2.10",
              "current": "2.13", "stale": True}  # fmt: skip
    assessed = opened("2025-26-q1").with_tables({
        "commentary": COMMENTARY.arrange(pd.DataFrame([wrote])),
        "commentary_figures": COMMENTARY_FIGURES.arrange(pd.DataFrame([leaned])),
    })  # fmt: skip
    (block,) = section_of(pack(page_of(assessed, "trust", "RHM")), "Commentary").blocks
    assert block.paragraphs == (
        "Commentary on “opening”, written by A. Writer on 2026-01-02:",
        "On this page we *say*:",
        "#panic() [a](b) <b>",
        "Out of date: segments: org=RHM: average was 2.10 and is 2.13.",
        "It leans on segments: org=RHM: average = 2.10.",
    )


def test_links_are_left_behind_and_cells_stay():
    table = Table(
        "A caption",
        [
            column("Who", ["a", "b"], hrefs=["a.html", "b.html"]),
            column("How many", "12", number=True),
        ],
        column("", ["one", "two"]).texts,
    )  # fmt: skip
    made = grid(table)
    assert [heading.number for heading in made.headings] == [False, True]
    assert [(group.name, group.rows) for group in made.groups] == [
        ("one", (("a", "1"),)),
        ("two", (("b", "2"),)),
    ]


def test_columns_are_chosen_by_their_headings_in_that_order():
    table = Table("", [column("a", "1"), column("b", "2"), column("c", "3")])
    assert [c.heading for c in only(table, ["c", "a"]).columns] == ["c", "a"]
    assert only(notice("none"), ["c"]) == notice("none")
    with pytest.raises(KeyError):
        only(table, ["d"])


def test_where_there_is_nothing_the_pack_says_so():
    nobody = loaded_only(opened("2025-26-q1"), ["RHM"])
    london = page_of(nobody, "region", "Y56")
    notices = [one for one in blocks(pack(london)) if isinstance(one, Words)]
    assert any("not loaded" in " ".join(one.paragraphs) for one in notices)
    nobodys = pack(london).sections[0].blocks
    assert not any(isinstance(one, Picture) for one in nobodys)


def test_a_segment_nobody_knows_is_not_a_number():
    unknown = changed(opened("2025-26-q1"), "RHM", unadjusted=None, adjusted=None, rank=None)
    words = " ".join(said(pack(page_of(unknown, "trust", "RHM"))))
    assert "Segment not known" in words
    assert "nan" not in words.lower().replace("finan", "").replace("domain an", "")


def test_a_picture_keeps_its_words(southampton):
    chart = charts.domain_strips(southampton)
    made = block(chart)
    assert made.alt == chart.alt
    assert "this one" in made.svg
    assert "this page" in chart.svg


@pytest.mark.parametrize(
    ("kind", "code", "quarter"),
    [("trust", "RHM", "2025-26-q1"), ("icb", "QMF", "2025-26-q3"), ("region", "Y60", "2025-26-q3")],
)
def test_every_figure_of_the_words_of_a_paper_is_the_one_its_cell_holds(kind, code, quarter):
    view = page(kind, code, quarter)
    ledger, counted = Ledger(view.assessment.tables), 0
    for words in said(pack(view)):
        for one in getattr(words, "numerals", ()):
            cell = Cell.parse(one.cell)
            assert cell.table in APART or prints(one.words, ledger.figure(cell)), one
            counted += 1
    assert counted > 15
