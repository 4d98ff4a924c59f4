"""How long an edition takes: cold, unchanged, after an edit; against plain Papermill; bound large.

Every build is a process of its own, as a person would start it. What is sampled and scaled says so.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import psutil
from IPython.core.interactiveshell import InteractiveShell

from oversight_lib import edition, report
from oversight_lib.intake import DATA, open_assessment, open_register
from oversight_lib.intake.store import save_assessment
from oversight_lib.periods import Quarter
from oversight_lib.press import book, kernels, pages
from oversight_lib.press.bindery import JUPYTER_BOOK
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.results import PageResult
from tests.conftest import ROOT

QUARTER = Quarter.parse("2025-26-q1")
SAMPLE = {"england": 1, "region": 1, "icb": 2, "trust": 3, "inequalities": 1, "back-test": 1}
FLOORS = {
    "trust": ["R0A", "RAT", "RPY"],
    "icb": ["QMF", "QOX"],
    "region": ["Y56", "Y63"],
}
"""Pages whose calls are made in one process, to be compared with those of their kind."""
SIZES = (250, 500, 1000)
REPEATED = 3
DOOR = "from oversight_lib.door import main; main()"
STOCK_CONFIG = {
    "title": "Stock",
    "only_build_toc_files": True,
    "execute": {"execute_notebooks": "off"},
    "parse": {"myst_enable_extensions": ["attrs_inline", "colon_fence", "deflist"]},
}


@dataclass(frozen=True)
class Taken:
    """What one process took: seconds by the clock, and the peaks of memory in MiB."""

    seconds: float
    parent: float
    child: float


def ran(*command, cwd=ROOT, **environment):
    """Run a process, and return what it and the largest of its children took."""
    began, peaks, ended = time.perf_counter(), [0.0, 0.0], threading.Event()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )  # fmt: skip
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
    watcher.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - began
    ended.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(said.decode())
    return Taken(seconds, *peaks)


def _watch(pid, peaks, ended):
    while not ended.wait(0.2):
        for place, found in enumerate(_sizes(pid)):
            peaks[place] = max(peaks[place], found)


def _sizes(pid):
    try:
        parent = psutil.Process(pid)
        children = [child.memory_info().rss for child in parent.children(recursive=True)]
        return parent.memory_info().rss / 2**20, max(children, default=0) / 2**20
    except psutil.NoSuchProcess:
        return 0.0, 0.0


def build(out, *words):
    """Build an edition in a process of its own."""
    chosen = ("--all",) if not os.environ.get("OVERSIGHT_BENCH_SMALL") else ("--trust", "RAT")
    return ran(
        sys.executable, "-c", DOOR, "build", str(QUARTER), *chosen, "--out", str(out), "-q", *words
    )


def editions(folder):
    """Return rows for an edition cold, unchanged, after words, after a figure; and for dask."""
    out, words, data = folder / "out", folder / "words", folder / "data"
    shutil.copytree(DATA, data)
    words.mkdir()
    told = ("--commentary", str(words), "--data", str(data))
    cold = build(out, *told)
    still = [build(out, *told) for _ in range(REPEATED)]
    write(words, "first")
    build(out, *told)  # the first words make a table that was not there
    spoken = []
    for number in range(REPEATED):
        write(words, f"again, {number}")
        spoken.append(build(out, *told))
    above_the_floor = floors(out)
    before = contents(out)
    change_a_figure(data)
    figure = build(out, *told, "--explain")
    after, made = contents(out), made_again(out)
    build(folder / "clean", *told)
    clean = contents(folder / "clean")
    changed = [name for name in after if after[name] != before.get(name)]
    pages_changed = sum(name.startswith("notebooks/") for name in changed)
    return [
        row("b", "edition, cold, with its packs, downloads and lint", cold.seconds),
        row("c", "nothing changed", median(still), limit=3.0),
        row("d", "one commentary changed", median(spoken), limit=0.05 * cold.seconds),
        row("e", f"one figure changed: {made} pages executed, {pages_changed} notebooks differ, "
                 f"{'equal' if after == clean else 'NOT EQUAL'} to a clean build",
            figure.seconds),
        *above_the_floor,
        row("g", f"peak memory of a cold build: parent {cold.parent:.0f} MiB, largest child "
                 f"{cold.child:.0f} MiB", None),
    ]  # fmt: skip


def floors(out):
    """Return a row a kind: what a page took in a cold build, and the same calls in one process."""
    assessed, kept = open_assessment(str(QUARTER)), Entries(out / "cache" / "pages")
    rows = []
    for kind, codes in FLOORS.items():
        at_the_floor = [called(assessed, kind, code) for code in codes for _ in range(2)][1::2]
        slugs = [path.relative_to(out / "notebooks").with_suffix("").as_posix()
                 for path in (out / "notebooks").rglob("*.ipynb")]  # fmt: skip
        mine = [slug for slug in slugs if slug.split("/")[0] in (kind, f"{kind}s")]
        taken = statistics.median(kept.get(slug)["seconds"] for slug in mine)
        floor = statistics.median(at_the_floor)
        what = f"a page of a {kind}: {taken / floor:.1f} times its floor, {floor:.2f} s"
        rows.append(row("floor", what, taken, limit=2 * floor))
    return rows


def called(assessed, kind, code):
    """Make every call of a template here, with what a notebook would show; return the seconds."""
    cells = json.loads((ROOT / "notebooks" / f"{kind}.ipynb").read_text("utf-8"))["cells"]
    calls = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    show = InteractiveShell.instance().display_formatter.format
    began, every = time.perf_counter(), open_register(str(QUARTER))
    about = {"trust": (assessed, code), "england": (assessed, every)}
    page = getattr(report, kind)(*about.get(kind, (assessed, every, code)))
    for call in calls:
        if call.startswith("report."):
            show(eval(call, {"report": report, "page": page}))
    return time.perf_counter() - began


def write(words, text):
    place = words / str(QUARTER) / "trust" / "RAT" / "opening.md"
    if not place.exists():
        ran(
            sys.executable, "-m", "oversight_lib.cli", "commentary", "new", str(QUARTER), "trust",
            "RAT", "opening", "--author", "A. Writer", "--commentary", str(words),
        )  # fmt: skip
    _, head, _ = place.read_text("utf-8").split("---\n", 2)
    place.write_text(f"---\n{head}---\n\nWords {text}.\n", "utf-8")


def change_a_figure(data):
    """Change one value of one metric of one trust, by little."""
    path = data / "oversight" / str(QUARTER) / "acute.csv"
    path.write_text(path.read_text("utf-8").replace(",percent,4.01,", ",percent,4.02,", 1), "utf-8")


def made_again(out):
    log = (out / "run.log").read_text("utf-8").splitlines()
    return sum(": made in " in line for line in log)


def contents(out):
    apart = {"cache", "binding", "source", "failed", "run.log"}
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.relative_to(out).parts[0] not in apart
    }


def stock(folder):
    """Return rows for plain Papermill on a sample and Jupyter Book as it comes, and ours, in turn.

    A machine is not as fast at all times, so each is measured three times and put against the
    others of its round.
    """
    assessed = edition.assessment(QUARTER)
    save_assessment(assessed.tables, folder / "tables")
    plan = edition.planned(QUARTER, assessed, DATA, pages.Selection())
    rounds = [against_stock(folder, plan) for _ in range(REPEATED)]
    plain, bound, ours, whole = map(statistics.median, zip(*rounds, strict=True))
    ratios = [[(one[0] + one[1]) / one[place] for one in rounds] for place in (2, 3)]
    faster, overall = map(statistics.median, ratios)
    each = ", ".join(f"{ratio:.1f}" for ratio in ratios[0])
    count = sum(SAMPLE.values())
    return [
        row("a", f"plain Papermill, one kernel after the other: {count} pages, scaled by kind to "
                 f"{len(plan)}, median of {REPEATED}", plain),
        row("a", f"stock Jupyter Book, its whole sidebar, {len(plan)} pages, median of {REPEATED}",
            bound),
        row("b, as a", "an edition's pages executed, and bound with the lint, median of "
                       f"{REPEATED}; its whole build {whole:.0f}", ours),
        row("a/b", f"plain and stock: {faster:.1f} times ours, the median of {each}; {overall:.1f} "
                   "with all else", None),
    ]  # fmt: skip


def against_stock(folder, plan):
    """Return seconds of plain Papermill, stock Jupyter Book, our pages and book, and our build."""
    for old in ("stock", "stock-source", "stock-book", "ours"):
        shutil.rmtree(folder / old, ignore_errors=True)
    seconds = 0.0
    for kind, many in SAMPLE.items():
        of_kind = [page for page in plan if page.kind == kind]
        sample = of_kind[: 1 if os.environ.get("OVERSIGHT_BENCH_SMALL") else many]
        seconds += statistics.fmean(plainly(page, folder) for page in sample) * len(of_kind)
    bound, out = stock_book(folder, plan), folder / "ours"
    whole = build(out).seconds
    return seconds, bound, executing(out) + binding_of(out), whole


def plainly(page, folder):
    """Execute a page as Papermill comes, and return the seconds it took."""
    import papermill  # noqa: PLC0415 - in the loop of somebody who uses nothing of ours

    out = folder / "stock" / f"{page.slug}.ipynb"
    out.parent.mkdir(parents=True, exist_ok=True)
    surroundings = kernels.environment(folder / "tables", 0, folder)
    before, began = dict(os.environ), time.perf_counter()
    os.environ.update(surroundings)
    (folder / "matplotlibrc").write_text(kernels.MATPLOTLIB)
    try:
        papermill.execute_notebook(
            page.template, out, parameters=dict(page.parameters), progress_bar=False
        )
    finally:
        os.environ.clear()
        os.environ.update(before)
    return time.perf_counter() - began


def stock_book(folder, plan):
    """Bind the sampled notebooks, each as often as its kind has pages, as Jupyter Book comes."""
    source = folder / "stock-source"
    for page in plan:
        found = sorted((folder / "stock").rglob("*.ipynb"))
        mine = [path for path in found if path.parent.name == page.slug.split("/")[0]]
        place = source / f"{page.slug}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile((mine or found)[0], place)
    (source / "_config.yml").write_text(json.dumps(STOCK_CONFIG))
    chapters = [{"file": page.slug} for page in plan if page.slug != "england"]
    toc = {"format": "jb-book", "root": "england", "chapters": chapters}
    (source / "_toc.yml").write_text(json.dumps(toc))
    return ran(
        sys.executable, "-c", JUPYTER_BOOK, "build", str(source), "--path-output",
        str(folder / "stock-book"),
        "-q", cwd=folder, **kernels.same_bytes(0),
    ).seconds  # fmt: skip


def large(folder):
    """Return rows for books of many trusts' pages, all with the words of one."""
    one = next(path for path in sorted((folder / "out" / "notebooks" / "trusts").glob("*.ipynb")))
    rows, first = [], None
    for size in SIZES if not os.environ.get("OVERSIGHT_BENCH_SMALL") else (10, 20):
        place = folder / f"large-{size}"
        place.mkdir()
        (place / "plan.json").write_text(json.dumps([str(one), size, str(QUARTER)]))
        taken = ran(sys.executable, "-m", "tests.bench_press", str(place))
        first = first or taken
        ratio = taken.seconds / first.seconds
        rows.append(row("f", f"binding {size} pages: parent {taken.parent:.0f} MiB, "
                             f"{ratio:.1f} times the first", taken.seconds,
                        limit=4.5 * first.seconds if size == SIZES[-1] else None))  # fmt: skip
        shutil.rmtree(place)
    return rows


