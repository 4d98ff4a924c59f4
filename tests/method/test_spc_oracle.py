"""A slow second implementation, in plain loops and exact fractions, agrees on random series."""

from fractions import Fraction
from itertools import pairwise

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.spc import Rebase, control_chart

THOROUGH = settings(derandomize=True, deadline=None, max_examples=80)
ALWAYS = settings(THOROUGH, max_examples=20)
LABELS = {
    "beyond a process limit": "B",
    "trend": "T",
    "two of three beyond two sigma": "D",
    "shift": "S",
}


def oracle_limits(values, *, baseline, screen):
    """Return mean and mean moving range of one phase as fractions, or None twice."""
    recorded = [place for place, value in enumerate(values) if value is not None]
    used = recorded[:baseline] if baseline else recorded
    ranges = [abs(values[i] - values[i - 1]) for i in used if i - 1 in used]
    if len(recorded) < 5 or not ranges:
        return None, None
    average = Fraction(sum(ranges), len(ranges))
    if screen and average:
        kept = [moved for moved in ranges if moved < Fraction(3267, 1000) * average]
        average = Fraction(sum(kept), len(kept))
    return Fraction(sum(values[i] for i in used), len(used)), average


def oracle_marks(values, *, two_sigma="mdc2023", baseline=None, screen=False):
    """Return one mark a point of one phase: B T D S, lower case on the low side, or "."."""
    mean, average = oracle_limits(values, baseline=baseline, screen=screen)
    if not average:
        return ["-"] * len(values)
    width = Fraction(266, 100) * average
    return [_mark(values, i, mean, width, two_sigma) for i in range(len(values))]


def _mark(values, i, mean, width, two_sigma):
    if values[i] is None:
        return "-"
    for letter, sign in (
        ("B", _beyond(values[i], mean, width)),
        ("T", _trend(values, i)),
        ("D", _two_of_three(values, i, mean, width, two_sigma)),
        ("S", _shift(values, i, mean)),
    ):
        if sign:
            return letter if sign > 0 else letter.lower()
    return "."


def _beyond(value, mean, width):
    return (value > mean + width) - (value < mean - width)


def _runs(i, length, n):
    """Every run of `length` places that holds place i, the one furthest right first."""
    return [
        range(start, start + length)
        for start in range(i, i - length, -1)
        if start >= 0 and start + length <= n
    ]


def _trend(values, i):
    for run in _runs(i, 7, len(values)):
        seven = [values[j] for j in run]
        if None in seven:
            continue
        steps = [later - earlier for earlier, later in pairwise(seven)]
        if all(step > 0 for step in steps):
            return 1
        if all(step < 0 for step in steps):
            return -1
    return 0


def _shift(values, i, mean):
    for run in _runs(i, 7, len(values)):
        seven = [values[j] for j in run]
        if None not in seven and all(value > mean for value in seven):
            return 1
        if None not in seven and all(value < mean for value in seven):
            return -1
    return 0


def _far(value, mean, width, two_sigma):
    past_two = value > mean + width * Fraction(2, 3) or value < mean - width * Fraction(2, 3)
    return past_two and (two_sigma == "mdc2023" or not _beyond(value, mean, width))


def _two_of_three(values, i, mean, width, two_sigma):
    for run in _runs(i, 3, len(values)):
        three = [values[j] for j in run]
        if None in three or not _far(values[i], mean, width, two_sigma):
            continue
        above = all(value > mean for value in three)
        below = all(value < mean for value in three)
        if (above or below) and sum(_far(v, mean, width, two_sigma) for v in three) >= 2:
            return 1 if above else -1
    return 0


def marks(chart):
    """Return the chart's labels in the oracle's letters."""
    letters = []
    for label, direction in zip(chart.points["label"], chart.points["direction"], strict=True):
        letter = LABELS.get(label, "." if label == "common cause" else "-")
        letters.append(letter if direction == "high" else letter.lower())
    return letters


def months(values):
    tenths = [None if value is None else value / 10 for value in values]
    index = pd.period_range("2022-04", periods=len(values), freq="M")
    return pd.Series(tenths, index=index, dtype="float64")


