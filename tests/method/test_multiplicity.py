"""Many comparisons: chances from intervals, and what Benjamini and Hochberg leave."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from oversight_lib.method.multiplicity import RATE, chance_of_none, discoveries

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("low", "high", "chance"),
    [
        (0.0, 3.92, 0.05),  # an end of a 95% interval on 0 is 1.96 standard errors from it
        (-3.92, 0.0, 0.05),
        (-1.0, 1.0, 1.0),
        (0.0, 0.0, 1.0),
        (0.1, 0.1, 0.0),
    ],
)
def test_the_chance_of_as_large_a_difference_if_there_were_none(low, high, chance):
    (found,) = chance_of_none(pd.Series([low]), pd.Series([high]))
    assert found == pytest.approx(chance, abs=1e-4)


def test_a_missing_end_has_no_chance():
    found = chance_of_none(pd.Series([np.nan, 0.1]), pd.Series([1.0, np.nan]))
    assert found.isna().all()


@given(CHANCES)
def test_the_rates_are_those_of_scipy(chances):
    rates = discoveries(pd.Series(chances), pd.Series("a", range(len(chances))))
    assert rates.to_numpy() == pytest.approx(false_discovery_control(chances, method="bh"))


@given(CHANCES, CHANCES)
def test_each_section_is_judged_by_itself(first, second):
    both = pd.Series([*first, *second])
    sections = pd.Series(["a"] * len(first) + ["b"] * len(second))
    alone = discoveries(pd.Series(first), pd.Series("a", range(len(first))))
    assert discoveries(both, sections)[: len(first)].to_numpy() == pytest.approx(alone.to_numpy())


def test_a_comparison_that_cannot_be_made_counts_for_nothing():
    chances, one = pd.Series([0.01, np.nan]), pd.Series(["a", "a"])
    rates = discoveries(chances, one)
    assert rates[0] == pytest.approx(0.01)
    assert np.isnan(rates[1])


def test_one_in_twenty_may_be_false():
    assert RATE == 1 / 20
    # Of three chances only the smallest stays: 0.01 × 3 / 1 = 0.03, 0.04 × 3 / 2 = 0.06.
    rates = discoveries(pd.Series([0.01, 0.04, 0.5]), pd.Series("a", range(3)))
    assert rates.le(RATE).tolist() == [True, False, False]
    assert rates.tolist() == pytest.approx([0.03, 0.06, 0.5])
