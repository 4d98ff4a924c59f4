"""Tenths and fifths of areas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.inequality import ntiles


def test_ten_values_make_fifths_of_two_from_the_highest():
    assert ntiles(np.arange(10, 0, -1), 5).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_and_from_the_lowest():
    assert ntiles(np.arange(10, 0, -1), 5, first="lowest").tolist() == [
        5,
        5,
        4,
        4,
        3,
        3,
        2,
        2,
        1,
        1,
    ]


def test_seven_values_make_fifths_as_ohid_makes_them():
    # floor(6 - ceil((8 - r) / (7/5))) for r = 1..7, where 0 would mean 1.
    expected = [max(1, int(6 - np.ceil(round((8 - r) / 1.4, 9)))) for r in range(1, 8)]
    assert ntiles(np.arange(7, 0, -1), 5).tolist() == expected


def test_ties_share_the_group_of_their_best_rank():
    assert ntiles([9, 5, 5, 5, 1], 5).tolist() == [1, 2, 2, 2, 5]


def test_missing_stays_missing_and_too_few_are_all_missing():
    assert ntiles([5, None, 4, 3, 2, 1], 5).isna().tolist() == [False, True, *[False] * 4]
    assert ntiles([1, 2, None, 3], 5).isna().all()


@settings(derandomize=True, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=10, max_size=80, unique=True), st.integers(2, 10))
def test_groups_are_in_order_within_bounds_and_nearly_equal(values, groups):
    group = ntiles(values, groups)
    assert group.between(1, groups).all()
    in_order = group.iloc[np.argsort(values)[::-1]]
    assert in_order.is_monotonic_increasing
    sizes = group.value_counts().reindex(range(1, groups + 1), fill_value=0)
    assert sizes.max() - sizes.min() <= 1
    assert isinstance(group, pd.Series)


@pytest.mark.parametrize(("size", "groups"), [(49, 7), (100, 10), (303, 10), (32844, 10)])
def test_whole_numbers_do_not_round_over_a_boundary(size, groups):
    group = ntiles(np.arange(size, 0, -1), groups)
    assert group.iloc[0] == 1
    assert group.iloc[-1] == groups
