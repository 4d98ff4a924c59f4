"""Every benchmark, in one run: `python -m tests.bench` writes `build/bench.json` and `.md`."""

import json
import os
import platform

from tests import bench_inequality, bench_narrative, bench_packs, bench_press, bench_ranges
from tests.bench_press import row
from tests.conftest import ROOT

HEAD = ["| part | what | seconds | limit |", "| --- | --- | --- | --- |"]


def main():
    """Run the benchmarks and write what they took, in seconds, beside what they may take."""
    ranges, slope = bench_ranges.bench(), bench_inequality.bench_slope_index()
    packs, words = bench_packs.bench(), bench_narrative.bench()
    rows = [
        *bench_press.bench(),
        row("j", "likely ranges, 205 trusts, 10,000 draws", ranges, bench_ranges.LIMIT),
        row("j", "slope index, 10,000 areas by tenths", slope, bench_inequality.LIMIT),
        row("words", "sentences of 250 pages", words, bench_narrative.LIMIT),
        row("k", "a board pack after the first, on average", packs, bench_packs.LIMIT),
    ]
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    told = {"machine": machine, "rows": rows}
    (build / "bench.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    lines = [machine, "", *HEAD, *map(line, rows)]
    (build / "bench.md").write_text("\n".join(lines) + "\n", "utf-8")


def line(told):
    """Return a row as Markdown."""
    seconds = [
        f"{told[name]:.2f}" if told[name] is not None else "" for name in ("seconds", "limit")
    ]
    return f"| {told['part']} | {told['what']} | {' | '.join(seconds)} |"


if __name__ == "__main__":
    main()
