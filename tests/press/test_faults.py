"""Whatever ends a run, the next one ends in a right edition, and never in a stale or half page."""

import multiprocessing
import os
import pickle
import random
import signal
import subprocess
import sys
import time

import psutil
import pytest

from oversight_lib.errors import BindingError, OversightError
from oversight_lib.press.crew import KILLED
from oversight_lib.press.warm import ready as readiness
from oversight_lib.press.workers import stoppable
from tests.press.small import Small

pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(not readiness.possible(), reason="nobody watches ordinary kernels"),
]
KILLS = int(os.environ.get("OVERSIGHT_KILLS", "1"))
"""How often a build is killed at a random moment; ten times take some minutes."""


@pytest.fixture
def small(plan, edition, tmp_path):
    return Small(plan, edition, tmp_path)


def test_a_worker_that_is_killed_fails_its_pages_and_the_next_run_makes_them(small):
    small.plan = [page for page in small.plan if page.slug != "england"] + small.plan[:1]
    failed = []

    def kill(result):
        if result.failure:
            failed.append(result.failure.error)
        elif not failed:
            for child in multiprocessing.active_children():
                child.kill()

    with pytest.raises(BindingError, match="england"):  # which others point to, and which failed
        small.build(on_done=kill)
    assert set(failed) == {KILLED}
    assert small.build() == small.afresh()


def test_a_kernel_that_is_killed_fails_its_page_and_the_next_run_makes_it(small):
    flag = small.folder / "dies"
    flag.touch()
    source = f"import os, signal; os.path.exists({str(flag)!r}) and os.kill(os.getpid(), 9)"
    small.add_cell("rules.ipynb", source)
    failed = []
    small.build(on_done=lambda result: failed.append(result.page.slug) if result.failure else None)
    assert failed == ["rules"]
    flag.unlink()
    assert small.build() == small.afresh()
    assert set(small.made) == {
        page.slug for page in small.plan
    }  # the last build's, which was afresh


def test_a_build_that_is_killed_at_any_moment_is_gone_on_with(small):
    small.build()
    chance = random.Random(2026)
    for number in range(KILLS):
        small.remarks["RQX"] = f"edit {number}"
        small.say()
        small.add_cell("england.ipynb", str(number))
        run = multiprocessing.get_context("spawn").Process(target=Small.build, args=(small,))
        run.start()
        run.join(chance.uniform(0.5, 12.0))
        run.kill()
        run.join()
    assert small.build() == small.afresh()


@stoppable()
def asked_to_end():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)


def test_a_request_to_end_interrupts():
    with pytest.raises(KeyboardInterrupt):
        asked_to_end()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


STOPPED = """
import pickle, signal, sys
from tests.press.small import Small
from oversight_lib.press.workers import stoppable
if __name__ == "__main__":
    # Tests that a shell runs in the background ignore it, and so would what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    small = pickle.load(open(sys.argv[1], "rb"))
    with stoppable():
        small.build(on_done=lambda result: print(result.page.slug, flush=True))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_soon_and_keeps_what_was_made(small, how, tmp_path):
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED)
    (tmp_path / "small").write_bytes(pickle.dumps(small))
    small.add_cell("rules.ipynb", "import time; time.sleep(60)")
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "small")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as build:  # fmt: skip
        made = [build.stdout.readline().strip() for _ in range(2)]
        processes = psutil.Process(build.pid).children(recursive=True)
        build.send_signal(how)
        # The last page would take twice as long: the build did not wait for it.
        build.wait(30)
    psutil.wait_procs(processes, timeout=10)
    assert not [process for process in processes if process.is_running()]
    kept = [f"{slug}.entry" for slug in made]
    assert all((small.folder / "on" / "cache" / "pages" / name).is_file() for name in kept)


def mounted(folder, size, *options):
    words = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={size}", *options]), "tmpfs"]
    done = subprocess.run([*words, str(folder)], capture_output=True, text=True, check=False)
    return done.returncode == 0


def test_a_disk_that_is_full_ends_the_run_and_with_room_the_next_is_right(small):
    place = small.folder / "on"
    place.mkdir()
    if not mounted(place, "400k"):
        pytest.skip("a small disk cannot be made here: mounting is not permitted")
    try:
        with pytest.raises((OSError, BindingError, OversightError)):
            small.build()
        assert mounted(place, "300m", "remount")
        assert small.build() == small.afresh()
    finally:
        subprocess.run(["umount", str(place)], check=False)