def bind_many(place):
    """Bind so many copies of one page; what the process for a large book does."""
    one, size, quarter = json.loads((place / "plan.json").read_text())
    facts = EditionFacts(Quarter.parse(quarter), "2025-26")
    front = pages.Page("england", "", "England", "england", Path(one), {})
    trusts = [
        replace(front, kind="trust", code=f"X{number}", title=f"Trust {number}",
                slug=f"trusts/x{number}", above=f"regions/y{number % 7}")
        for number in range(size - 8)
    ]  # fmt: skip
    regions = [
        replace(front, kind="region", code=f"Y{number}", title=f"Region {number}",
                slug=f"regions/y{number}", above="england", listed=True)
        for number in range(7)
    ]  # fmt: skip
    (place / "prose").mkdir()
    results = [
        PageResult(page, copied(page, Path(one), place), None, 1.0)
        for page in [front, *regions, *trusts]
    ]
    book.bind(
        results, out=place / "out", prose=place / "prose", config=ROOT / "_config.yml",
        edition=facts,
    )  # fmt: skip


def copied(page, one, place):
    """Return a copy of a notebook with a title of its own, and no links to pages there are not."""
    notebook = json.loads(one.read_text("utf-8"))
    notebook["cells"][0]["source"] = [f"# {page.title}"]
    path = place / "notebooks" / f"{page.slug}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = re_linked(json.dumps(notebook))
    path.write_text(text, "utf-8")
    return path


