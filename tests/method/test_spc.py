"""Control charts on series made by hand, one for each rule and edge."""

import numpy as np
import pandas as pd
import pytest

from oversight_lib.errors import RulesError, StoreError
from oversight_lib.frames import CONTROL_POINTS, CONTROL_VERDICTS, SERIES
from oversight_lib.method.spc import (
    Assurance,
    ChartDesign,
    Rebase,
    SpecialCause,
    Status,
    Variation,
    Verb,
    control_chart,
    control_points,
    control_verdicts,
)

# Twelve points, mean 0, every moving range 2: limits 0 ± 2.66 × 2 = ±5.32, two sigma ±3.5467.
CALM = [1, -1] * 6
LETTERS = {
    SpecialCause.BEYOND: "B",
    SpecialCause.TREND: "T",
    SpecialCause.TWO_OF_THREE: "D",
    SpecialCause.SHIFT: "S",
    SpecialCause.COMMON_CAUSE: ".",
    SpecialCause.NOT_ASSESSED: "-",
}


def monthly(values):
    index = pd.period_range("2023-04", periods=len(values), freq="M")
    return pd.Series(values, index=index, dtype="float64")


def chart_of(values, better="higher", **options):
    return control_chart(monthly(values), better=better, **options)


def after_calm(tail, better="higher", **options):
    """Return the chart of a tail after twelve calm points that alone set the limits."""
    return chart_of([*CALM, *tail], better, baseline=12, **options)


def marks(chart):
    """Return a letter a point: the label's, in lower case on the low side or falling."""
    labels = zip(chart.points["label"], chart.points["direction"], strict=True)
    return "".join(
        LETTERS[SpecialCause(label)].lower() if direction == "low" else LETTERS[SpecialCause(label)]
        for label, direction in labels
    )


def tail_marks(tail, **options):
    return marks(after_calm(tail, **options))[len(CALM) :]


# --- limits ---------------------------------------------------------------------------------------

# n = 18: ten at place 5, ones at 9 other places and twos at 8; sum 9 + 16 + 10 = 35, mean 35/18.
# Moving ranges: 15 of 1, then 8 and 9 about the ten; sum 32 over 17.
SPIKE = [1, 2, 1, 2, 10, *([1, 2] * 6), 1]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges_either_side():
    ends = chart_of(SPIKE).points.iloc[-1]
    assert ends["mean"] == pytest.approx(35 / 18)
    assert ends["upper"] == pytest.approx(35 / 18 + 2.66 * 32 / 17)
    assert ends["lower"] == pytest.approx(35 / 18 - 2.66 * 32 / 17)
    assert [round(ends["upper"], 2), round(ends["lower"], 2)] == [6.95, -3.06]


def test_two_sigma_lines_are_two_thirds_of_the_way_to_the_limits():
    ends = chart_of(SPIKE).points.iloc[-1]
    assert ends["upper_two_sigma"] == pytest.approx(35 / 18 + 2 / 3 * 2.66 * 32 / 17)
    assert ends["lower_two_sigma"] == pytest.approx(35 / 18 - 2 / 3 * 2.66 * 32 / 17)


def test_screening_drops_ranges_of_3_267_means_once_and_leaves_the_mean():
    # 3.267 × 32/17 = 6.15: the 8 and the 9 go, fifteen ranges of 1 stay.
    chart = chart_of(SPIKE, screen=True)
    ends = chart.points.iloc[-1]
    assert ends["upper"] == pytest.approx(35 / 18 + 2.66)
    assert [round(ends[name], 2) for name in ("upper", "mean", "lower")] == [4.60, 1.94, -0.72]
    assert any("left out of the limits" in note for note in chart.notes)


def test_a_point_on_a_limit_is_within_it():
    assert tail_marks([5.32, -5.32]) == ".."
    assert tail_marks([5.33, -5.33]) == "Bb"


def test_a_fixed_baseline_sets_the_limits_of_the_whole_phase():
    ends = after_calm([4, 4, 4, 4]).points.iloc[-1]
    assert (ends["mean"], ends["upper"]) == (0, pytest.approx(2.66 * 2))