# Small whole numbers make ties and points on a line likely; walks make trends and shifts.
LEVELS = st.lists(st.none() | st.integers(-9, 9), min_size=1, max_size=40)
STEPS = st.lists(st.integers(-3, 4), min_size=1, max_size=40).map(
    lambda steps: [sum(steps[: place + 1]) for place in range(len(steps))]
)
TAILS = st.tuples(
    st.lists(st.sampled_from([-1, 1]), min_size=12, max_size=12),
    st.lists(st.integers(-8, 8), min_size=3, max_size=14),
).map(lambda parts: parts[0] + parts[1])
SERIES = LEVELS | STEPS | TAILS


@THOROUGH
@given(SERIES, st.sampled_from(["mdc2023", "ptd"]), st.sampled_from([None, 12, 14]), st.booleans())
def test_labels_and_limits_agree_with_exact_arithmetic(values, two_sigma, baseline, screen):
    chart = control_chart(
        months(values), better="higher", two_sigma=two_sigma, baseline=baseline, screen=screen
    )
    expected = oracle_marks(values, two_sigma=two_sigma, baseline=baseline, screen=screen)
    assert "".join(marks(chart)) == "".join(expected)
    mean, average = oracle_limits(values, baseline=baseline, screen=screen)
    if mean is None:
        assert chart.points["upper"].isna().all()
        return
    upper = float((mean + Fraction(266, 100) * average) / 10)
    assert abs(chart.points["mean"] - float(mean / 10)).max() < 1e-9
    assert abs(chart.points["upper"] - upper).max() < 1e-9


@ALWAYS
@given(SERIES, SERIES)
def test_a_rebased_series_is_two_series(before, after):
    series = months(before + after)
    start = str(series.index[len(before)])
    chart = control_chart(
        series, better="lower", rebases=[Rebase(start, "new counting rule", "A Person")]
    )
    assert marks(chart) == oracle_marks(before) + oracle_marks(after)


@ALWAYS
@given(SERIES, st.randoms(use_true_random=False))
def test_shuffling_the_rows_and_leaving_out_the_missing_changes_nothing(values, random):
    series = months([0, *values, 0])  # recorded ends: a month left out before them cannot be seen
    order = list(range(len(series)))
    random.shuffle(order)
    shuffled = series.iloc[order].dropna()
    one = control_chart(series, better="higher").points
    pd.testing.assert_frame_equal(one, control_chart(shuffled, better="higher").points)


@ALWAYS
@given(SERIES, st.sampled_from([0.001, 3, 100]))
def test_a_change_of_unit_changes_no_label_and_no_verb(values, factor):
    series = months(values)
    one, other = (control_chart(s, better="higher") for s in (series, series * factor))
    assert marks(one) == marks(other)
    assert (one.variation, one.verb_licence) == (other.variation, other.verb_licence)


@ALWAYS
@given(SERIES)
def test_the_other_polarity_swaps_improvement_and_concern_and_nothing_else(values):
    higher, lower = (control_chart(months(values), better=b) for b in ("higher", "lower"))
    swap = {"improvement": "concern", "concern": "improvement"}
    swapped = higher.points["judgement"].map(swap).astype("str")
    pd.testing.assert_series_equal(swapped, lower.points["judgement"])
    verbs = {"improved": "deteriorated", "deteriorated": "improved", "none": "none"}
    assert verbs[higher.verb_licence.verb] == lower.verb_licence.verb
    assert higher.notes == lower.notes


@ALWAYS
@given(SERIES)
def test_turning_the_series_upside_down_swaps_high_and_low(values):
    flipped = [None if value is None else -value for value in values]
    chart, mirror = (control_chart(months(v), better="none") for v in (values, flipped))
    swap = {"high": "low", "low": "high"}
    swapped = chart.points["direction"].map(swap).astype("str")
    pd.testing.assert_series_equal(swapped, mirror.points["direction"])
    pd.testing.assert_series_equal(chart.points["label"], mirror.points["label"])
