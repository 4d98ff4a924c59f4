"""The quarter a text names, or that it names none."""

import pytest

from oversight_lib.intake.quarters import named_quarter


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("Q1 2025/26", "2025-26-q1"),
        ("Q4 2025-26", "2025-26-q4"),
        ("2025-26-q2", "2025-26-q2"),
        ("Q1 2025", "2025-26-q1"),
        ("Apr 25 - Jun 25", "2025-26-q1"),
        ("Jan 26 - Mar 26", "2025-26-q4"),
        ("Oct 2025 - Dec 2025", "2025-26-q3"),
    ],
)
def test_a_text_names_a_quarter(text, quarter):
    assert named_quarter(text) == quarter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jun-25",
        "2025/26",
        "2024",
        "May 25 - Jul 25",
        "Jul 24 - Jun 25",
        "Month 6 2025",
        "Year to date 25/26",
        "Latest published if awarded post August 2023",
    ],
)
def test_a_text_that_is_no_quarter_names_none(text):
    assert named_quarter(text) is None