def test_a_baseline_below_twelve_is_refused():
    with pytest.raises(RulesError, match="baseline: 11 points; expected 12 points or more"):
        chart_of(CALM, baseline=11)


def test_limits_are_drawn_within_the_bounds():
    # Mean 99.5 and every range 1: upper limit 99.5 + 2.66 = 102.16.
    chart = chart_of([99, 100] * 7, bounds=(0, 100))
    ends = chart.points.iloc[-1]
    assert (ends["drawn_upper"], ends["upper"]) == (100, pytest.approx(99.5 + 2.66))
    assert ends["drawn_lower"] == ends["lower"] == pytest.approx(99.5 - 2.66)


def test_assurance_uses_the_limit_as_it_is_not_as_it_is_drawn():
    # Lower limit 0.5 - 2.66 = -2.16, drawn at 0; a target of -1 lies within the limits.
    chart = chart_of([0, 1] * 7, bounds=(0, None), target=-1)
    assert chart.points["drawn_lower"].iloc[-1] == 0
    assert chart.assurance is Assurance.HIT_AND_MISS


# --- the four rules -------------------------------------------------------------------------------


def test_seven_points_on_one_side_are_a_shift_and_six_are_none():
    # The calm points end on -1, so the run starts with the tail.
    assert tail_marks([1] * 6) == "......"
    assert tail_marks([1] * 7) == "SSSSSSS"
    assert tail_marks([1] * 9) == "SSSSSSSSS"
    assert tail_marks([1, *[-1] * 7]) == ".sssssss"


def test_a_point_on_the_mean_breaks_a_shift():
    assert tail_marks([1, 1, 1, 0, 1, 1, 1, 1]) == "........"


def test_seven_points_rising_are_a_trend_and_six_are_none():
    # -1 is the last calm point: with it six tail points make seven.
    assert tail_marks([-0.8, -0.6, -0.4, 0.2, 0.4]) == "....."
    chart = after_calm([-0.8, -0.6, -0.4, 0.2, 0.4, 0.6])
    assert marks(chart) == "..........." + "TTTTTTT"
    assert tail_marks([3, 2, 1, 0.5, -0.5, -1, -2]) == "ttttttt"


def test_a_tie_breaks_a_trend():
    assert tail_marks([-0.8, -0.6, -0.4, -0.4, 0.2, 0.4, 0.6]) == "......."


def test_a_turning_point_shared_by_two_trends_takes_the_slope_to_its_right():
    rising, falling = [-0.5, 0.5, 1, 1.5, 2, 2.5], [2, 1.5, 1, 0.5, -0.5, -1.5]
    assert tail_marks([*rising, *falling]) == "TTTTT" + "t" + "tttttt"


def test_two_of_three_beyond_two_sigma_on_one_side_marks_those_two():
    # Two sigma 3.5467; the third point of the three need only lie on the same side of the mean.
    assert tail_marks([4, 4, 1]) == "DD."
    assert tail_marks([4, 1, 4]) == "D.D"
    assert tail_marks([1, 4, 4]) == ".DD"
    assert tail_marks([1, -4, -1, -4]) == ".d.d"


def test_two_of_three_needs_all_three_on_one_side():
    assert tail_marks([4, -1, 4]) == "..."
    assert tail_marks([4, 0, 4]) == "..."
    assert tail_marks([4, -4, 4]) == "..."
    # Two, however far, are not yet three: -1 stands before them and nothing after.
    assert tail_marks([4, 4]) == ".."


def test_a_point_on_two_sigma_is_not_beyond_it():
    assert tail_marks([2 / 3 * 5.32, 4, 1]) == "..."


def test_the_two_variants_differ_on_points_beyond_a_limit():
    assert tail_marks([6, 4, 1], two_sigma="mdc2023") == "BD."
    assert tail_marks([6, 4, 1], two_sigma="ptd") == "B.."
    assert tail_marks([4, 4, 1], two_sigma="ptd") == "DD."


def test_a_limit_takes_precedence_over_a_trend():
    assert tail_marks([0, 1, 2, 3, 4, 6]) == "TTTTT" + "B"


def test_a_trend_takes_precedence_over_two_of_three():
    chart = after_calm([0, 1, 2, 3, 4, 5])
    assert list(chart.points["two_of_three"].iloc[-2:]) == [1, 1]
    assert marks(chart)[-6:] == "TTTTTT"


