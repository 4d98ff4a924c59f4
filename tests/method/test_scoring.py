"""Scores: the manual's examples as derivations, the publisher's scores, and properties."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.scoring import grid, score
from oversight_lib.method.scoring.one_moved import moved_scores
from oversight_lib.method.scoring.reasons import _bands, ordinals
from oversight_lib.rules.model import Bands
from tests.oracle.publications import publication_of

COUNTS = {"acute": 12, "mental-health-community": 12, "ambulance": 12}


@pytest.mark.parametrize(("metric", "sign"), [("OF0005", 1), ("OF0023", -1)])
def test_one_new_value_among_the_others_old_ones(framework, metric, sign):
    # Lower is better in the first, higher in the second. One of five was not ranked before.
    old = [sign * value for value in (1.0, 2.0, 3.0, 4.0)]
    rows = pd.DataFrame({
        "org": list("ABCDE"), "pool": "all",
        "value_before": [*old, np.nan],
        # A takes C's place, which C keeps: a tie shares the better one. B falls behind all.
        "value_after": [sign * 3.0, sign * 9.0, sign * 3.0, np.nan, sign * 1.0],
    })  # fmt: skip
    scores = moved_scores(rows, framework.find(metric))
    # Four places from 1 to 4: A is second after B; B last; C third; D and E lack a value.
    assert scores.tolist()[:3] == [1 + 1, 1 + 3, 1 + 2]
    assert scores.isna().tolist() == [False, False, False, True, True]


def scored(framework, metric, values, *, unit=None, orgs=None, printed=()):
    """Scores of one metric from a list of values, in the order of the list; None is no value.

    Unless `orgs` are given, they are of the trust types of the metric's pool, turn by turn.
    """
    kinds = itertools.cycle(framework.pool_of(framework.find(metric)).trust_types)
    orgs = orgs or {f"R{n:02d}": kind for n, kind in zip(range(len(values)), kinds, strict=False)}
    rows = [
        {"org": org, "metric": metric, "value": value, "unit": unit or framework.find(metric).unit}
        for org, value in zip(orgs, values, strict=True)
        if value is not None
    ]
    scores = [
        {"org": org, "metric": metric, "published_score": value}
        for org, value in zip(orgs, printed, strict=False)
    ]
    publication = publication_of("2025-26-q2", orgs, rows, scores, [], COUNTS)
    return score(publication, framework).set_index("org")


def test_standard_met_scores_one_and_the_rest_spread_from_two_to_four(framework):
    # Manual, example 1: an 80% standard.
    scores = scored(framework, "OF0010", [85.0, 80.0, 79.0, 60.0, 40.0])["score"]
    assert scores.tolist() == [1, 1, 2 + 2 * 0 / 2, 2 + 2 * 1 / 2, 2 + 2 * 2 / 2]


def test_below_the_floor_scores_four_and_the_rest_spread_from_one_to_three(framework):
    scores = scored(framework, "OF0057", [69.99, 70.0, 80.0, 90.0])["score"]
    assert scores.tolist() == [4, 1 + 2 * 2 / 2, 1 + 2 * 1 / 2, 1 + 2 * 0 / 2]


def test_plain_rank_spreads_evenly_by_rank_not_by_value(framework):
    scores = scored(framework, "OF0014", [0.1, 0.2, 50.0, 51.0])["score"]
    assert scores.tolist() == pytest.approx([1 + 3 * 0 / 3, 1 + 3 * 1 / 3, 1 + 3 * 2 / 3, 4])


def test_ties_take_the_best_score_of_their_cluster(framework):
    # Manual: a cluster that covers 2.50 to 2.80 all scores 2.50. Eleven ranked, step 3 / 10.
    values = [1.0, 2, 3, 4, 5, 6, 6, 8, 9, 10, 11]
    scores = scored(framework, "OF0014", values)["score"]
    assert scores.iloc[5:8].tolist() == pytest.approx([1 + 3 * 5 / 10] * 2 + [1 + 3 * 7 / 10])


def test_alone_is_best(framework):
    assert scored(framework, "OF0014", [7.0])["score"].tolist() == [1.0]


def test_everybody_tied_is_best(framework):
    assert scored(framework, "OF0014", [0.0] * 5)["score"].tolist() == [1.0] * 5


@pytest.mark.parametrize(
    ("metric", "value", "expected"),
    [
        # T6: what the published files show at the edges, Q1 2025/26.
        ("OF0079", 0.0, 1), ("OF0079", -0.99, 2), ("OF0079", -1.0, 3), ("OF0079", -2.03, 4),
        ("OF0079", -0.73, 2), ("OF0079", -1.97, 3),
        ("OF0081", 0.0, 1), ("OF0081", -0.48, 2), ("OF0081", -0.52, 3), ("OF0081", -1.01, 4),
    ],
)  # fmt: skip
def test_bands(framework, metric, value, expected):
    assert scored(framework, metric, [value])["score"].tolist() == [expected]


def test_counts_without_a_usable_threshold_score_by_the_small_number_table(framework):
    # The nine rows of Q1 that are counts: 0 scores 1, 1 scores 2, 2 scores 3, 3 or more 4.
    scores = scored(framework, "OF0048", [0.0, 1.0, 2.0, 3.0, 7.0], unit="count")
    assert scores["score"].tolist() == [1, 2, 3, 4, 4]
    assert scores["reason"].iloc[2] == "count of 2, no usable threshold"


def test_printed_scores_give_the_ranks_back(framework):
    printed = [round(1 + 3 * place / 10, 2) for place in range(11)]
    scores = scored(framework, "OF0014", [float(n) for n in range(11)], printed=printed)
    assert scores["rank"].tolist() == list(range(1, 12))
    assert scores["reason"].iloc[1] == "ranked 2nd of 11"


def test_a_band_is_told_by_both_its_ends(framework):
    reasons = scored(framework, "OF0081", [0.0, -0.48, -0.52, -1.01])["reason"]
    assert reasons.tolist() == [
        "at least 0%",
        "above -0.5% but below 0%",
        "above -1% but not above -0.5%",
        "not above -1%",
    ]


def test_an_edge_at_nought_is_told_as_nought():
    bands = Bands(kind="bands", bands=({"score": 1, "above": 0.0}, {"score": 4}))
    assert _bands(bands, "percent") == ["above 0%", "not above 0%"]


def test_combined_finance_names_the_two_scores_it_is_read_from(framework):
    # A plan of -1.5% scores 3, a variance of -0.2% scores 2.
    rows = [
        {"org": "R00", "metric": metric, "value": value, "unit": framework.find(metric).unit}
        for metric, value in (("OF0081", -0.2), (framework.find("OF0080").scoring.rows, -1.5))
    ]
    in_print = [{"org": "R00", "metric": "OF0080", "published_score": 3.0}]
    publication = publication_of("2025-26-q2", {"R00": "acute"}, rows, in_print, [], COUNTS)
    reasons = score(publication, framework).set_index("metric")["reason"]
    assert reasons["OF0080"] == "combined finance 3 x 2"


def test_counts_are_not_ranked_among_ratios(framework):
    orgs = {"R00": "acute", "R01": "acute", "R02": "acute"}
    rows = [
        {"org": "R00", "metric": "OF0048", "value": 2.0, "unit": "count"},
        {"org": "R01", "metric": "OF0048", "value": 1.2, "unit": "ratio to threshold"},
        {"org": "R02", "metric": "OF0048", "value": 1.4, "unit": "ratio to threshold"},
    ]
    publication = publication_of("2025-26-q2", orgs, rows, [], [], COUNTS)
    assert score(publication, framework)["score"].tolist() == [3, 2, 4]


def test_each_type_is_ranked_apart_where_the_rule_says_so(framework):
    orgs = {"R00": "acute", "R01": "acute", "R02": "ambulance", "R03": "ambulance"}
    scores = scored(framework, "OF0061", [6.0, 7.0, 5.0, 5.5], orgs=orgs)
    assert scores["score"].tolist() == [4, 1, 4, 1]
    assert scores["pool"].tolist() == ["acute trusts"] * 2 + ["ambulance trusts"] * 2


def test_a_rank_score_is_refused_while_its_pool_is_incomplete(framework):
    acute = {"R00": "acute", "R01": "acute", "R02": "acute"}
    scores = scored(framework, "OF0082", [4.0, 5.0, 6.0], orgs=acute)
    assert scores["score"].isna().all()
    assert scores["reason"].iloc[0].startswith("not scored: no ambulance or mental health")


def test_a_fixed_score_needs_no_pool(framework):
    scores = scored(framework, "OF0017", [25.33])
    assert scores["score"].tolist() == [1.0]
    assert scores["reason"].tolist() == ["meets the standard of at most 30 minutes"]


def test_reasons_say_rank_of_how_many(framework):
    reasons = scored(framework, "OF0010", [85.0, 79.0, 60.0, 40.0])["reason"].tolist()
    standard = "the standard of at least 80%"
    assert reasons == [
        f"meets {standard}",
        f"ranked 1st of the 3 not meeting {standard}",
        f"ranked 2nd of the 3 not meeting {standard}",
        f"ranked 3rd of the 3 not meeting {standard}",
    ]


def test_ordinals():
    numbers = pd.Series([1, 2, 3, 4, 11, 12, 13, 21, 102, 111, pd.NA], dtype="Int64")
    expected = "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th"
    assert " ".join(ordinals(numbers).dropna()) == expected


# The grid --------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(20, 205), st.data())
def test_how_many_were_ranked_is_recovered_from_printed_scores(size, data):
    """Forty scores of any ranked set, printed to two decimals, give away its size."""
    places = data.draw(
        st.lists(st.integers(0, size - 1), min_size=min(size, 40), unique=True), label="places"
    )
    exact = 1 + 3 * np.array(places) / (size - 1)
    printed = pd.Series(np.floor(exact * 100 + 0.5 + 1e-7) / 100)
    found = grid.ranked_set_size(printed, best=1, lowest=4, at_least=len(places), at_most=205)
    assert found is not None
    unrounded = grid.on_grid(
        grid.positions(printed, best=1, lowest=4, size=found), best=1, lowest=4, size=found
    )
    assert np.abs(unrounded - printed).max() < 0.0051
    if len(places) >= 40:
        assert found == size
        assert unrounded.tolist() == pytest.approx(exact.tolist())


def test_too_few_scores_do_not_give_away_how_many_were_ranked():
    few = pd.Series([1.0, 2.5, 4.0])
    assert grid.ranked_set_size(few, best=1, lowest=4, at_least=3, at_most=200) is None
    assert grid.ranked_set_size(few, best=1, lowest=4, at_least=3, at_most=3) == 3


def test_scores_that_lie_on_no_grid_give_no_size():
    off = pd.Series([1.01, 1.13, 1.29, 1.57, 1.83, 2.09, 2.41, 2.77, 3.13])
    assert grid.ranked_set_size(off, best=1, lowest=4, at_least=9, at_most=20) is None


@pytest.mark.parametrize(
    ("quarter", "metric", "kind", "ranked"),
    [
        # Specification 1.2: sizes recovered independently of this code.
        ("2025-26-q1", "OF0005", None, 121), ("2025-26-q2", "OF0005", None, 120),
        ("2025-26-q3", "OF0005", None, 118), ("2025-26-q1", "OF0041", None, 68),
        ("2025-26-q2", "OF0041", None, 70), ("2025-26-q1", "OF0016", None, 46),
        ("2025-26-q2", "OF0016", None, 50), ("2025-26-q3", "OF0016", None, 49),
        ("2025-26-q1", "OF0063", None, 48), ("2025-26-q1", "OF0057", None, 80),
        ("2025-26-q2", "OF0057", None, 83), ("2025-26-q3", "OF0057", None, 80),
        ("2025-26-q1", "OF0082", None, 205), ("2025-26-q3", "OF0082", None, 205),
        ("2025-26-q1", "OF0086", None, 70), ("2025-26-q2", "OF0086", None, 71),
        ("2025-26-q1", "OF0061", "acute", 134), ("2025-26-q1", "OF0003", None, 102),
        ("2025-26-q1", "OF0010", None, 90), ("2025-26-q1", "OF0011", None, 86),
        ("2025-26-q1", "OF0013", None, 84), ("2025-26-q1", "OF0106", None, 47),
        ("2025-26-q1", "OF0020", None, 116), ("2025-26-q1", "OF0048", None, 112),
        ("2025-26-q1", "OF0088", None, 112), ("2025-26-q1", "OF0085", None, 134),
    ],
)  # fmt: skip
def test_ranked_sets_of_the_publication(bundled, quarter, metric, kind, ranked):
    scores = bundled(quarter)[1].scores.query("metric == @metric")
    chosen = scores if kind is None else scores[scores["pool"] == f"{kind} trusts"]
    assert chosen["pool_size"].dropna().unique().tolist() == [ranked]


# Properties ------------------------------------------------------------------------------------

VALUES = st.lists(st.integers(0, 200).map(lambda n: n / 2), min_size=2, max_size=12)
RANKED = st.sampled_from(["OF0014", "OF0023", "OF0010", "OF0013", "OF0057", "OF0003"])
FEW = settings(max_examples=25, deadline=None, derandomize=True)


@FEW
@given(RANKED, VALUES)
def test_scores_stay_between_one_and_four(framework, metric, values):
    assert scored(framework, metric, values)["score"].between(1, 4).all()


@FEW
@given(RANKED, VALUES, st.randoms(use_true_random=False))
def test_shuffling_organisations_changes_no_score(framework, metric, values, random):
    before = scored(framework, metric, values)["score"].tolist()
    order = list(range(len(values)))
    random.shuffle(order)
    after = scored(framework, metric, [values[n] for n in order])["score"].tolist()
    assert [before[n] for n in order] == after


@FEW
@given(RANKED, VALUES)
def test_equal_values_score_alike_and_better_values_never_score_worse(framework, metric, values):
    scores = scored(framework, metric, values)["score"]
    sign = 1 if framework.find(metric).better == "lower" else -1
    pairs = sorted(zip((sign * np.array(values)).tolist(), scores.tolist(), strict=True))
    for (better, its), (worse, others) in itertools.pairwise(pairs):
        assert its <= others
        assert better != worse or its == others


@FEW
@given(RANKED, VALUES)
def test_printed_scores_come_back_unrounded(framework, metric, values):
    from_values = scored(framework, metric, values)
    printed = (np.floor(from_values["score"] * 100 + 0.5 + 1e-7) / 100).tolist()
    again = scored(framework, metric, values, printed=printed)
    assert again["score"].tolist() == pytest.approx(from_values["score"].tolist())
    assert again["basis"].eq("published").all()
