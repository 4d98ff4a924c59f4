"""The package agrees with the rules done by hand, on five hundred random publications."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight_lib.errors import PublicationError, RulesError
from oversight_lib.method.assessment import assess
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from tests.oracle.by_hand import OVERALL, ByHand
from tests.oracle.publications import missing, publications

FRAMEWORK = load_framework(FrameworkYear(2025))
MANY = settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def same(ours, theirs):
    if missing(theirs) or missing(ours):
        return missing(theirs) and missing(ours)
    return ours == pytest.approx(theirs, abs=1e-9)


def by_key(table, *key):
    return {tuple(row[k] for k in key): row for row in table.to_dict("records")}


def scoreable(publication):
    return len(publication.observations) + len(publication.published_scores) > 0


@MANY
@given(publications(FRAMEWORK), st.booleans())
def test_assessment_agrees_with_the_rules_done_by_hand(publication, recompute):
    if not scoreable(publication):
        return
    oracle = ByHand(publication, FRAMEWORK, recompute=recompute)
    if not oracle.averages:
        with pytest.raises(PublicationError, match="can be scored"):
            assess(publication, FRAMEWORK, recompute=recompute)
        return
    ours = assess(publication, FRAMEWORK, recompute=recompute)
    scores = by_key(ours.scores, "org", "metric")
    for key, row in scores.items():
        assert same(row["recomputed_score"], oracle.from_values.get(key)), key
        assert same(row["score"], oracle.scores.get(key)), key
        if key in oracle.exact:
            assert row["exact"] == oracle.exact[key], key
    assert set(oracle.scores) <= set(scores)
    segments = by_key(ours.segments, "org", "scope")
    assert set(segments) == set(oracle.averages)
    for (org, scope), row in segments.items():
        assert same(row["average"], oracle.averages[org, scope])
        assert same(row["unadjusted"], oracle.unadjusted[org, scope])
        assert same(row["rank_by_average"], oracle.rank_by_average[org, scope])
        if scope == OVERALL:
            assert same(row["adjusted"], oracle.adjusted[org])
            assert same(row["final"], oracle.final[org])
            assert same(row["rank"], oracle.rank.get(org))


@settings(MANY, max_examples=60)
@given(publications(FRAMEWORK, printed=False))
def test_values_alone_are_scored_or_refused(publication):
    oracle = ByHand(publication, FRAMEWORK)
    if not oracle.averages:
        return
    if not oracle.complete:
        with pytest.raises(RulesError, match="no cut points"):
            assess(publication, FRAMEWORK)
        return
    ours = by_key(assess(publication, FRAMEWORK).segments, "org", "scope")
    for key, row in ours.items():
        assert same(row["unadjusted"], oracle.unadjusted[key])
