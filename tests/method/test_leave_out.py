"""Leaving a metric out equals assessing again without it."""

import pandas as pd
import pytest

from oversight_lib.method.cuts import cut_points
from oversight_lib.method.leave_out import leave_out
from oversight_lib.method.segmentation import averages, segment
from tests.method.quarters import FRAMEWORK, assessed, banded_quarter, whole_quarter

TINY = (4, 3, 2)
COLUMNS = ["average", "unadjusted", "adjusted"]


def again(scores, publication, *, cuts=None):
    """Average, cut, place and override again from these scores; overall results by trust."""
    means = averages(scores)
    made = cut_points(means, publication, FRAMEWORK) if cuts is None else cuts
    table = segment(means, made, publication, FRAMEWORK)
    return table[table["scope"] == "overall"].set_index("org")[COLUMNS]


def same(ours, theirs):
    """Equal results, row by row; a trust with nothing left has none."""
    pd.testing.assert_frame_equal(
        ours[COLUMNS].astype("Float64"), theirs.reindex(ours.index).astype("Float64"), atol=1e-12
    )


def test_it_equals_assessing_again_for_every_trust():
    publication, assessment = whole_quarter(11, TINY), assessed(11, TINY)
    rows = leave_out(assessment, FRAMEWORK).query("reading == 'this trust'")
    assert set(rows["org"]) == set(assessment.overall["org"])
    assert set(rows["cuts"]) == {"made again"}
    for org, removed in rows[["org", "removed"]].itertuples(index=False):
        scores = assessment.scores
        gone = scores["org"].eq(org) & (scores["metric"].eq(removed) | scores["domain"].eq(removed))
        assert gone.any()
        ours = rows.query("org == @org and removed == @removed").set_index("org")
        same(ours, again(scores[~gone], publication))


def test_it_equals_assessing_again_without_the_metric_for_everybody():
    publication, assessment = whole_quarter(11, TINY), assessed(11, TINY)
    rows = leave_out(assessment, FRAMEWORK).query("reading == 'every trust'")
    for removed, ours in rows.groupby("removed"):
        scores = assessment.scores
        gone = scores["metric"].eq(removed) | scores["domain"].eq(removed)
        same(ours.set_index("org"), again(scores[~gone], publication))


@pytest.mark.parametrize("quarter", ["2025-26-q1", "2025-26-q3"])
def test_in_a_published_quarter_it_equals_assessing_again_with_the_cuts_held(bundled, quarter):
    publication, assessment = bundled(quarter)
    rows = leave_out(assessment, FRAMEWORK).query("reading == 'this trust'")
    assert set(rows["cuts"]) == {"held"}
    metrics = rows[rows["removed"].str.startswith("OF")]
    counted = assessment.scores.query("weight > 0 and score == score")
    assert len(metrics) == len(counted)
    # Held cuts make trusts independent: the n-th metric of every trust can go at once.
    numbered = counted.assign(turn=counted.groupby("org").cumcount())
    for turn in range(numbered["turn"].max() + 1):
        gone = numbered[numbered["turn"] == turn].set_index("org")["metric"]
        left = assessment.scores[
            assessment.scores["metric"] != assessment.scores["org"].map(gone).fillna("")
        ]
        ours = metrics[metrics["removed"] == metrics["org"].map(gone)].set_index("org")
        same(ours, again(left, publication, cuts=assessment.cuts))


def test_what_changes_is_said_with_and_without_the_override():
    flat = {"R1": (1, 1), "R2": (2, 2), "R3": (3, 3), "R4": (4, 4)}
    segments = {"R1": 1, "R2": 2, "R3": 3, "R4": 4}
    assessment = banded_quarter({**flat, "R9": (1, 4, 1)}, {**segments, "R9": 2}, overrides=["R9"])
    rows = leave_out(assessment, FRAMEWORK).set_index(["org", "removed", "reading"]).sort_index()
    without = rows.loc[("R9", "OF0067", "this trust")]
    # Average (1 + 1) / 2 = 1: segment 1 in place of 2, and 3 in any case by the override.
    assert without[["average", "unadjusted", "adjusted"]].tolist() == [1, 1, 3]
    assert bool(without["changes_unadjusted"])
    assert not without["changes"]


def test_where_cuts_cannot_be_made_again_each_keeps_its_count_of_trusts():
    flat = {"R1": (1, 1), "R2": (2, 2), "R3": (3, 3), "R4": (4, 4)}
    segments = {"R1": 1, "R2": 2, "R3": 3, "R4": 4}
    # Without OF0067 everybody but R9 stays; R9 falls from 2.5 to 1 and becomes one of the two
    # best, so the cut after the best trust stays at 1 and both are at or below it.
    assessment = banded_quarter({**flat, "R9": (1, 4)}, {**segments, "R9": 3})
    rows = leave_out(assessment, FRAMEWORK).query("removed == 'OF0067' and reading != 'this trust'")
    assert set(rows["cuts"]) == {"kept"}
    assert rows.set_index("org")["unadjusted"].to_dict() == {
        "R1": 1, "R9": 1, "R2": 3, "R3": 3, "R4": 4,
    }  # fmt: skip


def test_a_trust_with_nothing_left_has_no_segment():
    assessment = banded_quarter(
        {"R1": (1, 1), "R2": (2, 2), "R3": (3,), "R4": (4, 4)},
        {"R1": 1, "R2": 2, "R3": 3, "R4": 4},
    )
    rows = leave_out(assessment, FRAMEWORK).query("org == 'R3' and removed == 'OF0046'")
    assert len(rows) == 2
    assert rows[["average", "unadjusted", "adjusted", "changes"]].isna().all(axis=None)
