"""Series of boards that changed: whole ones added up, split ones by their shares or not at all."""

import pandas as pd
import pytest

from oversight_lib.frames import SERIES, SUCCESSIONS
from oversight_lib.method.succession import carried_over

STEPS = SUCCESSIONS.arrange(
    pd.DataFrame(
        [
            ("A", "N", "2026-04-01", False, 1.0, "whole"),
            ("B", "N", "2026-04-01", True, 0.25, "shares"),
            ("B", "C", "2026-04-01", True, 0.75, "shares"),
            ("C", "C", "2026-04-01", False, 1.0, "the same board"),
            ("D", "M", "2026-04-01", True, None, "none is known"),
            ("E", "M", "2026-04-01", False, 1.0, "whole"),
        ],
        columns=SUCCESSIONS.names,
    )
)


def series(*rows):
    table = pd.DataFrame(rows, columns=["area", "period", "numerator", "denominator", "value"])
    told = {"measure": "ae-4-hour", "area_kind": "icb", "unit": "percent", "source": "a.csv"}
    return SERIES.arrange(table.assign(**told).reindex(columns=SERIES.names))


def counted(area, numerator, denominator, period="2026-03"):
    return (area, period, numerator, denominator, 100 * numerator / denominator)


EVERY = series(
    counted("A", 60, 100), counted("B", 40, 80), counted("C", 10, 20), counted("D", 1, 2),
    counted("E", 1, 4), counted("F", 7, 10), counted("N", 9, 10, "2026-04"),
)  # fmt: skip


@pytest.fixture
def after():
    return carried_over(EVERY, STEPS, "2026-06-28").set_index(["area", "period"])


def test_counts_of_predecessors_are_added_by_share(after):
    row = after.loc[("N", "2026-03")]
    assert row["numerator"] == 60 + 0.25 * 40
    assert row["value"] == 100 * (60 + 0.25 * 40) / (100 + 0.25 * 80)
    assert row["source"] == "carried over from A, B (25.0% by population)"


def test_a_board_that_goes_on_gains_its_part(after):
    assert after.loc[("C", "2026-03"), "denominator"] == 20 + 0.75 * 80


def test_without_a_share_nothing_is_carried_over_and_it_is_said(after):
    row = after.loc[("M", "2026-03")]
    assert pd.isna(row["value"])
    assert pd.isna(row["denominator"])
    assert row["reason"] == "not carried over: no population share is known for D"


def test_others_and_later_months_stay(after):
    assert after.loc[("F", "2026-03"), "value"] == 70.0
    assert after.loc[("N", "2026-04"), "value"] == 90.0
    assert set(after.index.get_level_values("area")) == {"C", "F", "M", "N"}


def test_a_month_that_one_predecessor_lacks_is_not_made_of_the_others():
    after = carried_over(series(counted("A", 60, 100)), STEPS, "2026-06-28")
    row = after[after["area"] == "N"].iloc[0]
    assert pd.isna(row["value"])


def test_percentages_without_counts_are_not_carried_over():
    rows = series(("A", "2026-03", None, None, 60.0), ("B", "2026-03", None, None, 50.0))
    row = carried_over(rows, STEPS, "2026-06-28").set_index("area").loc["N"]
    assert pd.isna(row["value"])
    assert row["reason"] == "not carried over: no counts are published"


def test_before_the_day_nothing_changes():
    pd.testing.assert_frame_equal(carried_over(EVERY, STEPS, "2026-03-28"), EVERY)
