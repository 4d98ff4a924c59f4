"""Every benchmark, in one run: `python -m tests.bench` writes `build/bench.json` and `.md`."""

import json

from tests import bench_inequality, bench_narrative, bench_packs, bench_ranges
from tests.conftest import ROOT


def main():
    """Run the benchmarks and write what they took, in seconds, beside what they may take."""
    ranges, slope = bench_ranges.bench(), bench_inequality.bench_slope_index()
    taken = [
        ("likely ranges, 205 trusts, 10,000 draws", ranges, bench_ranges.LIMIT),
        ("sentences of 250 pages", bench_narrative.bench(), bench_narrative.LIMIT),
        ("slope index, 10,000 areas by tenths", slope, bench_inequality.LIMIT),
        ("a board pack after the first, on average", bench_packs.bench(), bench_packs.LIMIT),
    ]
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    rows = [{"what": what, "seconds": seconds, "limit": limit} for what, seconds, limit in taken]
    (build / "bench.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    lines = [f"| {what} | {seconds:.2f} | {limit} |" for what, seconds, limit in taken]
    head = ["| what | seconds | limit |", "| --- | --- | --- |"]
    (build / "bench.md").write_text("\n".join([*head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
