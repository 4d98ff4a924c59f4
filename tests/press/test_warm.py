"""Warm kernels give the pages that ordinary ones give, and nothing of one page reaches another."""

import json
import logging
import multiprocessing
import os
import re
import signal
import tempfile
import time
from dataclasses import replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from oversight_lib import edition as editions
from oversight_lib.intake import DATA
from oversight_lib.intake.store import save_assessment
from oversight_lib.press import notebooks, pages, runner, templates
from oversight_lib.press import rehearsal as rehearsals
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.hiring import using
from oversight_lib.press.kernels import Kernels, environment, stock
from oversight_lib.press.results import failed
from oversight_lib.press.warm import ready as readiness
from oversight_lib.press.warm.preparation import Preparation
from tests.press.conftest import BAD, QUARTER, TEMPLATES
from tests.press.conftest import tables as tables_of

pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(not readiness.possible(), reason="this system does not fork"),
]
PARAMETERS = 'quarter = ""\ncode = ""'
ANYTHING = [
    "print('to standard output')",
    "import sys; print('a'); sys.stderr.write('b\\n'); print('c')",
    "print('ended by', end=''); sys.stdout.flush(); print(' a flush')",
    "from IPython.display import HTML, clear_output, display\n"
    "print('before'); display(HTML('<b>shown</b>'), {'plain': 1}); print('after'); HTML('last')",
    "handle = display('first', display_id='one'); handle.update('second')",
    "print('gone'); clear_output(); print('stays')",
    "print('goes with the next'); clear_output(wait=True); display('next')",
    "_ = 1; None",
    "[1, 2, 3];",
    "import pandas; pandas.DataFrame({'share': [0.5, None]})",
    "import os, time; code = os.system('echo from another program'); time.sleep(0.4)",
    "import asyncio; await asyncio.sleep(0); 'awaited'",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); print('and a figure')",
    "figure, axes = plt.subplots(); figure",
    "%matplotlib inline\nget_ipython().ast_node_interactivity",
    "import warnings; warnings.warn('said once')",
    "raise ValueError('with a tag')",
    "class Broken:\n    def _repr_html_(self): raise KeyError('in its picture')\nBroken()",
    "input()",
    "'never reached'",
]
TAGGED = {source: ["raises-exception"] for source in ANYTHING[-4:-2]}