def test_two_of_three_takes_precedence_over_a_shift():
    assert tail_marks([1, 1, 1, 1, 4, 1, 4]) == "SSSSDSD"


# --- gaps, phases, too few points -----------------------------------------------------------------


def test_a_missing_month_breaks_runs_and_trends():
    assert tail_marks([1, 1, 1, 1, np.nan, 1, 1, 1]) == "....-..."
    assert tail_marks([-0.8, -0.6, -0.4, np.nan, 0.2, 0.4, 0.6]) == "...-..."
    assert tail_marks([4, np.nan, 4, 1]) == ".-.."


def test_no_moving_range_crosses_a_gap():
    # Ranges 1 within each half; the step of 9 across the gap is not one: R̄ = 1.
    values = [1, 2, 1, 2, 1, 2, 1, np.nan, 10, 11, 10, 11, 10, 11, 10]
    ends = chart_of(values).points.iloc[-1]
    assert ends["upper"] - ends["mean"] == pytest.approx(2.66 * 1)


def test_a_month_left_out_is_a_month_missing():
    whole = monthly([*CALM, 3, np.nan, 5, 2])
    one = control_chart(whole, better="higher")
    other = control_chart(whole.dropna(), better="higher")
    pd.testing.assert_frame_equal(one.points, other.points)
    assert "1 period has no value; runs and trends end there" in other.notes


def test_a_missing_latest_month_leaves_the_verdict_with_the_latest_value_and_says_so():
    chart = after_calm([6, np.nan])
    assert chart.variation is Variation.IMPROVEMENT_HIGH
    assert "latest value is for 2024-04, not 2024-05" in chart.notes


def test_thirteen_points_make_a_chart_and_twelve_trial_limits():
    assert chart_of([*CALM, 1]).status is Status.CHART
    trial = chart_of([*CALM[:-1], 30])
    assert trial.status is Status.TRIAL_LIMITS
    assert trial.points["upper"].notna().all()
    assert trial.points["label"].iloc[-1] == SpecialCause.BEYOND
    assert (trial.variation, trial.verb_licence.verb) == (Variation.NO_ICON, Verb.NONE)
    assert chart_of(CALM, target=99).assurance is Assurance.NO_ICON
    assert "trial limits: 12 recorded points in the latest phase; icons need 13" in trial.notes


def test_missing_values_do_not_count_towards_thirteen():
    assert chart_of([*CALM, np.nan, np.nan]).status is Status.TRIAL_LIMITS


def test_below_five_points_there_is_a_table_and_no_limit():
    assert chart_of(CALM[:5]).status is Status.TRIAL_LIMITS
    table = chart_of(CALM[:4])
    assert table.status is Status.TABLE_ONLY
    assert table.points[["mean", "lower", "upper"]].isna().all(axis=None)
    assert marks(table) == "----"
    assert table.autocorrelation is None


def test_values_in_no_two_consecutive_months_have_no_limits():
    chart = chart_of([1, np.nan] * 14)
    assert chart.status is Status.TABLE_ONLY
    assert "no two consecutive periods have values; limits need them" in chart.notes


def test_a_series_all_missing_is_a_table():
    assert chart_of([np.nan] * 14).status is Status.TABLE_ONLY


REBASE = Rebase("2024-04", "same-day unit opened", "Head of performance")


def test_a_rebase_restarts_limits_rules_and_counts():
    after = [11, 9] * 7
    chart = chart_of([*CALM, *after], rebases=[REBASE])
    first, last = chart.points.iloc[11], chart.points.iloc[12]
    assert (first["phase"], first["mean"], first["upper"]) == (1, 0, pytest.approx(5.32))
    assert (last["phase"], last["mean"], last["upper"]) == (2, 10, pytest.approx(10 + 5.32))
    assert marks(chart) == "." * 26
    assert marks(chart_of([*CALM, *after])) != "." * 26


def test_no_run_crosses_a_rebase():
    # Four above the mean end the first phase and three begin the second: seven, but not of one.
    values = [*[-1, 1] * 2, *[-1] * 4, *[1] * 4, *[11] * 3, *[9, 11] * 5]
    assert "S" not in marks(chart_of(values, rebases=[REBASE]))


