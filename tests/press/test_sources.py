"""What the book is built from: contents that are a tree, and pages that say they failed."""

from pathlib import Path

from oversight_lib.press.pages import FRONT
from oversight_lib.press.prose import Part
from oversight_lib.press.results import Failure, PageResult
from oversight_lib.press.sources import contents, failure_page


def files(entries):
    return [
        name for entry in entries for name in [entry["file"], *files(entry.get("sections", []))]
    ]


def test_every_page_is_in_the_contents_once(plan):
    prose = Part("About", ("how-to-read", "inequalities", "rules", "back-test"))
    parts = contents(plan, [prose])["parts"]
    named = [name for part in parts for name in files(part["chapters"])]
    assert sorted([FRONT, *named]) == sorted([*(page.slug for page in plan), "how-to-read"])


def test_trusts_stand_in_their_icb_and_icbs_in_their_region(plan):
    london, midlands = contents(plan, [])["parts"][0]["chapters"]
    assert files([london]) == ["regions/y56", "icbs/qmf", "trusts/r1h", "trusts/rqx"]
    assert files([midlands]) == ["regions/y60", "icbs/qhl", "trusts/rrk"]


def test_an_edition_of_england_alone_has_no_empty_list_of_chapters(plan):
    assert contents(plan[:1], []) == {"format": "jb-book", "root": "england", "parts": []}


def test_a_failure_page_says_what_failed_and_where(plan, edition):
    failure = Failure("no segment for RJ1", 6, "charts.segments(`x`)", Path("/any/where.ipynb"))
    text = failure_page(PageResult(plan[1], None, failure, 1.0), edition)
    assert "# London" in text
    assert "It failed in cell 6, which begins `` charts.segments(`x`) ``." in text
    assert "```text\nno segment for RJ1\n```" in text
    assert "`failed/regions/y56.ipynb`" in text
    assert "/any/where" not in text


def test_an_error_with_a_fence_in_it_stays_inside_its_own(plan, edition):
    failure = Failure("```\n# not a heading\n```")
    text = failure_page(PageResult(plan[1], None, failure, 1.0), edition)
    assert "````text\n```\n# not a heading\n```\n````" in text
    assert "in cell" not in text
