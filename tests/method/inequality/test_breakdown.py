"""Reading a breakdown: from counts, from limits, and what is refused at the door."""

import numpy as np
import pandas as pd
import pytest

from oversight_lib.errors import StoreError
from oversight_lib.method.inequality import from_counts, from_limits, of_counts, read
from oversight_lib.method.inequality.breakdown import from_scale, to_scale
from tests.method.inequality.worked import CHOLESTEROL, WHO_PEOPLE, WHO_VALUES, breakdown, cells


def test_counts_give_the_percentage_and_its_binomial_error():
    table = pd.DataFrame({"area": ["A"], "group": [1], "population": [100], "count": [20]})
    row = from_counts(table, per=100).iloc[0]
    assert row["value"] == 20
    assert row["standard_error"] == pytest.approx(100 * np.sqrt(0.2 * 0.8 / 100))


def test_limits_give_half_their_width_over_z():
    row = from_limits(CHOLESTEROL).iloc[0]
    assert row["standard_error"] == pytest.approx((66.42 - 64.79) / (2 * 1.959964), rel=1e-6)


@pytest.mark.parametrize("symmetric", ["log", "logit"])
def test_limits_symmetric_on_another_scale_give_back_the_error_they_were_made_of(symmetric):
    value, error = 30.0, 0.1
    on_scale = to_scale(np.array([value]), symmetric, 100)
    limits = [from_scale(on_scale + side * 1.959963984540054 * error, symmetric, 100)
              for side in (-1, 1)]  # fmt: skip
    table = pd.DataFrame(
        {"area": "A", "group": 1, "population": 10, "value": value, "low": limits[0],
         "high": limits[1]}
    )  # fmt: skip
    found = from_limits(table, symmetric=symmetric, top=100)["standard_error"].iloc[0]
    steep = {"log": 1 / 30, "logit": 100 / (30 * 70)}[symmetric]
    assert found * steep == pytest.approx(error)


def test_a_total_is_not_a_group_wherever_it_stands():
    # A known defect: whether "Total" rows are excluded depends on where they stand.
    table = cells(WHO_VALUES, WHO_PEOPLE, 1)
    total = table.iloc[[0]].assign(group=6)
    for rows in ([table, total], [total, table]):
        with pytest.raises(StoreError, match="a group above 5"):
            read(pd.concat(rows, ignore_index=True), groups=5, grouping="x")
    words = table.astype({"group": object}).assign(group=["Total", 2, 3, 4, 5])
    with pytest.raises(StoreError, match="group"):
        read(words, groups=5, grouping="x")


def test_the_same_group_twice_is_refused():
    table = cells(WHO_VALUES, WHO_PEOPLE, 1)
    with pytest.raises(StoreError):
        read(pd.concat([table, table.head(1)], ignore_index=True), groups=5, grouping="x")


def test_reasons_name_the_first_thing_wrong_and_only_where_it_is():
    value = [[20, 30, 40, 50, 60], [20, np.nan, 40, 50, 60]]
    error = [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    reasons = breakdown(value, WHO_PEOPLE, error).reasons().tolist()
    assert reasons[0].startswith("group 5 has no standard error")
    assert reasons[1] == "group 2 is missing or suppressed"


def test_nobody_in_a_group_is_a_missing_group():
    chosen = of_counts(["A"], [[0, 1, 2, 3, 4]], [[0, 9, 9, 9, 9]], per=100, grouping="x")
    assert chosen.reasons()[0] == "group 1 is missing or suppressed"


def test_areas_are_in_order_and_shares_add_to_one():
    table = cells([WHO_VALUES, WHO_VALUES], WHO_PEOPLE, 1)
    chosen = read(table.iloc[::-1], groups=5, grouping="x")
    assert chosen.areas.tolist() == ["A00", "A01"]
    assert chosen.share.sum(axis=1) == pytest.approx(1)
    assert chosen.value[0].tolist() == WHO_VALUES
    assert not chosen.counted