def test_no_trend_crosses_a_rebase():
    rising = [-0.8, -0.6, -0.4]
    values = [*CALM[:-3], *rising, -0.2, 0, 0.2, 0.4, *CALM, 1]
    assert "TTTTTTT" in marks(chart_of(values))
    assert "T" not in marks(chart_of(values, rebases=[REBASE]))


def test_no_two_of_three_crosses_a_rebase():
    # The first phase ends on 4, the second opens 4, 1: two far of three, but not of one phase.
    at = Rebase("2024-05", "moved", "A Person")
    values = [*CALM, 4, 4, 1, *CALM]
    fixed = {"rebases": [at], "baseline": 12}
    assert marks(after_calm([4, 4, 1, *CALM]))[12:15] == "DD."
    chart = chart_of(values, **fixed)
    first, last = chart.points.iloc[12], chart.points.iloc[13]
    assert first["value"] > first["upper_two_sigma"]
    assert last["value"] > last["upper_two_sigma"]
    assert "D" not in marks(chart)


def test_the_rebase_is_told_with_reason_author_and_whether_a_shift_bears_it_out():
    shifted = chart_of([*CALM, *[11, 9] * 7], rebases=[REBASE])
    told = "limits restart at 2024-04: same-day unit opened (Head of performance)"
    unshifted = "no 7 points from 2024-04 lie on one side of the mean before"
    assert told in shifted.notes
    assert unshifted not in shifted.notes
    assert unshifted in chart_of([*CALM, *CALM, 1], rebases=[REBASE]).notes


def test_a_series_of_one_period_cannot_be_rebased():
    with pytest.raises(RulesError, match="expected a series of two periods or more"):
        chart_of([1], rebases=[REBASE])


def test_a_rebase_that_leaves_few_points_is_a_trial_again():
    assert chart_of([*CALM, *CALM], rebases=[REBASE]).status is Status.TRIAL_LIMITS


@pytest.mark.parametrize("blank", [{"reason": " "}, {"author": ""}])
def test_a_rebase_without_reason_or_author_is_refused(blank):
    given = {"period": "2024-04", "reason": "moved", "author": "A Person"} | blank
    with pytest.raises(RulesError, match=f"no {next(iter(blank))}"):
        chart_of([*CALM, *CALM], rebases=[Rebase(**given)])


@pytest.mark.parametrize("period", ["2023-04", "2026-04", "April 2024"])
def test_a_rebase_at_no_later_period_of_the_series_is_refused(period):
    with pytest.raises(RulesError, match="expected a period from 2023-05 to 2025-03"):
        chart_of([*CALM, *CALM], rebases=[Rebase(period, "moved", "A Person")])


# --- no variation ---------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0, 5, 0.1, 1 / 3])
def test_a_constant_series_has_its_limits_on_the_mean_and_no_verdict(level):
    chart = chart_of([level] * 20, target=level / 2)
    ends = chart.points.iloc[-1]
    assert ends["lower"] == ends["mean"] == ends["upper"] == pytest.approx(level)
    assert marks(chart) == "-" * 20
    assert (chart.variation, chart.assurance) == (Variation.NO_ICON, Assurance.NO_ICON)
    assert chart.verb_licence.reason == "no variation recorded"
    assert "no variation recorded; ask whether the data are right" in chart.notes


def test_a_series_constant_but_for_the_last_binary_digit_is_constant():
    assert chart_of([0.1 + 0.2, 0.3] * 10).verb_licence.reason == "no variation recorded"


def test_a_constant_series_screened_is_still_a_chart():
    assert chart_of([5] * 20, screen=True).status is Status.CHART


def test_a_baseline_without_variation_can_call_nothing_special():
    # Limits of no width would mark whatever differs at all.
    chart = chart_of([*[5] * 12, 6, 7, 8, 9, 10, 11], baseline=12)
    assert marks(chart) == "-" * 18
    assert chart.verb_licence.verb is Verb.NONE


