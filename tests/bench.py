"""Every benchmark, in one run: `python -m tests.bench` writes `build/bench.json` and `.md`."""

import json
import os
import platform
import sys

from tests import bench_inequality, bench_narrative, bench_packs, bench_press, bench_ranges
from tests.bench_press import row
from tests.conftest import ROOT

HEAD = ["| part | what | seconds | limit |", "| --- | --- | --- | --- |"]


def main():
    """Run the benchmarks, and after each write what they took beside what they may take."""
    rows = []
    for measured in _measured():
        rows.append(measured)
        sys.stdout.write(f"{line(measured)}\n")
        sys.stdout.flush()
        write(rows)


def _measured():
    """Give a row for everything that has a limit, in seconds; small things first."""
    words = bench_narrative.bench()
    yield row("words", "sentences of 250 pages", words, bench_narrative.LIMIT)
    taken = bench_ranges.bench()
    yield row("j", "likely ranges, 205 trusts, 10,000 draws", taken, bench_ranges.LIMIT)
    taken = bench_inequality.bench_slope_index()
    yield row("j", "slope index, 10,000 areas by tenths", taken, bench_inequality.LIMIT)
    taken = bench_packs.bench()
    yield row("k", "a board pack after the first, on average", taken, bench_packs.LIMIT)
    yield from bench_press.publication()
    yield from bench_press.bench()


def write(rows):
    """Write the rows so far, as JSON and as Markdown."""
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
