"""Quarters, years and the publisher's dozen ways of writing a reporting period."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight_lib.errors import UnknownNameError
from oversight_lib.periods import FrameworkYear, Month, Quarter, ReportingPeriod

quarters = st.builds(Quarter, st.builds(FrameworkYear, st.integers(2000, 2098)), st.integers(1, 4))


@pytest.mark.parametrize(
    "text", ["2025-26-q1", "2025-26-Q1", "Q1 2025/26", "q1 2025-26", "Q1 25/26", " Q1 2025/26 "]
)
def test_a_quarter_is_read_in_each_of_its_forms(text):
    assert Quarter.parse(text) == Quarter(FrameworkYear(2025), 1)


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-26", "2025-26-q5", "Q1 2025/27", "q1", "Q1 2025"]
)
def test_what_is_not_a_quarter_is_refused_with_the_form_to_use(text):
    with pytest.raises(UnknownNameError, match=r"2025-26"):
        Quarter.parse(text)


@given(quarters)
def test_text_and_label_read_back(quarter):
    assert Quarter.parse(str(quarter)) == quarter == Quarter.parse(quarter.label)


@given(quarters)
def test_the_previous_quarter_is_earlier_and_four_make_a_year(quarter):
    year_before = quarter.previous.previous.previous.previous
    assert year_before < quarter.previous < quarter
    assert (year_before.year.start, year_before.number) == (quarter.year.start - 1, quarter.number)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jun-25", Month(2025, 6), Month(2025, 6)),
        ("Q1 2025/26", Month(2025, 4), Month(2025, 6)),
        ("Q1 2025", Month(2025, 4), Month(2025, 6)),
        ("Q4 2024-25", Month(2025, 1), Month(2025, 3)),
        ("2024", Month(2024, 1), Month(2024, 12)),
        ("2025/26", Month(2025, 4), Month(2026, 3)),
        ("Month 9 2025", Month(2025, 4), Month(2025, 12)),
        ("Jul 24 - Jun 25", Month(2024, 7), Month(2025, 6)),
        ("Jan 25 - Dec 25 vs Jan 24 - Dec 24", Month(2025, 1), Month(2025, 12)),
        ("To M12 2024/25 vs 2023/24", Month(2024, 4), Month(2025, 3)),
        ("Year to date 25/26", Month(2025, 4), None),
        ("Latest published if awarded post August 2023", None, None),
        ("", None, None),
    ],
)
def test_a_reporting_period_is_read_in_each_published_form(text, first, last):
    period = ReportingPeriod.parse(text)
    assert (period.first, period.last) == (first, last)
    assert period.text == text


def test_every_bundled_period_that_names_months_is_understood(every_quarter):
    publication, _ = every_quarter
    texts = publication.observations["period"].dropna().unique()
    unread = [text for text in texts if ReportingPeriod.parse(text).first is None]
    assert unread == []


def test_months_count_across_years():
    assert Month(2025, 11).plus(3) == Month(2026, 2)
    assert Month(2025, 2).plus(-3) == Month(2024, 11)
    assert Month(2025, 6).label == "June 2025"