def test_a_value_on_a_mean_that_binary_fractions_miss_is_on_it():
    # The mean of these is 0.2 on paper and not in binary; the last point would join a shift.
    values = [0.1, 0.3] * 5 + [0.2] * 10
    assert float(np.mean(values)) != 0.2
    assert marks(chart_of(values)) == "." * 20


# --- icons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "latest", "icon", "judgement"),
    [
        ("higher", 6, Variation.IMPROVEMENT_HIGH, "improvement"),
        ("higher", -6, Variation.CONCERN_LOW, "concern"),
        ("lower", 6, Variation.CONCERN_HIGH, "concern"),
        ("lower", -6, Variation.IMPROVEMENT_LOW, "improvement"),
        ("none", 6, Variation.NEUTRAL_HIGH, "neutral"),
        ("none", -6, Variation.NEUTRAL_LOW, "neutral"),
    ],
)
def test_the_variation_icon_is_the_latest_label_by_polarity(better, latest, icon, judgement):
    chart = after_calm([latest], better)
    assert chart.variation is icon
    assert chart.points["judgement"].iloc[-1] == judgement


def test_a_signal_that_is_past_gives_no_icon():
    chart = after_calm([6, -1])
    assert chart.variation is Variation.COMMON_CAUSE
    assert pd.isna(chart.points["judgement"].iloc[-1])


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        ("higher", 5.33, Assurance.CONSISTENTLY_FAILS),
        ("higher", -5.33, Assurance.CONSISTENTLY_PASSES),
        ("lower", 5.33, Assurance.CONSISTENTLY_PASSES),
        ("lower", -5.33, Assurance.CONSISTENTLY_FAILS),
        ("higher", 5.32, Assurance.HIT_AND_MISS),
        ("lower", 0, Assurance.HIT_AND_MISS),
        ("none", 5.33, Assurance.NO_ICON),
        ("higher", None, Assurance.NO_ICON),
    ],
)
def test_assurance_is_the_target_against_the_limits_by_polarity(better, target, assurance):
    assert after_calm([1], better, target=target).assurance is assurance


def test_assurance_is_about_the_latest_phase():
    values = [*CALM, *[11, 9] * 7]
    # Phase 1 is 0 ± 5.32 and fails 6; phase 2 is 10 ± 5.32, lower limit 4.68, and hits and misses.
    assert chart_of(values, target=6, rebases=[REBASE]).assurance is Assurance.HIT_AND_MISS
    assert chart_of(values, target=4, rebases=[REBASE]).assurance is Assurance.CONSISTENTLY_PASSES


def test_a_moving_target_has_no_assurance_unless_it_stands_still_in_the_latest_phase():
    values = [*CALM, *[11, 9] * 7]
    rising = monthly(np.arange(26))
    stepped = monthly([0] * 12 + [4] * 14)
    assert chart_of(values, target=rising).assurance is Assurance.NO_ICON
    settled = chart_of(values, target=stepped, rebases=[REBASE])
    assert settled.assurance is Assurance.CONSISTENTLY_PASSES
    assert list(settled.points["target"]) == list(stepped)


def test_a_target_with_a_hole_is_refused():
    with pytest.raises(RulesError, match="a target for every period"):
        chart_of([*CALM, 1], target=monthly(CALM))


# --- verbs ----------------------------------------------------------------------------------------


def test_a_signal_at_the_latest_point_licenses_a_verb_and_names_the_rule():
    licence = after_calm([6]).verb_licence
    assert licence.verb is Verb.IMPROVED
    assert licence.reason == "beyond a process limit at the latest point"
    assert not licence.sustained
    assert after_calm([6], "lower").verb_licence.verb is Verb.DETERIORATED


def test_a_shift_licenses_sustained():
    licence = after_calm([1, 2, 1, 2, 1, 2, 1]).verb_licence
    assert (licence.verb, licence.sustained) == (Verb.IMPROVED, True)


def test_common_cause_and_neutral_polarity_license_nothing():
    assert after_calm([1]).verb_licence.reason == "within its usual variation"
    assert after_calm([6], "none").verb_licence.reason == "neither direction is better"


