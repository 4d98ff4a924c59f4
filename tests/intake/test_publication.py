"""A quarter's publication as the method takes it: counts, results, and the origin of each."""

import pandas as pd
import pytest

from oversight_lib import frames
from oversight_lib.errors import UnknownNameError
from oversight_lib.frames import OVERALL
from oversight_lib.intake import DATA
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.catalogue import holdings, quarters
from oversight_lib.intake.publication import load_publication
from tests.intake.published import FIRST_LEAGUE_FILE, FRAMEWORK, MENTAL_HEALTH, Q1, Q2, Q3, Q4


@pytest.fixture(scope="module")
def first():
    return load_publication(DATA, Q1, FRAMEWORK)


def results(publication, org, scope=OVERALL):
    return publication.published_results.set_index(["org", "scope"]).loc[(org, scope)]


def test_three_quarters_are_bundled():
    assert quarters() == [Q1, Q2, Q3]
    assert [(str(h.quarter), h.trust_type) for h in holdings()] == [
        ("2025-26-q1", "acute"),
        ("2025-26-q1", MENTAL_HEALTH),
        ("2025-26-q2", MENTAL_HEALTH),
        ("2025-26-q3", MENTAL_HEALTH),
    ]


@pytest.mark.parametrize(
    ("quarter", "counts"),
    [
        (Q1, {"acute": 134, MENTAL_HEALTH: 61}),
        (Q2, {MENTAL_HEALTH: 61}),
        (Q3, {MENTAL_HEALTH: 61}),
    ],
)
def test_the_trusts_of_a_quarter_are_those_that_appear(quarter, counts):
    publication = load_publication(DATA, quarter, FRAMEWORK)
    assert publication.organisations["trust_type"].value_counts().to_dict() == counts
    assert publication.reference_counts == {"acute": 134, MENTAL_HEALTH: 61, "ambulance": 10}


def test_every_figure_goes_to_one_table_and_none_is_lost(first):
    overall = first.published_results[first.published_results["scope"] == OVERALL]
    domains = first.published_results[first.published_results["scope"] != OVERALL]
    results_published = 6 * len(overall) + 2 * len(domains)
    figures = len(first.observations) + len(first.published_scores) + results_published
    assert figures == 7265 + 2242


def test_the_tables_are_of_their_frames(first):
    assert frames.OBSERVATIONS.check(first.observations) is not None
    assert frames.PUBLISHED_SCORES.check(first.published_scores) is not None
    assert frames.PUBLISHED_RESULTS.check(first.published_results) is not None
    assert frames.ORGANISATIONS.check(first.organisations) is not None
    assert frames.LEAGUE.check(first.league).empty


def test_southampton_in_the_first_quarter(first):
    # Unadjusted 2, in deficit so adjusted 3, in recovery so final 5; rank 48 in the league.
    row = results(first, "RHM")
    assert (row["average"], row["unadjusted"], row["adjusted"], row["final"]) == (2.13, 2, 3, 5)
    assert (row["override"], row["in_recovery"], row["rank"]) == (True, True, 48)


def test_northumbria_ranks_twelfth_by_average_alone_and_ninth_in_the_league(first):
    row = results(first, "RTF")
    assert (row["average"], row["rank_by_average"], row["rank"]) == (1.74, 12, 9)


def test_a_domain_has_a_score_a_segment_and_the_rank_of_its_score(first):
    row = results(first, "RTF", "access")
    assert (row["average"], row["unadjusted"]) == (1.42, 1)
    assert row["rank_by_average"] == 9
    for column in ("override", "adjusted", "final", "in_recovery", "rank"):
        assert row[column] is pd.NA


def test_cancer_specialists_have_no_access_domain(first):
    scopes = first.published_results.groupby("org")["scope"].agg(set)
    for org in ("RBV", "REN", "RPY"):
        assert scopes[org] == {OVERALL, "effectiveness", "finance", "people", "safety"}


def test_segments_of_the_first_quarter_add_up(first):
    overall = first.published_results.query("scope == @OVERALL").merge(first.organisations)
    acute = overall[overall["trust_type"] == "acute"]
    others = overall[overall["trust_type"] == MENTAL_HEALTH]
    assert acute["unadjusted"].value_counts().sort_index().tolist() == [34, 31, 38, 31]
    assert acute["adjusted"].value_counts().sort_index().tolist() == [16, 11, 76, 31]
    assert others["unadjusted"].value_counts().sort_index().tolist() == [16, 16, 12, 17]
    assert others["adjusted"].value_counts().sort_index().tolist() == [13, 12, 19, 17]
    assert (acute["in_recovery"].sum(), others["in_recovery"].sum()) == (14, 3)


def test_scores_go_by_their_metric(first):
    scores = first.published_scores.set_index(["org", "metric"])["published_score"]
    # A community response of 0.00 fails the floor; staff survey scores of Northumbria.
    assert scores["RHQ", "OF0057"] == 4.0
    assert scores["RTF", "OF0061"] == 1.07
    values = first.observations.set_index(["org", "metric"])["value"]
    assert values["RHQ", "OF0057"] == 0.0


def test_the_third_quarter_does_not_say_who_is_in_recovery():
    third = load_publication(DATA, Q3, FRAMEWORK).published_results
    assert third["final"].isna().all()
    assert third["in_recovery"].isna().all()


def test_a_league_table_comes_with_its_quarter(data):
    # The fixture's league table is of Q4, for which it has no figures.
    with pytest.raises(UnknownNameError) as caught:
        load_publication(data, Q4, FRAMEWORK)
    assert "at hand: 2025-26-q1" in str(caught.value)
    assert "oversight intake" in str(caught.value)


def test_the_league_tables_of_a_quarter_are_loaded(data):
    intake([FIRST_LEAGUE_FILE], data)
    publication = load_publication(data, Q1, FRAMEWORK)
    assert publication.league["org"].tolist() == ["RDY", "RYY"]
    assert publication.organisations["org"].tolist() == ["RDY", "RTF", "RYY"]