def re_linked(text):
    """Return a notebook whose links lead nowhere but out of the book."""
    return re.sub(r'<a [^>]*href=\\"(?!https?:)[^>]*>(.*?)</a>', r"\1", text)


def clusters(folder):
    """Return rows for dask with one worker and with two, against each other, each built twice."""
    order = (1, 2, 2, 1)
    outs = [folder / f"dask-{number}" for number in range(len(order))]
    whole = [build(out, "--executor", "dask", "--jobs", str(jobs)).seconds
             for out, jobs in zip(outs, order, strict=True)]  # fmt: skip
    first, *others = map(contents, outs)
    equal = "equal" if all(other == first for other in others) else "NOT EQUAL"
    taken = {
        jobs: tuple(statistics.fmean(found) for found in zip(*(
            (executing(out), printing(out), all_of_it)
            for out, of, all_of_it in zip(outs, order, whole, strict=True) if of == jobs
        ), strict=True))
        for jobs in (1, 2)
    }  # fmt: skip
    return [row("h", f"dask, {jobs} worker{'s' * (jobs > 1)}: {compared(taken[1], found)}; bytes "
                     f"{equal}", found[0] + found[1]) for jobs, found in taken.items()]  # fmt: skip


def compared(one, now):
    """Say what pages and packs took, and the whole run, against those of one worker."""
    pages_, packs_, _ = (mine / its for mine, its in zip(one, now, strict=True))
    both = sum(one[:2]) / sum(now[:2])
    return (f"pages and packs {both:.2f} times as fast as one (pages {pages_:.2f}, packs "
            f"{packs_:.2f}), mean of two runs; the whole run {now[2]:.0f} s")  # fmt: skip