def test_rules_that_disagree_license_nothing_and_the_notes_give_both_facts():
    # Falling for seven points, all of them above the mean: a trend down within a shift up.
    chart = after_calm([3.5, 3, 2.5, 2, 1.5, 1, 0.5])
    assert marks(chart)[-7:] == "ttttttt"
    assert chart.variation is Variation.CONCERN_LOW
    assert chart.verb_licence.verb is Verb.NONE
    assert "opposite directions" in chart.verb_licence.reason
    assert "the latest point is in a falling trend and lies above the mean" in chart.notes


def test_a_disagreement_is_not_put_to_the_vote():
    # Above the upper limit, on the high side for seven points, and falling all the while.
    chart = after_calm([30, 25, 20, 15, 10, 9, 8])
    signals = chart.points[["beyond", "trend", "two_of_three", "shift"]].iloc[-1]
    assert list(signals) == [1, -1, 1, 1]
    assert chart.verb_licence.verb is Verb.NONE


# Months move in threes, 1 1 1 -1 -1 -1, so each carries over to the next. With n = 24 the first
# 24 - 6 = 18 have mean 0 and squares summing to 18; of 17 products 12 are +1 and 5 are -1, so
# r = 7/18, corrected r + (1 + 4r)/18 = 0.3889 + 0.1420 = 0.5309.
CARRYING = [1, 1, 1, -1, -1, -1] * 3
CARRIED = 7 / 18 + (1 + 4 * 7 / 18) / 18


def test_the_autocorrelation_is_that_before_the_latest_six_points_corrected_for_bias():
    chart = chart_of([*CARRYING, 9, 9, 9, 9, 9, 9])
    assert chart.autocorrelation == pytest.approx(CARRIED)
    assert "carries over from month to month (lag-1 autocorrelation 0.53)" in chart.notes


def test_the_autocorrelation_is_held_between_0_and_0_9():
    assert chart_of([*CALM, *CALM]).autocorrelation == 0
    assert chart_of(np.arange(60)).autocorrelation == pytest.approx(0.9)


def test_the_autocorrelation_never_rests_on_fewer_than_the_first_twelve_points():
    # n = 13: thirteen less six would be seven. CARRYING's first 12: 8 of 11 products are +1, 3 -1.
    r = 5 / 12
    chart = chart_of([*CARRYING[:12], 1])
    assert chart.autocorrelation == pytest.approx(r + (1 + 4 * r) / 12)


def test_values_that_do_not_vary_have_no_autocorrelation():
    level = [0.1 + 0.2, 0.3] * 9  # one number on paper
    assert chart_of([*level, 1, 2, 1, 2, 1, 2]).autocorrelation is None


def test_a_gap_leaves_its_two_pairs_out_of_the_autocorrelation():
    # A gap after the first six of the eighteen loses the pair across it (-1 then 1): of 16 pairs
    # 12 are +1 and 4 are -1; scaled to 17 pairs, r = (8/18) × 17/16.
    values = [*CARRYING[:6], np.nan, *CARRYING[6:], 1, 1, 1, -1, -1, -1]
    r = 8 / 18 * 17 / 16
    assert chart_of(values).autocorrelation == pytest.approx(r + (1 + 4 * r) / 18)


def test_the_gate_lets_a_run_license_nothing_but_keeps_the_icon():
    # Limits from the first 18: ranges 5 × 2 over 17, so 2.66 × 10/17 = 1.565 either side of 0.
    chart = chart_of([*CARRYING, *[0.5] * 7], baseline=18)
    assert marks(chart)[-7:] == "SSSSSSS"
    assert chart.variation is Variation.IMPROVEMENT_HIGH
    assert chart.verb_licence.verb is Verb.NONE
    assert "runs are expected" in chart.verb_licence.reason


def test_the_gate_opens_beyond_limits_widened_for_the_carryover():
    widened = 2.66 * 10 / 17 / np.sqrt(1 - CARRIED)
    for latest, verb in ((widened - 0.01, Verb.NONE), (widened + 0.01, Verb.IMPROVED)):
        chart = chart_of([*CARRYING, 1, 1, 1, -1, -1, latest], baseline=18)
        assert chart.points["label"].iloc[-1] == SpecialCause.BEYOND
        assert chart.verb_licence.verb is verb
    assert "widened for carry-over" in chart.verb_licence.reason
    assert not chart.verb_licence.sustained


