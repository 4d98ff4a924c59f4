"""How long the measures of many areas take; run as a program, not a test."""

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from oversight_lib.method.inequality import Measure, of_counts, slope_index

AREAS, GROUPS = 10_000, 10
LIMIT = 0.5
"""Seconds."""


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def bench_slope_index() -> None:
    """Print the seconds for SII and RII with intervals of 10,000 areas by tenths."""
    chance = np.random.default_rng(1)
    people = chance.integers(500, 5000, (AREAS, GROUPS))
    counts = chance.binomial(people, 0.1 + 0.02 * np.arange(GROUPS))
    names = [f"A{i:05d}" for i in range(AREAS)]
    measure = Measure("higher", low=0, high=100, per=100)
    breakdown = of_counts(names, counts, people, per=100, grouping="tenths")
    slowest = 0.0
    for scale in ("value", "logit"):
        run = partial(slope_index, breakdown, measure, scale=scale)
        taken = min(_seconds(run) for _ in range(3))
        print(f"slope_index, {AREAS:,} areas x {GROUPS} groups, {scale}: {taken:.3f} s")  # noqa: T201
        slowest = max(slowest, taken)
    return slowest


if __name__ == "__main__":
    bench_slope_index()
