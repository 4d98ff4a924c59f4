"""The chance of each segment: whose noise it is, that it adds up, and when there is none."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.firmness import (
    RESAMPLED,
    firmness,
    in_steps,
    quarterly_variation,
)
from tests.method.quarters import FRAMEWORK, assessed, banded_quarter

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)
CHANCES = ["p1", "p2", "p3", "p4"]


@PROPERTY
@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any))
def test_steps_of_five_percent_add_up_to_one(parts):
    chances = np.array([parts]) / sum(parts)
    steps = in_steps(chances)
    assert steps.sum() == pytest.approx(1)
    assert np.abs(steps * 20 - np.rint(steps * 20)).max() < 1e-9
    assert np.abs(steps - chances).max() < 0.05


def test_largest_remainders_are_rounded_up():
    # In twentieths 12.4, 7.4, 0.2, 0: whole parts add up to 19, and the one left goes to the first.
    assert in_steps(np.array([[0.62, 0.37, 0.01, 0.0]])).tolist() == [[0.65, 0.35, 0, 0]]


def quarters(*averages):
    """Assessments of following quarters; each average is one trust's only score."""
    fixed = {"R1": (1,), "R2": (2,), "R3": (3,), "R4": (4,)}
    segments = {"R1": 1, "R2": 2, "R3": 3, "R4": 4}
    return [
        banded_quarter(
            fixed | {"R8": (one,), "R9": (two,)},
            segments | {"R8": 2, "R9": 2},
            quarter=f"2025-26-q{number}",
        )
        for number, (one, two) in enumerate(averages, start=1)
    ]


def test_two_quarters_are_not_enough_for_their_variation():
    history = quarters((2, 2), (2.2, 2.1))
    assert quarterly_variation(history).empty
    rows = firmness(history[1], FRAMEWORK, history=history[:1], draws=100)
    assert set(rows["noise_model"]) == {RESAMPLED}


def test_quarterly_variation_is_the_deviation_of_changes_over_root_two():
    history = quarters((2.0, 2.0), (2.2, 1.9), (2.1, 1.9))
    # Twelve changes of six trusts: 0.2, -0.1, -0.1, 0 and eight 0s of those that never move.
    changes = [0.2, -0.1, -0.1, 0.0] + [0.0] * 8
    variation = quarterly_variation(history)
    expected = np.std(changes, ddof=1) / np.sqrt(2)
    assert variation.loc["acute", "spread"] == pytest.approx(expected)
    assert variation.loc["acute", "quarters"] == 3


def test_quarterly_noise_is_normal_around_the_average():
    history = quarters((2.0, 2.0), (2.6, 1.5), (2.0, 2.0))
    rows = firmness(history[2], FRAMEWORK, history=history[:2])
    mine = rows.query("org == 'R9' and noise_model == 'quarter-to-quarter variation'").iloc[0]
    noise = NormalDist(2.0, mine["spread"])
    # Held cuts at 1, 2 and 3, met by averages that print as much: up to 0.005 more.
    assert mine["p1"] == pytest.approx(noise.cdf(1.005), abs=0.06)
    assert mine["p2"] == pytest.approx(noise.cdf(2.005) - noise.cdf(1.005), abs=0.06)
    assert "annual surveys" in mine["note"]


def with_average(assessment, average):
    """The assessment as if every trust had this average."""
    rows = assessment.segments["scope"].eq("overall").to_numpy()
    averages = assessment.segments["average"].mask(rows, average)
    return replace(assessment, segments=assessment.segments.assign(average=averages))


@pytest.mark.parametrize(("end", "first", "fourth"), [(1, 1 / 2, 4 / 14), (4, 4 / 14, 0)])
def test_noise_stays_inside_the_scale(end, first, fourth):
    """Of fourteen trusts whose averages are all at one end of the scale half are drawn beyond it.

    They tie at the end. Tied at 1, more than a quarter of the pool, they are the first cut, and a
    trust is in segment 1 as often as it is drawn there; tied at 4 they are the last cut, and nobody
    is above it: in one draw of eleven fewer than five tie, and the cut is lower. At the other end
    of the scale nobody ties, and four of fourteen are beyond the quarter's cut.
    """
    history = [
        with_average(assessed(0, quarter=f"2025-26-q{number}", gaps=0), average)
        for number, average in enumerate((end, 2.5, end), start=1)
    ]
    free = history[2].overall.loc[lambda rows: rows["override"].eq(False), "org"]
    rows = firmness(history[2], FRAMEWORK, history=history[:2]).query("quarters == 3")
    mine = rows[rows["org"].isin(free)]
    assert len(mine) > 5
    assert mine["p1"].mean() == pytest.approx(first, abs=0.06)
    assert mine["p4"].mean() == pytest.approx(fourth, abs=0.06)


def test_resampling_one_metric_is_certain_and_firm():
    rows = firmness(quarters((2, 2))[0], FRAMEWORK, draws=50).set_index("org")
    assert rows.loc["R9", CHANCES].tolist() == [0, 1, 0, 0]
    assert set(rows["label"]) == {"firm"}
    assert rows["spread"].max() == 0


def test_labels_follow_the_printed_chance_of_the_published_segment():
    rows = firmness(assessed(2, (12, 8, 4)), FRAMEWORK, draws=500)
    own = rows[CHANCES].to_numpy()[np.arange(len(rows)), rows["segment"].astype(int) - 1]
    least = rows["label"].map(
        {"firm": 0.9, "likely": 0.7, "borderline": 0.5, "another segment is as likely": 0.0}
    )
    below = rows["label"].map(
        {"firm": 1.01, "likely": 0.9, "borderline": 0.7, "another segment is as likely": 0.5}
    )
    assert ((own >= least - 1e-9) & (own < below - 1e-9)).all()
    assert rows["label"].nunique() > 2


def test_an_overridden_trust_has_no_chance_of_better_than_the_cap():
    assessment = assessed(3, (12, 8, 4))
    overridden = assessment.overall.loc[assessment.overall["override"], "org"]
    rows = firmness(assessment, FRAMEWORK, draws=200)
    mine = rows[rows["org"].isin(overridden)]
    assert len(mine) > 0
    assert mine[["p1", "p2"]].max(axis=None) == 0
    assert mine[CHANCES].sum(axis=1).tolist() == pytest.approx([1] * len(mine))


def test_a_trust_whose_override_is_not_known_has_no_chances():
    assessment = assessed(3)
    first = assessment.segments["org"].eq(assessment.segments["org"].min())
    blank = assessment.segments.assign(
        override=assessment.segments["override"].mask(first),
        adjusted=assessment.segments["adjusted"].mask(first),
    )
    rows = firmness(replace(assessment, segments=blank), FRAMEWORK, draws=50)
    assert rows.iloc[0][[*CHANCES, "label"]].isna().all()
    assert rows.iloc[1:][CHANCES].notna().all(axis=None)