def test_a_stock_passes_the_gate_only_beyond_the_limits_whatever_is_measured():
    run = [1, 2, 1, 2, 1, 2, 1]
    assert after_calm(run).verb_licence.verb is Verb.IMPROVED
    assert after_calm(run, stock=True).verb_licence.verb is Verb.NONE
    assert after_calm([6], stock=True).verb_licence.verb is Verb.IMPROVED


def test_a_recent_step_does_not_gate_itself():
    chart = chart_of([*CALM, *CALM, *CALM, 9, 9, 9, 9, 9, 9])
    assert chart.autocorrelation == 0
    assert chart.verb_licence.verb is Verb.IMPROVED


# --- what other programs get wrong ----------------------------------------------------------------


def test_a_missing_value_stops_nothing():
    assert chart_of([*CALM, np.nan, 1]).status is Status.CHART


def test_a_series_of_two_points_has_no_icon_and_no_limits():
    chart = chart_of([1, 2], target=0)
    assert chart.status is Status.TABLE_ONLY
    assert (chart.variation, chart.assurance) == (Variation.NO_ICON, Assurance.NO_ICON)


def test_a_first_point_on_the_mean_is_no_signal():
    # Padding a run with zeros would make a first point of 0 from the mean part of "seven alike".
    assert marks(chart_of([0, *CALM, 0])) == "." * 14


def test_shifts_and_trends_are_of_seven_not_of_eight_or_six():
    assert tail_marks([1] * 7) == "SSSSSSS"
    assert tail_marks([2, 1, 0.5, -0.5, -1, -2]) == "......"
    assert tail_marks([2, 1, 0.5, 0.2, -0.5, -1, -2]) == "ttttttt"


# --- what is no series ----------------------------------------------------------------------------


def test_dates_are_refused_because_a_gap_in_them_cannot_be_seen():
    dated = pd.Series(range(14), index=pd.date_range("2023-04-01", periods=14, freq="MS"))
    with pytest.raises(StoreError, match=r"series\.to_period"):
        control_chart(dated, better="higher")


@pytest.mark.parametrize(
    ("index", "values", "message"),
    [
        ([1, 2, 2], [1.0, 2.0, 3.0], "2 twice"),
        ([1, 3, 2], [1.0, 2.0, 3.0], "periods out of order"),
        ([1, 2, 3], [1.0, "*", 3.0], r"not one series\b.*\n.*'\*' at 2; expected a number\b"),
        ([1, 2, 3], [1.0, np.inf, 3.0], r"inf at 2; expected a number\b"),
        ([], [], "no periods"),
        (pd.PeriodIndex(["2025-04", None], freq="M"), [1.0, 2.0], "a value without a period"),
    ],
)
def test_what_is_no_series_is_refused_with_the_place(index, values, message):
    with pytest.raises(StoreError, match=message):
        control_chart(pd.Series(values, index=index), better="higher")


def test_any_index_in_order_will_do():
    named = pd.Series([*CALM, 6], index=[f"week {week:02d}" for week in range(13)])
    chart = control_chart(named, better="higher", rebases=[Rebase("week 06", "moved", "A Person")])
    assert list(chart.points["phase"]) == [1] * 6 + [2] * 7


def test_everything_wrong_with_a_design_is_told_at_once():
    with pytest.raises(RulesError) as refused:
        chart_of(CALM, "up", two_sigma="r", baseline=3, bounds=(100, 0))
    assert len(refused.value.problems) == 4


def test_a_value_outside_its_bounds_is_refused():
    with pytest.raises(RulesError, match=r"101\.0 at 2024-04; expected a value within 0 to 100"):
        chart_of([*[99, 98] * 6, 101], bounds=(0, 100))


def test_the_series_given_is_left_as_it_was():
    values = monthly([*CALM, 6])
    before = values.copy()
    control_chart(values, better="higher", target=monthly([1] * 13))
    pd.testing.assert_series_equal(values, before)


# --- many areas -----------------------------------------------------------------------------------


