"""An edition has one date, and it is the quarter's."""

from datetime import UTC, datetime

import pytest

from oversight_lib.periods import Quarter
from oversight_lib.press.edition_facts import EditionFacts


@pytest.mark.parametrize(
    ("quarter", "last_day"),
    [
        ("2025-26-q1", datetime(2025, 6, 30, tzinfo=UTC)),
        ("2025-26-q3", datetime(2025, 12, 31, tzinfo=UTC)),
        ("2027-28-q4", datetime(2028, 3, 31, tzinfo=UTC)),
    ],
)
def test_the_date_is_the_last_day_of_the_quarter(quarter, last_day):
    facts = EditionFacts(Quarter.parse(quarter), "2025-26")
    assert facts.epoch == last_day.timestamp()
    assert (facts.last_month.year, facts.last_month.month) == (last_day.year, last_day.month)
