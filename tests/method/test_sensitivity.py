"""What a segment hangs on besides chance, against arithmetic done by hand."""

import pytest

from oversight_lib.method.leave_out import leave_out
from oversight_lib.method.sensitivity import sensitivity
from tests.method.quarters import FRAMEWORK, assessed, banded_quarter

FLAT = {"R1": (1, 1), "R2": (2, 2), "R3": (3, 3), "R4": (4, 4)}
SEGMENTS = {"R1": 1, "R2": 2, "R3": 3, "R4": 4}


def table(scores, segments, **more):
    history = more.pop("history", ())
    assessment = banded_quarter({**FLAT, **scores}, {**SEGMENTS, **segments}, **more)
    return sensitivity(assessment, FRAMEWORK, history=history, draws=200).set_index("org")


def test_distances_are_to_the_cuts_either_side_and_in_points():
    # Average 2.5 between the cut after 2 and the cut after 3; two metrics.
    mine = table({"R9": (2, 3)}, {"R9": 3}).loc["R9"]
    assert mine["above_better_cut"] == pytest.approx(2.5 - 2)
    assert mine["above_better_cut_points"] == pytest.approx(2 * (2.5 - 2))
    assert mine["below_worse_cut"] == pytest.approx(3 - 2.5)


def test_the_best_and_the_worst_segment_have_one_neighbour():
    rows = table({}, {})
    assert rows["above_better_cut"].isna().to_dict()["R1"]
    assert rows["below_worse_cut"].isna().to_dict()["R4"]


def test_lifting_one_override_leaves_the_others_in_place():
    # R1 and R2 are held at 3. Alone lifted, R1 is first; R2 then is behind nobody but itself.
    rows = table({}, {}, overrides=["R1", "R2"])
    assert rows["segment_without_override"].to_dict() == SEGMENTS
    assert rows["rank_without_override"].to_dict() == {"R1": 1, "R2": 1, "R3": 3, "R4": 4}


def test_a_metric_of_another_quarter_bounds_the_average():
    scores = {**FLAT, "R9": (2, 2, 2)}
    before = banded_quarter(scores, {**SEGMENTS, "R9": 2}, quarter="2025-26-q2")
    mine = table({"R9": (2, 2)}, {"R9": 2}, history=[before], quarter="2025-26-q3").loc["R9"]
    assert mine["missing"] == "OF0069"
    assert mine["average_if_best"] == pytest.approx((2 + 2 + 1) / 3)
    assert mine["average_if_lowest"] == pytest.approx((2 + 2 + 4) / 3)
    # 1.67 lies inside the bracket between 1 and 2: no segment; 2.67 between 2 and 3 neither.
    assert mine[["unadjusted_if_best", "unadjusted_if_lowest"]].isna().all()


def test_nothing_missing_leaves_the_average():
    rows = table({}, {})
    assert rows["missing"].isna().all()
    assert rows["average_if_best"].tolist() == [1, 2, 3, 4] == rows["average_if_lowest"].tolist()


def test_equal_domains_average_the_domain_scores():
    # OF0046 and OF0069 are effectiveness (1, 1), OF0067 is safety (4): (1 + 4) / 2, not 6 / 3.
    assert [FRAMEWORK.find(m).domain for m in ("OF0046", "OF0067", "OF0069")] == [
        "effectiveness", "safety", "effectiveness",
    ]  # fmt: skip
    mine = table({"R9": (1, 4, 1)}, {"R9": 2}).loc["R9"]
    assert mine["average_equal_domains"] == pytest.approx((1 + 4) / 2)
    # One trust was at or below the first cut, three (R1, R2, R9) the second: 2.5 is the third.
    assert mine["unadjusted_equal_domains"] == 2


def test_a_trust_whose_metrics_all_score_alike_keeps_its_segment_under_any_weights():
    rows = table({}, {})
    assert rows["same_under_weights"].tolist() == [1, 1, 1, 1]
    assert set(rows["cuts"]) == {"kept"}


def test_weights_matter_in_a_whole_quarter_and_the_seed_fixes_them():
    assessment = assessed(2, (12, 8, 4))
    rows, again = (sensitivity(assessment, FRAMEWORK, draws=300, seed=5) for _ in range(2))
    assert rows.to_csv() == again.to_csv()
    assert 0 < rows["same_under_weights"].mean() < 1
    assert set(rows["cuts"]) == {"made again"}


def test_a_segment_no_metric_can_change_is_said_by_leaving_out():
    assessment = assessed(2, (12, 8, 4))
    rows = leave_out(assessment, FRAMEWORK).query("reading == 'this trust'")
    changing = rows.groupby("org")["changes_unadjusted"].any()
    assert changing.any()
    assert not changing.all()
