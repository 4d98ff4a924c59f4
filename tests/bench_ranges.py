"""How long the likely ranges of a whole quarter take: 205 trusts, some 25 metrics, 10,000 draws.

Run as `python -m tests.bench_ranges`.
"""

import resource
import sys
import time

from oversight_lib.method.assessment import assess
from oversight_lib.method.uncertainty import likely_ranges
from tests.method.quarters import FRAMEWORK, whole_quarter

LIMIT = 2.0
"""Seconds on one core."""


def bench():
    """Print and return the seconds of processor time; the memory is the whole process's."""
    assessment = assess(whole_quarter(1, (134, 61, 10), gaps=0.0), FRAMEWORK)
    counted = assessment.overall["metrics_counted"]
    start = time.process_time()
    ranges = likely_ranges(assessment, FRAMEWORK)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"likely ranges: {len(ranges)} trusts, up to {counted.max():.0f} metrics, "
        f"{ranges['draws'].iloc[0]} draws: {seconds:.2f} s (limit {LIMIT}), {peak:.0f} MiB\n"
    )
    return seconds


if __name__ == "__main__":
    bench()