def executing(out):
    """Return the seconds between the plan and the last page, by the run log."""
    log = (out / "run.log").read_text("utf-8").splitlines()
    first = next(line for line in log if " pages, commit" in line)
    last = [line for line in log if ": made in " in line][-1]
    return between(first, last)


def printing(out):
    """Return the seconds between the last page and the last pack, by the run log."""
    log = (out / "run.log").read_text("utf-8").splitlines()
    ends = [[line for line in log if what in line][-1] for what in (": made in ", ": printed in ")]
    return between(*ends)


def binding_of(out):
    """Return the seconds between the last pack and the bound book, by the run log."""
    log = (out / "run.log").read_text("utf-8").splitlines()
    return between([line for line in log if ": printed in " in line][-1], log[-1])


def between(first, last):
    """Return the seconds between two lines of a log."""
    stamps = [datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f") for line in (first, last)]
    return (stamps[1] - stamps[0]).total_seconds()


def publication():
    """Return the row for a quarter's figures to its segments, and all further tables."""
    taken = []
    for _ in range(REPEATED):
        began = time.perf_counter()
        edition.assessment(QUARTER)
        taken.append(time.perf_counter() - began)
    return [row("i", "publication to segments, with every further table", statistics.median(taken))]


def median(taken):
    return statistics.median(one.seconds for one in taken)


def row(part, what, seconds, limit=None):
    """Return one row of the table; seconds and limits are by the clock."""
    return {"part": part, "what": what, "seconds": seconds, "limit": limit}


def bench():
    """Give every row about pages and books, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as name:
        for group in (editions, stock, clusters, large):
            yield from group(Path(name))


if __name__ == "__main__":
    bind_many(Path(sys.argv[1]))
