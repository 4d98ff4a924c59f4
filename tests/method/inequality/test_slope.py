"""The slope and relative indices: worked example, slow oracle, simulation, peers' defects."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.inequality import Measure, of_counts, read, slope_index
from tests.method.inequality.worked import (
    ADVERSE,
    CHOLESTEROL,
    COUNTS,
    ENGLAND,
    PERCENT,
    WHO_PEOPLE,
    WHO_VALUES,
    breakdown,
    cells,
    cholesterol,
    one,
)

Z = 1.959963984540054

groups_of_five = st.tuples(
    st.lists(st.floats(20, 80), min_size=5, max_size=5),
    st.lists(st.integers(50, 5000), min_size=5, max_size=5),
    st.lists(st.floats(0.1, 3), min_size=5, max_size=5),
)
always_the_same = settings(derandomize=True, deadline=None, max_examples=15)


def by_hand(value, people, error, national=None):
    """Return slope, its standard error, and both ends, by the normal equations in plain loops."""
    total, rank, below = sum(people), [], 0
    ranked = people if national is None else national
    for n in ranked:
        rank.append((below + n / 2) / sum(ranked))
        below += n
    middle = sum(n * x for n, x in zip(people, rank, strict=True)) / total
    spread = sum(n * (x - middle) ** 2 for n, x in zip(people, rank, strict=True))
    slope = variance = mean = 0.0
    for n, x, y, s in zip(people, rank, value, error, strict=True):
        slope += n * (x - middle) * y / spread
        variance += (n * (x - middle) * s / spread) ** 2
        mean += n * y / total
    start = mean - slope * middle
    return slope, math.sqrt(variance), start, start + slope


# -- the manual ------------------------------------------------------------------------------


def test_national_ranks_give_the_published_slope_of_humber_and_north_yorkshire():
    # NHS England North East and Yorkshire, Inequalities Methodologies, "new" SII.
    table = slope_index(cholesterol(), PERCENT, national=ENGLAND)
    sii, rii = one(table, "sii"), one(table, "rii")
    assert sii["value"] == pytest.approx(-10.9823, abs=5e-5)
    assert (sii["low"], sii["high"]) == pytest.approx((-12.133, -9.832), abs=1e-3)
    assert sii["most_deprived_end"] == pytest.approx(64.628, abs=5e-4)
    assert sii["least_deprived_end"] == pytest.approx(53.645, abs=5e-4)
    assert rii["value"] == pytest.approx(53.645 / 64.628, abs=5e-5)
    assert rii["value"] == pytest.approx(0.830, abs=5e-4)
    assert "national ranks" in sii["method"]


def test_local_ranks_give_another_slope_and_say_so():
    sii = one(slope_index(cholesterol(), PERCENT), "sii")
    assert sii["value"] == pytest.approx(-10.407, abs=5e-4)
    assert "local ranks" in sii["method"]


def test_the_line_is_not_straight_and_the_row_says_which_group_departs():
    sii = one(slope_index(cholesterol(), PERCENT, national=ENGLAND), "sii")
    assert sii["departing_group"] == 1
    # Its residual is 65.61 minus the line at its rank; it is several standard errors.
    rank = ENGLAND[0] / 2 / sum(ENGLAND)
    assert 65.61 - (64.628 - 10.982 * rank) == pytest.approx(2.01, abs=0.01)
    assert sii["largest_residual"] > 2
    assert sii["most_deprived_value"] == 65.61
    assert sii["ends_in_range"]


def test_a_straight_line_has_no_departing_group_and_fits_wholly():
    row = one(slope_index(breakdown([10, 20, 30, 40, 50], 100, 1), PERCENT), "sii")
    # Equal fifths stand at ranks .1, .3, .5, .7, .9: 10 every .2 is 50 from end to end.
    assert row["value"] == pytest.approx(10 / 0.2)
    assert (row["most_deprived_end"], row["least_deprived_end"]) == pytest.approx((5, 55))
    assert row["slope"] == pytest.approx(55 - 5)
    assert row["fit"] == pytest.approx(1)
    assert pd.isna(row["departing_group"])
    assert abs(row["largest_residual"]) < 1e-9


def test_equal_values_have_slope_0_ratio_1_and_no_fit():
    table = slope_index(breakdown([40] * 5, [1, 2, 3, 4, 5], 1), PERCENT)
    assert one(table, "sii")["value"] == pytest.approx(0, abs=1e-12)
    assert one(table, "rii")["value"] == pytest.approx(1)
    assert np.isnan(one(table, "sii")["fit"])


def test_equal_values_below_nought_have_no_fit_either():
    table = slope_index(breakdown([-40] * 5, [1, 2, 3, 4, 5], 1), PERCENT)
    assert one(table, "sii")["value"] == pytest.approx(0, abs=1e-12)
    assert np.isnan(one(table, "sii")["fit"])


# -- the oracle ------------------------------------------------------------------------------


@always_the_same
@given(groups_of_five, st.booleans())
def test_agrees_with_plain_loops(data, nationally):
    value, people, error = data
    national = ENGLAND if nationally else None
    row = one(slope_index(breakdown(value, people, error), PERCENT, national=national), "sii")
    slope, spread, start, end = by_hand(value, people, error, national)
    assert row["value"] == pytest.approx(slope, rel=1e-9, abs=1e-9)
    assert row["standard_error"] == pytest.approx(spread, rel=1e-9)
    assert row["high"] - row["low"] == pytest.approx(2 * Z * spread, rel=1e-9)
    assert row["most_deprived_end"] == pytest.approx(start, rel=1e-9, abs=1e-9)
    assert row["least_deprived_end"] == pytest.approx(end, rel=1e-9, abs=1e-9)


def test_standardised_residuals_are_those_of_a_simulation():
    # One standard error of a residual is its spread over repeated draws of the values.
    draws = np.random.default_rng(7).normal([20, 30, 40, 50, 60], [1, 2, 1, 2, 1], (40_000, 5))
    people = np.array([1.0, 2, 3, 2, 1])
    rank = np.cumsum(people / 9) - people / 18
    design = np.c_[np.ones(5), rank]
    hat = design @ np.linalg.solve(design.T * people @ design, design.T * people)
    spread = (draws - draws @ hat.T).std(axis=0)
    value = np.array([20, 30, 40, 50, 70.0])
    residual = (value - hat @ value) / spread
    row = one(slope_index(breakdown(value, people, [1, 2, 1, 2, 1]), PERCENT), "sii")
    assert row["largest_residual"] == pytest.approx(residual[np.abs(residual).argmax()], rel=0.01)


@pytest.mark.parametrize("national", [None, ENGLAND])
def test_closed_form_is_the_simulation_of_200_000_draws(national):
    # The peers draw; the closed form is what their drawing converges to.
    chosen, measure = cholesterol(), PERCENT
    table = slope_index(chosen, measure, national=national)
    people = chosen.population[0]
    ranked = np.array(people if national is None else national, float)
    rank = np.cumsum(ranked / ranked.sum()) - ranked / ranked.sum() / 2
    design = np.c_[np.ones(5), rank]
    solve = np.linalg.solve(design.T * people @ design, design.T * people)
    generator = np.random.default_rng(20231231)
    draws = generator.normal(chosen.value[0], chosen.standard_error[0], (200_000, 5))
    start, slope = solve @ draws.T
    for name, drawn in (("sii", slope), ("rii", (start + slope) / start)):
        row = one(table, name)
        low, high = np.quantile(drawn, [0.025, 0.975])
        half = (row["high"] - row["low"]) / 2
        assert abs(row["low"] - low) < 0.01 * half
        assert abs(row["high"] - high) < 0.01 * half


def test_fieller_takes_over_near_zero_and_covers_what_drawing_covers():
    value, error = [2.0, 2.6, 3.1, 3.4, 4.1], [0.6] * 5
    row = one(slope_index(breakdown(value, 100, error), Measure("higher", low=0)), "rii")
    design = np.c_[np.ones(5), [0.1, 0.3, 0.5, 0.7, 0.9]]
    draws = np.random.default_rng(3).normal(value, error, (200_000, 5))
    start, slope = np.linalg.lstsq(design, draws.T, rcond=None)[0]
    # Fieller's limits are where the ratio's own test is just clear: r·a - (a + b) = z errors.
    weights = np.linalg.pinv(design)
    for limit in (row["low"], row["high"]):
        contrast = limit * weights[0] - weights.sum(axis=0)
        assert abs(contrast @ value) == pytest.approx(Z * 0.6 * math.hypot(*contrast), rel=1e-9)
    assert start.mean() < 4 * start.std()
    inside = ((start + slope) / start > row["low"]) & ((start + slope) / start < row["high"])
    assert 0.93 < inside.mean() < 0.99


# -- properties ------------------------------------------------------------------------------


@always_the_same
@given(groups_of_five)
def test_reversing_the_groups_turns_the_sign_and_inverts_the_ratio(data):
    value, people, error = data
    there = slope_index(breakdown(value, people, error), PERCENT)
    back = slope_index(breakdown(value[::-1], people[::-1], error[::-1]), PERCENT)
    assert one(back, "sii")["value"] == pytest.approx(-one(there, "sii")["value"], abs=1e-9)
    assert one(back, "sii")["low"] == pytest.approx(-one(there, "sii")["high"], abs=1e-9)
    ratio, turned = one(there, "rii"), one(back, "rii")
    assert isinstance(ratio["reason"], str) == isinstance(turned["reason"], str)
    if not isinstance(ratio["reason"], str):
        assert turned["value"] == pytest.approx(1 / ratio["value"], rel=1e-9)
        assert turned["low"] == pytest.approx(1 / ratio["high"], rel=1e-9)


@always_the_same
@given(groups_of_five)
def test_polarity_turns_the_sign_and_nothing_else(data):
    value, people, error = data
    chosen = breakdown(value, people, error)
    up = slope_index(chosen, PERCENT)
    down = slope_index(chosen, Measure("lower", low=0, high=100, per=100))
    assert one(down, "sii")["value"] == pytest.approx(-one(up, "sii")["value"], abs=1e-12)
    kept = ["slope", "most_deprived_end", "least_deprived_end", "fit", "largest_residual"]
    assert one(up, "sii")[kept].equals(one(down, "sii")[kept])


@always_the_same
@given(groups_of_five, st.sampled_from([0.01, 7.0, 1000.0]))
def test_scaling_values_scales_the_slope_and_leaves_the_ratio(data, factor):
    value, people, error = data
    measure = Measure("higher")
    plain = slope_index(breakdown(value, people, error), measure)
    scaled = slope_index(
        breakdown([factor * y for y in value], people, [factor * s for s in error]), measure
    )
    for column in ("value", "low", "high"):
        assert one(scaled, "sii")[column] == pytest.approx(
            factor * one(plain, "sii")[column], abs=1e-9 * factor
        )
        assert one(scaled, "rii")[column] == pytest.approx(one(plain, "rii")[column], nan_ok=True)


@always_the_same
@given(groups_of_five, st.sampled_from([0.001, 3.0, 1e6]))
def test_the_unit_of_population_does_not_matter(data, factor):
    value, people, error = data
    plain = slope_index(breakdown(value, people, error), PERCENT)
    other = slope_index(breakdown(value, [factor * n for n in people], error), PERCENT)
    for name in ("sii", "rii"):
        for column in ("value", "low", "high"):
            assert one(other, name)[column] == pytest.approx(
                one(plain, name)[column], rel=1e-8, abs=1e-9, nan_ok=True
            )


def test_areas_do_not_touch_one_another():
    value = np.random.default_rng(5).uniform(20, 80, (40, 5))
    together = slope_index(breakdown(value, WHO_PEOPLE, 1), PERCENT)
    for i, area in enumerate(value):
        alone = slope_index(breakdown(area, WHO_PEOPLE, 1), PERCENT)
        chosen = together[together["area"] == f"A{i:02d}"]
        assert one(chosen, "sii")["value"] == pytest.approx(one(alone, "sii")["value"])


# -- transformed -----------------------------------------------------------------------------


def test_log_odds_are_weighted_by_people_not_by_people_squared():
    # WHO's healthequal weighs by population squared (a known defect); the normal equations here.
    share = np.array(WHO_VALUES) / 100
    people = np.array(WHO_PEOPLE, float)
    rank = np.cumsum(people / people.sum()) - people / people.sum() / 2

    def slope(weight):
        design = np.c_[np.ones(5), rank]
        odds = np.log(share / (1 - share))
        start, rise = np.linalg.solve(design.T * weight @ design, design.T * weight @ odds)
        return 100 * (1 / (1 + np.exp(-start - rise)) - 1 / (1 + np.exp(-start)))

    chosen = breakdown(WHO_VALUES, WHO_PEOPLE, 1)
    row = one(slope_index(chosen, PERCENT, scale="logit"), "sii")
    assert row["value"] == pytest.approx(slope(people), rel=1e-12)
    assert abs(slope(people) - slope(people**2)) > 0.1


@pytest.mark.parametrize("per", [0.001, 0.5, 1.0, 100.0])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_transformed_limits_are_in_order_whatever_the_multiplier(per, better):
    # A known defect: with 0 < multiplier < 1 their limits swap and the ratio leaves its interval.
    value, error = np.array([0.9, 1.4, 2.0, 2.4, 3.0]) * per, 0.1 * per
    table = slope_index(breakdown(value, WHO_PEOPLE, error), Measure(better, low=0), scale="log")
    for name in ("sii", "rii"):
        row = one(table, name)
        assert row["low"] < row["value"] < row["high"]


@pytest.mark.parametrize("scale", ["value", "log"])
def test_the_ends_scale_with_the_multiplier_on_every_scale(scale):
    # A known defect: the intercept is scaled only when transformed.
    measure = Measure("lower", low=0)
    plain = slope_index(breakdown([3, 2.4, 2, 1.4, 0.9], 10, 0.1), measure, scale=scale)
    scaled = slope_index(breakdown([30, 24, 20, 14, 9], 10, 1), measure, scale=scale)
    for column in ("value", "low", "high", "most_deprived_end", "least_deprived_end"):
        assert one(scaled, "sii")[column] == pytest.approx(10 * one(plain, "sii")[column])
    assert one(scaled, "rii")["high"] == pytest.approx(one(plain, "rii")["high"])


def test_the_index_of_logarithms_pivots_through_the_middle():
    # Rates doubling from fifth to fifth: log slope ln 2 / .2, so ends are 1 and 2**5 times
    # 2**-0.5, the middle rank being the third fifth, 4.
    row = one(slope_index(breakdown([1, 2, 4, 8, 16], 1, 0.1), ADVERSE, scale="log"), "rii")
    assert row["value"] == pytest.approx(1 / 2**5)
    assert row["most_deprived_end"] == pytest.approx(4 * 2**-2.5)
    assert row["least_deprived_end"] == pytest.approx(4 * 2**2.5)


def test_simulated_log_slope_agrees_with_the_pivoted_limits():
    value, error = np.array([1.0, 1.3, 1.5, 2.1, 2.6]), np.array([0.05, 0.06, 0.05, 0.09, 0.1])
    row = one(slope_index(breakdown(value, 1, error), Measure("higher", low=0), scale="log"), "rii")
    rank = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    draws = np.random.default_rng(11).normal(np.log(value), error / value, (200_000, 5))
    slope = draws @ (rank - 0.5) / ((rank - 0.5) ** 2).sum()
    low, high = np.exp(np.quantile(slope, [0.025, 0.975]))
    half = (row["high"] - row["low"]) / 2
    assert (abs(row["low"] - low), abs(row["high"] - high)) < (0.01 * half, 0.01 * half)


@pytest.mark.parametrize(("scale", "value"), [("log", 0.0), ("logit", 0.0), ("logit", 100.0)])
def test_a_value_without_a_logarithm_is_refused_not_patched(scale, value):
    chosen = breakdown([[20, 30, value, 50, 60], [20, 30, 40, 50, 60]], 10, 1)
    table = slope_index(chosen, PERCENT, scale=scale)
    refused = table[table["area"] == "A00"]
    assert refused["value"].isna().all()
    assert refused["most_deprived_end"].isna().all()
    assert refused["reason"].str.startswith("group 3 has no log").all()
    assert table.loc[table["area"] == "A01", "reason"].isna().all()


def test_log_odds_without_a_highest_value_are_a_mistake():
    with pytest.raises(ValueError, match="highest value"):
        slope_index(cholesterol(), Measure("higher"), scale="logit")


# -- refusals --------------------------------------------------------------------------------


def refused(table, words):
    assert table[["value", "low", "high", "standard_error"]].isna().all(axis=None)
    assert table["reason"].str.contains(words).all()


def test_a_missing_row_gives_no_number_but_the_group_that_is_missing():
    table = cells(WHO_VALUES, WHO_PEOPLE, 1)
    chosen = read(table[table["group"] != 2], groups=5, grouping="fifths")
    refused(slope_index(chosen, PERCENT), "group 2 is missing")


def test_a_suppressed_group_is_not_zero():
    # A known defect: suppressed counts become 0 and move the slope.
    value = [np.nan, 30, 40, 50, 60]
    refused(slope_index(breakdown(value, WHO_PEOPLE, 1), PERCENT), "group 1 is missing or suppr")


def test_fewer_than_five_groups_are_no_gradient():
    refused(slope_index(breakdown([20, 30, 40, 50], 10, 1), PERCENT), "4 groups; at least 5")


def test_more_than_a_hundred_groups_are_no_gradient():
    refused(slope_index(breakdown(np.arange(101.0), 10, 1), Measure("higher")), "at most 100")


@pytest.mark.parametrize("count", [0, 100])
def test_none_or_all_in_a_group_have_no_standard_error(count):
    table = slope_index(
        of_counts(["A"], [[count, 20, 30, 40, 50]], [[100] * 5], per=100, grouping="x"), PERCENT
    )
    refused(table, "group 1 has no standard error")


@pytest.mark.parametrize(("unknown", "stands"), [(55, True), (56, False), (np.nan, False)])
def test_more_than_a_tenth_not_stated_is_no_gradient(unknown, stands):
    # 55 of 55 + 495 people is exactly a tenth.
    table = cells(WHO_VALUES, 99, 1)
    extra = table.iloc[[0]].assign(group=None, population=unknown, value=np.nan)
    extra = extra.astype(table.dtypes.to_dict())
    chosen = read(pd.concat([table, extra], ignore_index=True), groups=5, grouping="x")
    sii = one(slope_index(chosen, PERCENT), "sii")
    assert (sii["value"] == sii["value"]) is stands
    if not stands:
        assert "no stated group" in sii["reason"]


def test_ends_outside_the_range_leave_the_slope_but_no_ratio():
    table = slope_index(breakdown([60, 75, 90, 99, 99.5], 10, 0.5), PERCENT)
    sii, rii = one(table, "sii"), one(table, "rii")
    assert sii["least_deprived_end"] > 100
    assert not sii["ends_in_range"]
    assert sii["value"] == pytest.approx(sii["least_deprived_end"] - sii["most_deprived_end"])
    assert np.isnan(rii["value"])
    assert rii["reason"] == "the line leaves the possible values"


def test_an_end_that_may_be_zero_has_no_ratio():
    rii = one(slope_index(breakdown([1, 2, 3, 4, 5], 10, 3), Measure("higher", low=0)), "rii")
    assert np.isnan(rii["high"])
    assert "cannot be told from 0" in rii["reason"]


def test_national_people_must_be_one_number_a_group():
    with pytest.raises(ValueError, match="expected 5"):
        slope_index(cholesterol(), PERCENT, national=[1, 2, 3])


def test_row_order_changes_nothing():
    # A known defect: a recycled comparison makes the exclusion of totals depend on row order.
    table = cells([WHO_VALUES, WHO_VALUES[::-1]], WHO_PEOPLE, 1)
    there = slope_index(read(table, groups=5, grouping="x"), PERCENT)
    shuffled = table.sample(frac=1, random_state=4, ignore_index=True)
    assert slope_index(read(shuffled, groups=5, grouping="x"), PERCENT).equals(there)


def test_the_measure_of_counts_is_that_of_their_percentages():
    chosen = of_counts(["E54000051"], [COUNTS], [CHOLESTEROL["population"]], per=100, grouping="x")
    counted = one(slope_index(chosen, PERCENT, national=ENGLAND), "sii")
    published = one(slope_index(cholesterol(), PERCENT, national=ENGLAND), "sii")
    # Published percentages are rounded to two decimals, counts to five.
    assert counted["value"] == pytest.approx(published["value"], abs=0.03)
    assert counted["low"] == pytest.approx(published["low"], abs=0.05)
