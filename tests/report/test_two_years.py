"""The two framework years on a page: every difference, with how it is known, and what is not."""

import re

from bs4 import BeautifulSoup

from oversight_lib import report
from oversight_lib.periods import FrameworkYear
from oversight_lib.report import narrative, tables
from oversight_lib.report.tables.rules import EVIDENCE
from oversight_lib.report.two_years import TwoYears
from oversight_lib.rules import load_framework
from oversight_lib.rules.compare import compare
from oversight_lib.rules.unknowns import unknowns
from oversight_lib.rules.words import SUBJECTS

YEARS = [load_framework(FrameworkYear(year)) for year in (2025, 2026)]
PAGE = report.two_years("2025-26-q1")


def rows(table):
    html = BeautifulSoup(table._repr_html_(), "lxml")
    return {
        row.th.text: [cell.text for cell in row.find_all("td")]
        for row in html.find_all("tr")
        if row.find("th", scope="row")
    }


def test_every_difference_stands_there_with_how_both_sides_are_known():
    shown = rows(tables.rules_that_differ(PAGE))
    differences = compare(*YEARS)
    assert list(shown) == [difference.subject for difference in differences]
    for difference in differences:
        old, new = (text.casefold() for text in shown[difference.subject])
        assert old.startswith(difference.old.casefold())
        assert new.startswith(difference.new.casefold())
        assert EVIDENCE[difference.old_evidence] in old
        assert EVIDENCE[difference.new_evidence] in new


def test_every_subject_is_either_different_or_alike():
    assert len(PAGE.differences) + len(PAGE.alike) == len(SUBJECTS)


def test_what_is_not_known_is_named_with_the_page_that_publishes_it():
    shown = BeautifulSoup(tables.rules_not_known(PAGE)._repr_html_(), "lxml")
    count = sum(len(unknowns(framework)) for framework in YEARS)
    assert len(shown.find_all("th", scope="row")) == count
    assert "methodology manual" in shown.text
    assert "not known here" not in shown.text


def test_every_metric_stands_there_with_its_full_name():
    shown = BeautifulSoup(tables.metrics_scored(PAGE)._repr_html_(), "lxml").text
    for metric in YEARS[0].metric:
        assert metric.name in shown


def test_the_newest_year_is_set_beside_the_one_before_it():
    later = report.two_years("2026-27-q1")
    assert (later.old.year, later.new.year) == ("2025-26", "2026-27")
    assert later.judged_by.year == "2026-27"
    assert "The metrics of" in repr(tables.metrics_scored(later))


def test_years_that_say_the_same_are_said_to():
    same = TwoYears(PAGE.quarter, YEARS[0], YEARS[0])
    assert "say the same" in repr(tables.rules_that_differ(same))
    assert len(rows(tables.rules_alike(same))) == len(SUBJECTS)
    other = TwoYears(PAGE.quarter, *YEARS)
    assert repr(tables.rules_alike(other)) or other.alike


def test_the_opening_counts_and_guesses_nothing():
    words = repr(narrative.two_years(PAGE))
    assert f"{len(PAGE.differences)} of {len(SUBJECTS)} subjects" in words or (
        f"all {len(SUBJECTS)} subjects" in words
    )
    assert re.search(r"Not known: .*2026/27", words)
    assert "nothing is guessed" in words
