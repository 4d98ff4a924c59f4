"""What each published identifier can be, as the rules say it."""

from math import inf

import pytest
from pydantic import ValidationError

from oversight_lib.intake.items import items, result_items
from tests.intake.published import FRAMEWORK

ITEMS = items(FRAMEWORK)


def test_there_is_one_item_for_each_value_score_and_result():
    metrics, domains = len(FRAMEWORK.metric), len(FRAMEWORK.domain)
    assert len(ITEMS) == 2 * metrics + 2 * domains + 6
    assert len(result_items(FRAMEWORK)) == 2 * domains + 6


@pytest.mark.parametrize(
    ("item", "low", "high", "whole"),
    [
        ("OF0013", 0, 100, False),  # a share of attendances
        ("OF0061", 0, 10, False),  # a survey score out of 10
        ("OF0020", 0, inf, False),  # a count
        ("OF0041", -inf, inf, False),  # a change
        ("OF0079", -inf, inf, False),  # a surplus or deficit
        ("OF0081", -inf, inf, False),  # a variance
        ("OF0085", -inf, inf, False),  # a change in productivity
        ("OF1013", 1, 4, False),
        ("OF4000", 1, 4, False),
        ("OF4100", 1, 4, True),
        ("OF5000", 1, 4, True),
        ("OF5002", 1, 4, False),
        ("OF5003", 1, 4, True),
        ("OF5004", 0, 1, True),
        ("OF5005", 1, 5, True),
        ("OF5007", 0, 1, True),
    ],
)
def test_each_item_has_its_bounds(item, low, high, whole):
    found = ITEMS[item]
    assert (found.low, found.high, found.whole) == (low, high, whole)


def test_an_index_with_100_as_its_average_is_no_share():
    assert ITEMS["OF0086"].high == inf


def test_what_is_expected_is_said_in_words():
    assert ITEMS["OF0013"].expected == "a percentage from 0 to 100 for OF0013"
    assert ITEMS["OF0020"].expected == "a value of 0 or more for OF0020"
    assert ITEMS["OF5005"].expected == "a segment, 1, 2, 3, 4 or 5, for OF5005"


def test_a_range_that_goes_downwards_is_refused():
    metric = FRAMEWORK.metric[0]
    with pytest.raises(ValidationError, match="a range is"):
        type(metric).model_validate(metric.model_dump() | {"range": (100, 0)})
