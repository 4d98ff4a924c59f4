"""The likely ranges: against a slow loop, and what must hold of any range."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib import frames
from oversight_lib.method.assessment import assess
from oversight_lib.method.range_checks import check_ranges
from oversight_lib.method.resampling import resampled_means, stream
from oversight_lib.method.uncertainty import likely_ranges
from tests.method.quarters import FRAMEWORK, assessed, whole_quarter, without_type

PROPERTY = settings(max_examples=25, deadline=None, derandomize=True)
DRAWS = 200


def printed(number):
    return float(Decimal(f"{number:.9f}").quantize(Decimal("0.01"), ROUND_HALF_UP))


def quantile(numbers, share):
    """Linear interpolation between the two values either side, written out."""
    ordered = sorted(numbers)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def smallest_reaching(numbers, share):
    """The smallest value that at least this share of the numbers do not exceed."""
    ordered = sorted(numbers)
    return next(
        value for count, value in enumerate(ordered, 1) if count / len(ordered) >= share - 1e-12
    )


class SlowLoop:
    """The same draws, one trust, one draw and one metric at a time."""

    def __init__(self, assessment, draws, seed, *, held=None):
        scores = assessment.scores.query("weight > 0 and score == score").sort_values("metric")
        overall = assessment.overall
        self.orgs = list(overall["org"])
        self.kinds = dict(zip(overall["org"], overall["trust_type"], strict=True))
        self.flags = dict(zip(overall["org"], overall["override"], strict=True))
        self.held = held
        drawn = {}
        for org in self.orgs:
            rows = scores[scores["org"] == org][["score", "weight"]].to_numpy()
            picks = stream(seed, org).integers(len(rows), size=(len(rows), draws), dtype=np.uint16)
            drawn[org] = [
                sum(rows[pick][0] * rows[pick][1] for pick in picks[:, draw])
                / sum(rows[pick][1] for pick in picks[:, draw])
                for draw in range(draws)
            ]
        self.averages = drawn
        self.places = {org: [] for org in self.orgs}
        for draw in range(draws):
            self.rank({org: printed(drawn[org][draw]) for org in self.orgs})

    def rank(self, averages):
        cuts = self.held or [quantile(averages.values(), share) for share in (0.25, 0.5, 0.75)]
        keys = {}
        for org, average in averages.items():
            segment = 1 + sum(average > cut + 1e-12 for cut in cuts)
            keys[org] = (max(segment, 3) if self.flags[org] else segment, average)
        for org in self.orgs:
            peers = [other for other in self.orgs if self.kinds[other] == self.kinds[org]]
            self.places[org].append(1 + sum(keys[other] < keys[org] for other in peers))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ranges_are_those_of_a_slow_loop(seed):
    assessment = assessed(seed)
    ours = likely_ranges(assessment, FRAMEWORK, draws=DRAWS, seed=seed).set_index("org")
    slow = SlowLoop(assessment, DRAWS, seed)
    for org in slow.orgs:
        row = ours.loc[org]
        assert row["average_low"] == pytest.approx(quantile(slow.averages[org], 0.025))
        assert row["average_high"] == pytest.approx(quantile(slow.averages[org], 0.975))
        assert row["rank_low"] == smallest_reaching(slow.places[org], 0.025)
        assert row["rank_high"] == smallest_reaching(slow.places[org], 0.975)
    assert ours["cuts_redrawn"].all()
    assert ours["note"].isna().all()


def test_cuts_are_held_where_the_pool_is_not_complete():
    whole = whole_quarter(4, (12, 8, 3))
    part = without_type(whole, assess(whole, FRAMEWORK), "ambulance")
    assessment = assess(part, FRAMEWORK)
    ours = likely_ranges(assessment, FRAMEWORK, draws=DRAWS).set_index("org")
    cuts = list(assessment.cuts.query("scope == 'overall'").sort_values("boundary")["cut"])
    slow = SlowLoop(assessment, DRAWS, 1, held=cuts)
    assert {org: max(places) for org, places in slow.places.items()}
    for org in slow.orgs:
        assert ours.loc[org, "rank_low"] == smallest_reaching(slow.places[org], 0.025)
        assert ours.loc[org, "rank_high"] == smallest_reaching(slow.places[org], 0.975)
    assert not ours["cuts_redrawn"].any()
    assert set(ours["note"]) == {
        "the cuts were held in every draw: the pool lacks ambulance trusts"
    }


def test_without_a_known_override_there_is_no_range_of_rank():
    assessment = assessed(5)
    first = assessment.segments["org"].min()
    unknown = assessment.segments["override"].mask(assessment.segments["org"].eq(first))
    ranges = likely_ranges(
        replace(assessment, segments=assessment.segments.assign(override=unknown)),
        FRAMEWORK,
        draws=DRAWS,
    ).set_index("org")
    assert ranges["rank_low"].isna().sum() == 1
    assert pd.isna(ranges.loc[first, "rank_high"])
    # Five acute trusts are left to rank.
    acute = ranges[ranges.index.str.startswith("RA")].drop(index=first)
    assert acute["rank_high"].max() == 5


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    assessment = assessed(6)
    first, again = (likely_ranges(assessment, FRAMEWORK, draws=DRAWS, seed=7) for _ in range(2))
    other = likely_ranges(assessment, FRAMEWORK, draws=DRAWS, seed=8)
    assert first.to_csv() == again.to_csv()
    assert not first["average_low"].equals(other["average_low"])


@PROPERTY
@given(st.integers(1, 5), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(seed, random):
    assessment = assessed(seed)
    shuffled = replace(
        assessment,
        scores=assessment.scores.sample(frac=1, random_state=random.randrange(2**31)),
        segments=assessment.segments.sample(frac=1, random_state=random.randrange(2**31)),
    )
    pd.testing.assert_frame_equal(
        likely_ranges(assessment, FRAMEWORK, draws=50),
        likely_ranges(shuffled, FRAMEWORK, draws=50),
    )


@PROPERTY
@given(
    st.lists(st.floats(1, 4), min_size=1, max_size=24),
    st.floats(1, 3),
    st.integers(0, 10**6),
)
def test_wider_spread_never_narrows_the_range(scores, factor, seed):
    values, weights = np.array(scores), np.ones(len(scores))
    wider = values.mean() + factor * (values - values.mean())

    def width(numbers):
        means = resampled_means(numbers, weights, draws=200, chance=stream(seed, "RXX"))
        return np.subtract(*np.quantile(means, [0.975, 0.025]))

    assert width(wider) >= width(values) - 1e-9


@PROPERTY
@given(st.integers(1, 5))
def test_another_trust_more_leaves_the_range_of_the_average(seed):
    assessment = assessed(seed)
    last = assessment.segments["org"].max()
    fewer = replace(assessment, segments=assessment.segments[assessment.segments["org"].ne(last)])
    ours = likely_ranges(assessment, FRAMEWORK, draws=50).set_index("org")
    theirs = likely_ranges(fewer, FRAMEWORK, draws=50).set_index("org")
    columns = ["average_low", "average_high"]
    pd.testing.assert_frame_equal(ours.drop(index=last)[columns], theirs[columns])


def test_drawn_metrics_keep_their_weights():
    # Three one-third metrics at 4 and one whole metric at 1. Only draws of all four 4s give 4:
    # chance (3/4)^4 = 81/256. The mean of the weighted draw is not the mean of the scores.
    values, weights = np.array([4.0, 4.0, 4.0, 1.0]), np.array([1 / 3, 1 / 3, 1 / 3, 1.0])
    means = resampled_means(values, weights, draws=50_000, chance=stream(1, "RXX"))
    assert np.isclose(means, 4).mean() == pytest.approx((3 / 4) ** 4, abs=0.01)
    # One 1 and three 4s: (1 + 3 * 4/3) / (1 + 3 * 1/3) = 5 / 2.
    assert np.isclose(means, 2.5).mean() == pytest.approx(4 * (1 / 4) * (3 / 4) ** 3, abs=0.01)


def league_with(ranges, **moved):
    """A league table whose published ranges are ours, some moved."""
    table = ranges.assign(average=2.0, segment=2, in_deficit=False, rank=1, **moved)
    return frames.LEAGUE.arrange(table)


def test_published_ranges_are_compared_where_loaded():
    publication = whole_quarter(8)
    ranges = likely_ranges(assess(publication, FRAMEWORK), FRAMEWORK, draws=DRAWS)
    rounded = ranges.round({"average_low": 2, "average_high": 2})
    same = replace(publication, league=league_with(rounded))
    checks, differences = check_ranges(ranges, same, FRAMEWORK)
    assert list(checks["subject"].unique()) == ["overall"]
    assert checks["passes"].all()
    assert len(checks) == 4
    assert differences.empty
    moved = (rounded["average_low"] - 0.2).clip(lower=1)
    far = replace(publication, league=league_with(rounded, average_low=moved))
    checks, differences = check_ranges(ranges, far, FRAMEWORK)
    assert checks.set_index("check")["passes"].to_dict() == {
        "likely range: average high": True,
        "likely range: average low": False,
        "likely range: rank high": True,
        "likely range: rank low": True,
    }
    assert differences["cause"].str.startswith("chance").all()


def test_a_range_that_is_only_published_or_only_ours_is_not_compared():
    publication = whole_quarter(8)
    ranges = likely_ranges(assess(publication, FRAMEWORK), FRAMEWORK, draws=DRAWS)
    league = league_with(ranges.round({"average_low": 2, "average_high": 2}))
    some = replace(
        publication, league=league.assign(rank_low=league["rank_low"].mask(league.index < 3))
    )
    ours = ranges.assign(rank_low=ranges["rank_low"].mask(ranges.index == 5))
    checks, _ = check_ranges(ours, some, FRAMEWORK)
    compared = checks.set_index("check")["compared"]
    assert compared["likely range: rank low"] == len(ranges) - 4
    assert compared["likely range: rank high"] == len(ranges)


def test_without_published_ranges_nothing_is_compared():
    publication = whole_quarter(8)
    ranges = likely_ranges(assess(publication, FRAMEWORK), FRAMEWORK, draws=DRAWS)
    checks, differences = check_ranges(ranges, publication, FRAMEWORK)
    assert checks.empty
    assert differences.empty