def template(folder, *sources, name="page.ipynb"):
    """A template with these cells, and the parameters quarter and code."""
    cells = [
        new_markdown_cell("# {{ title }}"),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        *(new_code_cell(text, metadata={"tags": TAGGED.get(text, [])}) for text in sources),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebooks.write(
        new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / name
    )


def page(template, code="A1", kind="trust"):
    parameters = {"quarter": "2025-26-q1", "code": code}
    return pages.Page(kind, code, f"Page {code}", f"trusts/{code.lower()}", template, parameters)


def make(folder, *made, tables=None, **how):
    """The results of these pages, with warm kernels unless told otherwise."""
    return runner.run(
        made,
        out=folder / "out",
        tables=tables or tables_of(folder / "tables"),
        edition=EditionFacts(QUARTER, "2025-26"),
        using=Kernels(**how),
    )


def raw(path):
    """A notebook as it was executed, but for its times, ids, process ids and addresses."""
    text = re.sub(r"ipykernel_\d+|0x[0-9a-f]+", "", path.read_text())
    found = json.loads(text)
    del found["metadata"]["papermill"]
    for cell in found["cells"]:
        del cell["id"]
        cell["metadata"].pop("papermill", None)
        cell["metadata"].pop("execution", None)
        if "outputs" in cell:
            cell["outputs"] = joined(cell["outputs"])
    return found


def joined(outputs):
    """The outputs with one text a stream in a row: an ordinary kernel parts them by the clock."""
    runs = groupby(outputs, key=lambda output: output["output_type"] == "stream")
    return [output for texts, run in runs for output in (one_a_stream(run) if texts else run)]


def one_a_stream(texts):
    by_name = sorted(texts, key=lambda text: text["name"], reverse=True)
    return [
        {"output_type": "stream", "name": name, "text": "".join(chain(*(t["text"] for t in run)))}
        for name, run in groupby(by_name, key=lambda text: text["name"])
    ]


def outputs(notebook):
    """Every output by cell: its kind, its name and what it consists of."""
    return [
        [
            (output["output_type"], output.get("name"), sorted(output.get("data", {})))
            for output in cell.get("outputs", [])
        ]
        for cell in notebook["cells"]
    ]


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """One page of every kind, of the bundled figures, with ordinary kernels and with warm ones."""
    folder = tmp_path_factory.mktemp("real")
    assessed = editions.assessment(QUARTER)
    save_assessment(assessed.tables, folder / "tables")
    plan = editions.planned(QUARTER, assessed, DATA, pages.Selection())
    few = list({found.kind: found for found in reversed(plan)}.values())
    run = partial(make, tables=folder / "tables")
    rehearsal = using(QUARTER, 2).rehearsal
    return {
        "tables": folder / "tables",
        "stock": run(folder / "stock", *few, execute=stock),
        "warm": run(folder / "warm", *few, rehearsal=rehearsal),
        "rehearsed": run(folder / "rehearsed", *few, rehearsal=(*rehearsal, *whole(few))),
    }


def whole(few):
    """Statements that rehearse each of these pages, whatever many are worth it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rehearsals, "A_REHEARSAL_FOR", 1)
        return rehearsals.rehearsals(few)


def test_pages_of_every_kind_are_the_same_bytes(real):
    kinds = [result.page.kind for result in real["warm"]]
    assert sorted(kinds) == sorted(pages.KINDS)
    for ordinary, warm in zip(real["stock"], real["warm"], strict=True):
        assert ordinary.failure is None
        assert warm.failure is None
        assert warm.notebook.read_bytes() == ordinary.notebook.read_bytes(), warm.page.kind


def test_pages_are_the_same_bytes_after_every_page_was_rehearsed(real):
    assert len(whole([result.page for result in real["warm"]])) == len(real["warm"]) + 1
    for warm, rehearsed in zip(real["warm"], real["rehearsed"], strict=True):
        assert rehearsed.failure is None
        assert rehearsed.notebook.read_bytes() == warm.notebook.read_bytes(), warm.page.kind


def test_no_page_lost_its_pictures(real):
    """A backend that is set too late loses every figure, silently, and looks fast."""
    for result in real["warm"]:
        shown = json.loads(result.notebook.read_text())["cells"]
        kinds = [mime for cell in outputs({"cells": shown}) for _, _, data in cell for mime in data]
        pictures = 0 if result.page.kind in {"rules", "back-test"} else 2
        assert kinds.count("image/svg+xml") >= pictures, result.page.kind
        assert kinds.count("text/html") >= 5, result.page.kind


def test_the_rehearsal_of_an_edition_goes_well(real, caplog, tmp_path):
    """It ran before; it leaves tables, fonts and template behind, and no setting changed."""
    settings = (
        "import matplotlib, pandas, sys, os; found = dict(matplotlib.rcParams)\n"
        "sorted(map(str, found.items())), pandas.get_option('display.width'), os.getcwd() != '/'"
    )
    before = page(template(tmp_path, settings))
    run = partial(make, tables=real["tables"])
    (rehearsed,) = run(tmp_path / "a", before, rehearsal=using(QUARTER, 2).rehearsal)
    (not_rehearsed,) = run(tmp_path / "b", before)
    assert rehearsed.notebook.read_bytes() == not_rehearsed.notebook.read_bytes()
    assert caplog.messages == []


@pytest.fixture(scope="module")
def anything(tmp_path_factory):
    """Cells of every sort, the last but one of which fails, with both sorts of kernels."""
    # With it, an ordinary kernel hears nothing of other programs.
    del os.environ["PYTEST_CURRENT_TEST"]
    folder = tmp_path_factory.mktemp("anything")
    sources = [page(template(folder, *ANYTHING)), page(BAD / "fails_in_cell_4.ipynb", "A2")]
    return {
        how: [result.failure for result in make(folder / how, *sources, execute=execute)]
        for how, execute in (("stock", stock), ("warm", None))
    }


@pytest.mark.parametrize("which", [0, 1])
def test_everything_a_cell_can_put_out_is_put_out_alike(anything, which):
    ordinary, warm = (raw(anything[how][which].half_run) for how in ("stock", "warm"))
    assert outputs(warm) == outputs(ordinary)
    assert warm == ordinary


def test_a_flush_ends_an_output_and_nothing_else_does(tmp_path):
    source = "import sys; print('a'); print('b'); sys.stdout.flush(); print('c')"
    (made,) = make(tmp_path, page(template(tmp_path, source)))
    (cell,) = [c for c in notebooks.read(made.notebook).cells if c.source == source]
    assert [output.text for output in cell.outputs] == ["a\nb\n", "c\n"]


def test_a_failing_cell_is_told_alike(anything):
    for ordinary, warm in zip(anything["stock"], anything["warm"], strict=True):
        assert replace(warm, half_run=None) == replace(ordinary, half_run=None)
        assert warm.cell


def test_nothing_of_one_page_reaches_the_next(tmp_path):
    look = (
        "import builtins, os, pandas\n"
        "hasattr(builtins, 'left'), os.environ.get('LEFT'), os.path.basename(os.getcwd())"
        " == 'left', pandas.get_option('display.max_rows')"
    )
    leave = (
        "import builtins, os, pandas\n"
        "builtins.left = 1; os.environ['LEFT'] = '1'; pandas.set_option('display.max_rows', 7)\n"
        "os.makedirs('left', exist_ok=True); os.chdir('left')"
    )
    clean, dirty = template(tmp_path, look), template(tmp_path, leave, look, name="dirty.ipynb")
    made = make(tmp_path, page(dirty, "A1"), page(clean, "A2"), page(dirty, "A3"), jobs=1)
    shown = [result.notebook.read_text() for result in made]
    assert "(False, None, False, 60)" in shown[1]
    assert all("(True, '1', True, 7)" in text for text in (shown[0], shown[2]))


def test_chance_is_a_pages_own_and_the_order_of_sets_is_not(tmp_path):
    draw = "import numpy, random; print('drawn', numpy.random.random(), random.random())"
    order = "print('hashed', hash('a word'))"
    found = template(tmp_path, draw, order)
    made = make(tmp_path, page(found, "A1"), page(found, "A2"))
    texts = [result.notebook.read_text() for result in made]
    for which, different in (("drawn", 2), ("hashed", 1)):
        assert len({re.search(f"{which} [^\\\\]*", text).group() for text in texts}) == different


def test_what_templates_import_is_there_before_a_page_starts(tmp_path):
    said = "import sys; print('imported', 'tests.press.pictures' in sys.modules)"
    later = "from tests.press import pictures"
    (made,) = make(tmp_path, page(template(tmp_path, said, later)))
    assert "imported True" in made.notebook.read_text()


def test_the_imports_of_templates_are_listed_once():
    found = templates.imports([TEMPLATES / "trust.ipynb", TEMPLATES / "england.ipynb"])
    assert found == ["from tests.press import pictures"]


def test_a_cell_that_is_no_plain_python_imports_nothing(tmp_path):
    assert templates.imports([template(tmp_path, "%time import os", "import re")]) == ["import re"]


DIES = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
CRASHES = "import ctypes; ctypes.string_at(0)"


@pytest.mark.parametrize("death", [DIES, CRASHES])
def test_a_page_whose_kernel_dies_fails_alone(tmp_path, death):
    dying = template(tmp_path, "print('last words')", death, name="dying.ipynb")
    good = template(tmp_path, "'well'")
    bad, well = make(tmp_path, page(dying, "A1"), page(good, "A2"), jobs=1)
    assert bad.failure.error == "the kernel died, as it does when memory runs out"
    assert (bad.failure.cell, bad.failure.source) == (4, death)
    assert "last words" in bad.failure.half_run.read_text()
    assert well.failure is None


def test_a_page_that_takes_too_much_memory_fails_alone(tmp_path):
    greedy = template(tmp_path, "much = bytearray(2**29)", name="greedy.ipynb")
    modest = template(tmp_path, "much = bytearray(2**24); len(much)")
    bad, well = make(tmp_path, page(greedy, "A1"), page(modest, "A2"), memory=2**28)
    assert bad.failure.error == "MemoryError"
    assert bad.failure.cell == 3
    assert well.failure is None


def test_a_page_that_takes_too_long_fails_alone(tmp_path):
    told = tmp_path / "process"
    endless = (
        f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); print('begun')\n"
        "time.sleep(600)"
    )
    bad, well = make(
        tmp_path,
        page(template(tmp_path, endless, name="endless.ipynb"), "A1"),
        page(template(tmp_path, "'well'"), "A2"),
        seconds=6,
    )
    assert bad.failure.error == "A cell timed out while it was being executed, after 6 seconds"
    assert "begun" in bad.failure.half_run.read_text()
    assert well.failure is None
    assert_gone(int(told.read_text()))


def test_an_interrupt_ends_a_cell_as_it_does_in_an_ordinary_kernel(tmp_path):
    source = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
    (made,) = make(tmp_path, page(template(tmp_path, source)))
    assert made.failure.error == "KeyboardInterrupt"


def assert_gone(*processes):
    """No process with one of these ids is left; what was killed may take a moment to go."""
    until = time.monotonic() + 10
    while left := [pid for pid in processes if psutil.pid_exists(pid)]:
        assert time.monotonic() < until, left
        time.sleep(0.05)


def endless(folder):
    """A page that never ends, and the folder where its kernel leaves its process id."""
    told = folder / "processes"
    told.mkdir()
    source = (
        "import os, time\n"
        f"open(os.path.join({str(told)!r}, str(os.getpid())), 'w').close(); time.sleep(600)"
    )
    return page(template(folder, source, name="endless.ipynb")), told


def begun(told):
    """Wait until a kernel left its process id in a folder, and return it."""
    until = time.monotonic() + 30
    while not (found := [int(left.name) for left in told.iterdir()]):
        assert time.monotonic() < until, "no kernel began"
        time.sleep(0.05)
    return found[0]


def test_an_interrupted_run_leaves_no_process_and_no_file(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("t")))
    never, told = endless(tmp_path)
    started = set()

    def interrupt(_):
        begun(told)
        started.update(child.pid for child in psutil.Process().children(recursive=True))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.run(
            [never, page(template(tmp_path, "'well'"), "A2")],
            out=tmp_path / "out",
            tables=tables_of(tmp_path / "tables"),
            edition=EditionFacts(QUARTER, "2025-26"),
            on_done=interrupt,
        )
    assert begun(told) in started
    assert len(started) >= 4  # the server, its kernel, two workers
    tracker = {child.pid for child in psutil.Process().children()}  # Python's own, which stays
    assert_gone(*(started - tracker))
    assert list(Path(tempfile.gettempdir()).iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_no_process(tmp_path, tmp_path_factory, monkeypatch, how):
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("t")))  # where a killed run litters
    never, told = endless(tmp_path)
    run = multiprocessing.get_context("spawn").Process(target=make, args=(tmp_path, never))
    run.start()
    kernel = begun(told)
    started = [child.pid for child in psutil.Process(run.pid).children(recursive=True)]
    os.kill(run.pid, how)
    run.join()
    assert kernel in started
    assert_gone(*started)


def test_a_run_leaves_no_process_behind(tmp_path):
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    make(tmp_path, page(template(tmp_path, "'well'")))
    left = {
        child.pid
        for child in psutil.Process().children(recursive=True)
        if "resource_tracker" not in " ".join(child.cmdline())
    }
    assert left <= before


def ready_in(folder):
    (folder / "s").mkdir()
    return readiness.ready(Preparation(), 60, environment(folder, 0, folder / "s"), folder / "s")


def test_where_there_are_no_forks_kernels_are_ordinary_and_the_log_says_so(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(readiness, "possible", lambda: False)
    with ready_in(tmp_path) as ready:
        assert ready.execute is stock
    assert ["ordinary kernels" in message for message in caplog.messages] == [True]


def test_a_server_without_pages_is_gone_at_once(tmp_path):
    with ready_in(tmp_path):
        (server,) = [
            child
            for child in psutil.Process().children(recursive=True)
            if "oversight_lib.press.warm.server" in child.cmdline()
        ]
    assert not server.is_running()


@pytest.mark.parametrize(
    ("platform", "methods", "expected"),
    [
        ("linux", ["fork", "spawn"], True),
        ("darwin", ["spawn", "fork"], False),
        ("win32", ["spawn"], False),
    ],
)
def test_forks_are_possible_on_linux_only(monkeypatch, platform, methods, expected):
    monkeypatch.setattr(readiness.sys, "platform", platform)
    monkeypatch.setattr(readiness.multiprocessing, "get_all_start_methods", lambda: methods)
    assert readiness.possible() is expected


def test_a_path_too_long_for_a_socket_is_no_error(tmp_path, caplog):
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    with ready_in(folder) as ready:
        assert ready.execute is stock
    assert "ordinary kernels" in caplog.text


def test_a_server_that_dies_is_told_and_pages_are_made_all_the_same(tmp_path, caplog):
    dies = "import os; os.write(2, b'no room left'); os._exit(3)"
    (made,) = make(tmp_path, page(template(tmp_path, "'well'")), rehearsal=(dies,))
    assert made.failure is None
    assert any("died" in message for message in caplog.messages)
    assert "no room left" in caplog.text


def test_a_rehearsal_that_fails_is_told_and_pages_are_made_all_the_same(tmp_path, caplog):
    caplog.set_level(logging.WARNING, "oversight")
    (made,) = make(tmp_path, page(template(tmp_path, "'well'")), rehearsal=("1 / 0",))
    assert made.failure is None
    assert "1 / 0" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_time_that_ran_out_is_told_in_one_line(tmp_path):
    class CellTimeoutError(TimeoutError):
        """As nbclient's."""

    words = "A cell timed out, after 6 seconds.\nHere is a preview of the cell contents:\n---"
    failure = failed(CellTimeoutError(words), tmp_path / "none", tmp_path / "kept")
    assert failure.error == "A cell timed out, after 6 seconds"
    assert list(tmp_path.iterdir()) == []
