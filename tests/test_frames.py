"""The tidy tables are a contract: wrong columns, types, ranges and keys are refused."""

import pandas as pd
import pytest

from oversight_lib import frames
from oversight_lib.errors import StoreError

FRAMES = [value for value in vars(frames).values() if isinstance(value, frames.Frame)]


@pytest.fixture
def cuts():
    row = {
        "quarter": "2025-26-q1", "scope": "overall", "boundary": 1, "low": 2.05, "high": 2.06,
        "cut": 2.05, "at_hand": 2.05, "method": "bracketed", "pool_size": 195, "lacking": None,
    }  # fmt: skip
    return frames.CUTS.arrange(pd.DataFrame([row, row | {"boundary": 2}]))


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_every_frame_describes_its_columns_and_has_a_key_of_them(frame):
    assert frame.description
    assert all(column.description for column in frame.columns)
    assert set(frame.key) <= set(frame.names)
    assert len(frame.names) == len(set(frame.names))
    assert list(frame.empty().columns) == frame.names


def test_names_of_frames_are_their_own():
    names = [frame.name for frame in FRAMES]
    assert len(names) == len(set(names))


def test_a_table_is_arranged_by_key_whatever_the_order_of_its_rows(cuts):
    shuffled = cuts.iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(frames.CUTS.arrange(shuffled), cuts)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"cut": 4.5}, "column cut, row 0: 4.5"),
        ({"boundary": 4}, "column boundary, row 0: 4"),
        ({"method": None}, "column method, row 0"),
    ],
)
def test_a_value_that_breaks_the_contract_is_named(cuts, change, complaint):
    with pytest.raises(StoreError, match=complaint):
        frames.CUTS.arrange(cuts.assign(**change))


def test_a_duplicated_key_is_refused(cuts):
    with pytest.raises(StoreError, match="unique"):
        frames.CUTS.arrange(pd.concat([cuts, cuts]))


def test_all_problems_are_told_at_once(cuts):
    with pytest.raises(StoreError) as error:
        frames.CUTS.arrange(cuts.assign(cut=9.0, low=0.0))
    assert len(error.value.problems) == 4


def test_a_missing_column_is_named(cuts):
    with pytest.raises(StoreError, match=r"cuts lacks the columns low, cut"):
        frames.CUTS.arrange(cuts.drop(columns=["low", "cut"]))