def series_of(**areas):
    """Return a SERIES frame of areas over months from 2023-04."""
    frames = [
        monthly(values).rename_axis("period").rename("value").reset_index().assign(area=area)
        for area, values in areas.items()
    ]
    series = pd.concat(frames).reindex(columns=SERIES.names)
    told = {"measure": "a", "area_kind": "icb", "unit": "percent", "source": "a.csv"}
    return SERIES.arrange(series.assign(period=series["period"].astype("str"), **told))


def test_each_area_has_the_chart_it_would_have_alone():
    series = series_of(RB1=[*CALM, 6], RA1=[*CALM, -6, 2])
    design = ChartDesign("higher", baseline=12, target=1)
    points, verdicts = control_points(series, design), control_verdicts(series, design)
    CONTROL_POINTS.check(points)
    CONTROL_VERDICTS.check(verdicts)
    assert list(verdicts["area"]) == ["RA1", "RB1"]
    alone = after_calm([6], target=1)
    of_area = points[points["area"] == "RB1"]
    for name in ("value", "upper", "drawn_lower", "phase"):
        assert list(of_area[name]) == list(alone.points[name])
    assert list(of_area["label"]) == list(alone.points["label"])
    row = verdicts.set_index("area").loc["RB1"]
    assert (row["variation"], row["assurance"]) == (alone.variation, alone.assurance)
    assert (row["verb"], row["verb_reason"]) == ("improved", alone.verb_licence.reason)


def test_a_month_left_out_of_the_frame_is_a_row_without_a_value():
    series = series_of(RA1=[*CALM, 6, 2]).query("period != '2023-08'")
    points = control_points(series, ChartDesign("higher"))
    assert len(points) == 14
    gap = points.set_index("period").loc["2023-08"]
    assert pd.isna(gap["value"])
    assert gap["label"] == SpecialCause.NOT_ASSESSED


def test_years_are_periods_too():
    series = series_of(RA1=[*CALM, 6])
    years = series.assign(period=[str(2010 + place) for place in range(13)])
    points = control_points(years, ChartDesign("higher"))
    assert list(points["period"].iloc[[0, -1]]) == ["2010", "2022"]


def test_a_rebase_may_be_of_one_area_or_of_every_area_that_spans_it():
    series = pd.concat([series_of(RA1=[*CALM, *CALM], RB1=[*CALM, *CALM]), series_of(RC1=CALM)])
    own = ChartDesign("higher", rebases=[Rebase("2024-04", "moved", "A Person", area="RB1")])
    all_areas = ChartDesign("higher", rebases=[Rebase("2024-04", "recounted", "A Person")])
    phases = [
        control_points(series, design).groupby("area")["phase"].max().to_dict()
        for design in (own, all_areas)
    ]
    assert phases == [{"RA1": 1, "RB1": 2, "RC1": 1}, {"RA1": 2, "RB1": 2, "RC1": 1}]


@pytest.mark.parametrize(
    ("rebase", "message"),
    [
        (Rebase("2024-04", "moved", "A Person", area="RX9"), "no such area as RX9"),
        (Rebase("2030-04", "moved", "A Person"), "no area spans it"),
        (Rebase("2030-04", "moved", "A Person", area="RA1"), "RA1: rebase at 2030-04"),
    ],
)
def test_a_rebase_that_starts_nothing_anywhere_is_refused(rebase, message):
    with pytest.raises(RulesError, match=message):
        control_points(series_of(RA1=[*CALM, *CALM]), ChartDesign("higher", rebases=[rebase]))


def test_periods_in_other_words_are_refused():
    series = series_of(RA1=CALM)
    words = series.assign(period=series["period"].mask(series.index == 0, "Apr-23"))
    with pytest.raises(StoreError, match="'Apr-23'; expected all as 2025-04, or 2025"):
        control_points(words, ChartDesign("higher"))


def test_the_areas_with_faults_are_named_together():
    series = series_of(RA1=[*CALM[:-1], np.inf], RB1=[*CALM[:-1], np.inf])
    with pytest.raises(StoreError) as refused:
        control_verdicts(series, ChartDesign("higher"))
    assert [problem.where for problem in refused.value.problems] == ["RA1", "RB1"]


def test_no_areas_give_no_rows():
    assert control_points(SERIES.empty(), ChartDesign("higher")).empty
    assert control_verdicts(SERIES.empty(), ChartDesign("higher")).empty
