"""A condition holds for those trusts for which its figures say so, and shows the figures."""

import pandas as pd
import pytest
from pydantic import TypeAdapter

from oversight_lib.frames import OVERALL
from oversight_lib.intake.commentary import Figure
from oversight_lib.report.conditions import found
from oversight_lib.report.conditions.holds import HOLDS
from oversight_lib.report.conditions.told import TOLD
from oversight_lib.rules.questions import Condition
from tests.report.pages import changed, opened, page, page_of

Q1 = "2025-26-q1"


def condition(**parts):
    return TypeAdapter(Condition).validate_python(parts)


def kinds():
    schema = TypeAdapter(Condition).json_schema()
    return set(schema["discriminator"]["mapping"])


def southampton_with(**values):
    return page_of(changed(opened(Q1), "RHM", **values), "trust", "RHM")


def test_every_kind_of_condition_can_be_judged():
    assert set(HOLDS) == kinds()
    assert set(TOLD) <= kinds()


# Southampton, Q1: average 2.13, segment 2 by score, 3 by the override, 5 in the end.
@pytest.mark.parametrize(
    ("parts", "holds"),
    [
        ({"kind": "always"}, True),
        ({"kind": "in_quarter", "any_of": [1, 2]}, True),
        ({"kind": "in_quarter", "any_of": [3]}, False),
        ({"kind": "segment_is", "which": "final", "any_of": [5]}, True),
        ({"kind": "segment_is", "which": "adjusted", "any_of": [5]}, False),
        ({"kind": "segment_is", "which": "adjusted", "any_of": [2, 3]}, True),
        ({"kind": "segment_unknown", "which": "final"}, False),
        ({"kind": "override_bites", "changes": True}, True),
        ({"kind": "override_bites", "changes": False}, False),
        ({"kind": "standards_missed", "at_least": 7}, True),
        ({"kind": "standards_missed", "at_least": 8}, False),
        ({"kind": "domains_apart", "at_least": 3}, True),
        ({"kind": "domain_in", "segment": 1}, True),
        ({"kind": "icb_disputed"}, False),
        ({"kind": "period_older", "months": 17}, True),  # December 2023 to June 2025 is 18
        ({"kind": "period_older", "months": 18}, False),
    ],
)
def test_what_holds_for_southampton(southampton, parts, holds):
    assert (found(southampton, condition(**parts)) is not None) is holds


def test_a_cut_is_near_as_far_as_its_bracket(southampton):
    cuts = southampton.assessment.cuts
    first = cuts[(cuts["scope"] == OVERALL) & (cuts["boundary"] == 1)].iloc[0]
    # 2.13 lies above the bracket's upper end, 2.06: 0.07 away, and as far as that counts.
    assert first["high"] == 2.06
    near = condition(kind="near_cut", within=0.07)
    assert found(southampton, near).facts["cut"] == "1 and 2"
    assert found(southampton, condition(kind="near_cut", within=0.06)) is None


def test_inside_a_bracket_is_as_near_as_can_be():
    cuts = opened(Q1).cuts
    first = cuts[(cuts["scope"] == OVERALL) & (cuts["boundary"] == 1)].iloc[0]
    inside = southampton_with(average=(first["low"] + first["high"]) / 2)
    assert found(inside, condition(kind="near_cut", within=0.01))


def test_an_unknown_segment_is_neither_this_nor_that():
    unknown = southampton_with(adjusted=pd.NA, final=pd.NA)
    assert found(unknown, condition(kind="segment_unknown", which="adjusted"))
    for segment in range(1, 6):
        for which in ("adjusted", "final"):
            assert (
                found(unknown, condition(kind="segment_is", which=which, any_of=[segment])) is None
            )
    assert found(unknown, condition(kind="override_bites", changes=True)) is None


def test_missing_metrics_are_counted_by_hand(southampton):
    scores, everyone = southampton.assessment.scores, southampton.everyone
    acute = set(everyone.loc[everyone["trust_type"] == "acute", "org"])
    lacking = 0
    for metric in sorted(scores["metric"].unique()):
        have = set(scores.loc[scores["metric"] == metric, "org"]) & acute
        lacking += len(have) >= 0.5 * len(acute) and "RHM" not in have
    there = found(southampton, condition(kind="metrics_missing", share=0.5, at_least=1))
    every = found(southampton, condition(kind="all_metrics", share=0.5))
    assert (there is None) == (lacking == 0)
    assert (every is None) == (lacking > 0)


def test_a_metrics_score_is_compared_as_printed(southampton):
    scores = southampton.scores.set_index("metric")["score"]
    sickness = round(scores["OF0082"] + 1e-9, 2)
    at = condition(kind="metric_score", metric="OF0082", at_least=sickness)
    above = condition(kind="metric_score", metric="OF0082", at_least=sickness + 0.01)
    assert found(southampton, at)
    assert found(southampton, above) is None


def test_an_area_says_for_how_many(london):
    bites = found(london, condition(kind="override_bites", changes=True))
    moved = int((london.trusts["adjusted"] != london.trusts["unadjusted"]).sum())
    assert bites.holds_for == moved == 9
    assert bites.facts["of"] == "9 of 31 trusts"
    assert bites.evidence == "segments: region=Y56, scope=overall: override, 9 of 31 trusts"


def test_evidence_is_named_as_commentary_names_figures(southampton):
    near = found(southampton, condition(kind="near_cut", within=0.1))
    figure = Figure.parse(near.evidence)
    assert figure.current(southampton.assessment.tables) == figure.recorded == "2.13"


def test_nothing_holds_where_no_trust_is_loaded():
    empty = page("icb", "QHG", "2025-26-q3")
    assert empty.trusts.empty
    assert found(empty, condition(kind="always")) is None
