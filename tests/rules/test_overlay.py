"""A file of one's own fills in what a framework year does not know, and everything runs."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.errors import RulesError
from oversight_lib.frames import PUBLISHED_RESULTS
from oversight_lib.method.assessment import assess
from oversight_lib.method.distance import distance
from oversight_lib.method.firmness import firmness
from oversight_lib.method.leave_out import leave_out
from oversight_lib.method.sensitivity import sensitivity
from oversight_lib.method.uncertainty import likely_ranges
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from oversight_lib.rules.overlay import laid_over, not_numbers
from tests.method.quarters import frame, publication_of

OWN = Path(__file__).parent / "own" / "made_up.toml"
NEXT = FrameworkYear(2026)
BOARDS = {f"Q{letter}": "icb" for letter in "ABCDE"}
RESULTS = [
    {"org": org, "scope": "overall", "override": org == "QA", "quarter": "2026-27-q1"}
    for org in BOARDS
]


def boards():
    """Five boards: the percentages 95, 89, 88, 87, 86 and the counts 3, 1, 2, 4, 5."""
    percentages = dict(zip(BOARDS, [95.0, 89.0, 88.0, 87.0, 86.0], strict=True))
    counts = dict(zip(BOARDS, [3.0, 1.0, 2.0, 4.0, 5.0], strict=True))
    values = [
        {"org": org, "metric": metric, "unit": unit, "value": value}
        for metric, unit, its in (("OF0901", "percent", percentages), ("OF0902", "count", counts))
        for org, value in its.items()
    ]
    publication = publication_of("2026-27-q1", BOARDS, values, counts={"icb": 5})
    return replace(publication, published_results=frame(PUBLISHED_RESULTS, RESULTS))


def test_without_the_numbers_segmenting_stops_and_names_each():
    with pytest.raises(RulesError) as error:
        assess(boards(), load_framework(NEXT))
    message = str(error.value)
    assert "cannot be segmented" in message
    for name in (
        "metric_list icb", "threshold 1 of 3", "threshold 2 of 3", "threshold 3 of 3",
        "cuts: compares", "cuts: boundary", "adjustment adjustment: not_better_than",
        "Annex B", "methodology manual", "rules/2026-27/", "--rules FILE.toml",
    ):  # fmt: skip
        assert name in message
    # The metric list of trusts is not needed for boards.
    assert "metric_list trust" not in message


def test_with_ones_own_numbers_boards_are_segmented_from_end_to_end():
    assessment = assess(boards(), load_framework(NEXT, OWN))
    overall = assessment.overall.set_index("org")
    # Percentage: QA meets 90 and scores 1; the rest 2, 2 2/3, 3 1/3, 4. Count: by rank over five,
    # 3/4 of a point a place: QB 1, QC 1.75, QA 2.5, QD 3.25, QE 4.
    averages = {
        "QA": (1 + 2.5) / 2,
        "QB": (2 + 1) / 2,
        "QC": (2 + 2 / 3 + 1.75) / 2,
        "QD": (3 + 1 / 3 + 3.25) / 2,
        "QE": (4 + 4) / 2,
    }
    assert overall["average"].to_dict() == pytest.approx(averages)
    # 1.75 is at the first threshold; 2.21 is below 2.25.
    assert overall["unadjusted"].to_dict() == {"QA": 1, "QB": 1, "QC": 2, "QD": 4, "QE": 4}
    assert overall["adjusted"].to_dict() == {"QA": 3, "QB": 1, "QC": 2, "QD": 4, "QE": 4}
    assert overall["final"].equals(overall["adjusted"])
    assert overall["rank"].to_dict() == {"QB": 1, "QC": 2, "QA": 3, "QD": 4, "QE": 5}
    assert set(assessment.cuts["method"]) == {"defined"}
    domains = assessment.segments[assessment.segments["scope"] == "made-up"]
    assert domains["unadjusted"].isna().all()


def test_thresholds_may_exclude_an_average_equal_to_them(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(OWN.read_text().replace('"at_or_below"', '"below"'))
    overall = assess(boards(), load_framework(NEXT, own)).overall.set_index("org")
    assert overall.loc["QA", "unadjusted"] == 2
    assert overall.loc["QB", "unadjusted"] == 1


def test_everything_else_runs_under_defined_thresholds():
    framework = load_framework(NEXT, OWN)
    publication = boards()
    assessment = assess(publication, framework)
    ranges = likely_ranges(assessment, framework, draws=100)
    assert not ranges["cuts_redrawn"].any()
    assert set(ranges["note"]) == {"the cuts are defined by the rules and do not move"}
    assert len(firmness(assessment, framework, draws=100)) == 5
    assert set(leave_out(assessment, framework)["cuts"]) == {"defined"}
    assert set(sensitivity(assessment, framework, draws=50)["cuts"]) == {"defined"}
    rows = distance(assessment, publication, framework).set_index(["org", "metric"])
    # QC needs (x + 1.75) / 2 to print as 1.75, so x to be 1: the standard of 90 met.
    mine = rows.loc[("QC", "OF0901")]
    assert mine[["value_needed", "relation", "score_needed"]].tolist() == [90, "at_least", 1]


def test_an_adjustment_reaches_only_the_kinds_it_names(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(OWN.read_text().replace('["trust", "icb"]', '["trust"]'))
    overall = assess(boards(), load_framework(NEXT, own)).overall.set_index("org")
    assert overall["adjusted"].equals(overall["unadjusted"])
    assert not overall["override"].any()


def test_a_league_whose_order_is_not_known_has_no_ranks(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(OWN.read_text().replace('[league]\norder = ["adjusted", "average"]', ""))
    overall = assess(boards(), load_framework(NEXT, own)).overall
    assert overall["rank"].isna().all()
    assert overall["rank_by_average"].notna().all()


def test_a_final_step_that_is_not_known_leaves_final_segments_missing(tmp_path):
    own = tmp_path / "own.toml"
    known = '[final]\nwhen       = "the test says so"\nflag_apart = true'
    assert known in OWN.read_text()
    own.write_text(OWN.read_text().replace(known, ""))
    assert assess(boards(), load_framework(NEXT, own)).overall["final"].isna().all()


def test_ones_own_rules_are_checked_and_named(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(OWN.read_text().replace("1.75, 2.25", "2.25, 1.75"))
    with pytest.raises(RulesError, match=r"own\.toml, line \d+.*thresholds must ascend"):
        load_framework(NEXT, own)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(RulesError, match=r"nothing\.toml cannot be read"):
        load_framework(NEXT, tmp_path / "nothing.toml")


def test_a_published_year_can_be_tried_with_other_cuts(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text("[cuts]\nprobabilities = [0.1, 0.5, 0.75]\n")
    framework = load_framework(FrameworkYear(2025), own)
    assert framework.cuts.probabilities == (0.1, 0.5, 0.75)
    assert len(framework.metric) == len(load_framework(FrameworkYear(2025)).metric)


TREES = st.recursive(
    st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from("abc"), TREES))
def test_nothing_laid_over_changes_nothing_and_itself_neither(rules):
    assert laid_over(rules, {}) == rules
    assert laid_over(rules, rules) == rules
    assert laid_over({}, rules) == rules


def test_entries_are_matched_by_name_kept_in_order_and_left_out_on_request():
    rules = {"metric": [{"id": "A", "weight": 1}, {"id": "B", "weight": 1}]}
    own = {"metric": [{"id": "C"}, {"id": "B", "omit": True}, {"id": "A", "weight": 2}]}
    assert laid_over(rules, own) == {"metric": [{"id": "A", "weight": 2}, {"id": "C"}]}
    assert rules == {"metric": [{"id": "A", "weight": 1}, {"id": "B", "weight": 1}]}


def test_an_entry_without_a_name_replaces_no_other():
    assert laid_over({"band": [{"score": 1}]}, {"band": [{"score": 1}]}) == {
        "band": [{"score": 1}, {"score": 1}]
    }


@pytest.mark.parametrize(
    ("rules", "places"),
    [
        ({"cut": float("nan")}, ["cut"]),
        ({"metric": [{"weight": 1.0}, {"range": [0.0, float("nan")]}]}, ["metric.1.range.1"]),
        ({"cut": 1.0, "name": "nan"}, []),
    ],
)
def test_whatever_is_no_number_is_found_with_its_place(rules, places):
    assert list(not_numbers(rules)) == places


def test_a_number_replaces_what_was_unknown():
    assert laid_over({"cut": {"unknown": "Annex A"}}, {"cut": 2.0}) == {"cut": 2.0}
    assert laid_over({"when": {"unknown": "x"}}, {"when": {"unknown": "y"}}) == {
        "when": {"unknown": "y"}
    }
