"""What the rules do to series in which nothing happens: the rates the method note states."""

import numpy as np
import pandas as pd
import pytest

from oversight_lib.method.spc import ChartDesign, carryover, limits, rules

N, RUNS = 24, 8000
DESIGN = ChartDesign("higher")


def stable_series(carry: float, runs: int, seed: int, length: int = N) -> np.ndarray:
    """Return runs × length values of a stationary AR(1) series of unit spread."""
    noise = np.random.default_rng(seed).normal(size=(runs, length))
    series = np.empty_like(noise)
    series[:, 0] = noise[:, 0]
    for month in range(1, length):
        series[:, month] = carry * series[:, month - 1] + np.sqrt(1 - carry**2) * noise[:, month]
    return series


def charted(series: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return labelled points and phases, one phase a series: the whole simulation in one pass."""
    runs, length = series.shape
    plain = pd.DataFrame({"value": series.ravel(), "phase": np.repeat(np.arange(runs), length)})
    table = limits.phases(plain, DESIGN)
    signalled = rules.with_signals(limits.with_limits(plain, table, DESIGN), "mdc2023")
    return rules.with_labels(signalled, "higher"), table


def latest_of(points: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    return points.groupby("phase").tail(1).join(table[["mean_range", "carryover"]], on="phase")


def sampling_error(stated: float, stated_runs: int, digit: float) -> float:
    """Return 3.3 standard errors of the difference of two simulated shares, and half a digit.

    The stated shares were simulated too: 2,000 series for the gate, 1,500 for any signal.
    """
    return 3.3 * np.sqrt(stated * (1 - stated) * (1 / stated_runs + 1 / RUNS)) + digit / 2


@pytest.mark.parametrize(
    ("carry", "ungated", "gated"),
    [(0, 0.017, 0.014), (0.5, 0.129, 0.030), (0.64, 0.229, 0.037), (0.8, 0.393, 0.032)],
)
def test_the_gate_turns_false_signals_now_from_the_first_stated_rate_to_the_second(
    carry, ungated, gated
):
    points, table = charted(stable_series(carry, RUNS, seed=24))
    latest = latest_of(points, table)
    signal_now = (latest["label"] != rules.SpecialCause.COMMON_CAUSE).mean()
    licensed = (carryover.licensed_direction(latest) != 0).mean()
    assert signal_now == pytest.approx(ungated, abs=sampling_error(ungated, 2000, 0.001))
    assert licensed == pytest.approx(gated, abs=sampling_error(gated, 2000, 0.001))


@pytest.mark.parametrize(("carry", "stated"), [(0, 0.18), (0.5, 0.71), (0.8, 0.93)])
def test_some_signal_somewhere_is_common_in_a_stable_series(carry, stated):
    points, _ = charted(stable_series(carry, RUNS, seed=25))
    marked = points["label"] != rules.SpecialCause.COMMON_CAUSE
    anywhere = marked.groupby(points["phase"]).any().mean()
    assert anywhere == pytest.approx(stated, abs=sampling_error(stated, 1500, 0.01))


@pytest.mark.parametrize(("carry", "stated"), [(0, 0.43), (0.5, 0.23), (0.64, 0.18), (0.8, 0.18)])
def test_the_price_of_the_gate_is_power_for_a_step_of_two_and_a_half_sd(carry, stated):
    series = stable_series(carry, RUNS, seed=26)
    series[:, -6:] += 2.5
    licensed = (carryover.licensed_direction(latest_of(*charted(series))) == 1).mean()
    assert licensed == pytest.approx(stated, abs=sampling_error(stated, 2000, 0.01))


@pytest.mark.parametrize("length", [13, 18, 36])
@pytest.mark.parametrize(("carry", "at_most"), [(0, 0.03), (0.64, 0.05)])
def test_a_verb_is_rarely_licensed_by_chance_however_long_the_series(length, carry, at_most):
    latest = latest_of(*charted(stable_series(carry, RUNS, seed=29, length=length)))
    assert (carryover.licensed_direction(latest) != 0).mean() <= at_most


def test_moving_ranges_estimate_the_spread_of_an_independent_series():
    _, table = charted(stable_series(0, RUNS, seed=27))
    # sigma = mean moving range / 1.128, and the limits are three of them: 3 / 1.128 = 2.66.
    assert table["mean_range"].mean() / 1.128 == pytest.approx(1, abs=0.01)
    assert pytest.approx(3 / 1.128, abs=0.001) == limits.LIMIT


def test_the_autocorrelation_is_nearly_unbiased_at_no_carryover_and_at_one_half():
    _, table = charted(stable_series(0.5, RUNS, seed=28))
    # Held at 0 and corrected to first order only: 18 points leave a few hundredths.
    assert table["carryover"].mean() == pytest.approx(0.5, abs=0.05)
