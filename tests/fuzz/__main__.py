"""`make fuzz`: 2,000 mutants of every kind of file; a table of what became of them."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.conftest import SHARED
from tests.fuzz.running import BAD, outcome, table
from tests.fuzz.targets import REAL_TARGETS, TARGETS

MUTANTS = 2_000
OUT = Path("build/fuzz.md")


def one(job):
    place, number = job
    targets = all_targets()
    return outcome(targets[place], number, targets[(place + 1) % len(targets)])


def all_targets():
    return [*TARGETS, *(REAL_TARGETS if SHARED.is_dir() else ())]


def main(mutants=MUTANTS, first=0):
    targets = all_targets()
    jobs = [(n % len(targets), first + n // len(targets)) for n in range(mutants)]
    with ProcessPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(one, jobs, chunksize=20), key=lambda o: (o.target, o.number))
    bad = [found for found in outcomes if found.kind in BAD]
    lines = [f"- {found.target}, mutant {found.number} ({found.how}): {found.kind}\n\n"
             f"      {found.detail.strip()[:1500]}\n".replace("\n", "\n      ")
             for found in bad]  # fmt: skip
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join([table(outcomes), "", *lines]), "utf-8")
    sys.stdout.write(f"{table(outcomes)}\n\n{chr(10).join(lines)}\n{len(bad)} bad; see {OUT}\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
