"""What is made on a cluster is what is made here, whatever becomes of the workers."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from oversight_lib.press import packs
from oversight_lib.press.crew import Site, local
from oversight_lib.press.downloads.handout import handout, here
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.warm import ready as readiness
from tests.press.packs.papers import Paper
from tests.press.small import Small

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
from oversight_lib.press import cluster  # noqa: E402 - an extra

pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(not readiness.possible(), reason="nobody watches ordinary kernels"),
    # It warns of ports that are taken, of processes that ended, and of what it will do otherwise.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def ours():
    with cluster.opened(None, 2) as ours:
        yield ours


@pytest.fixture
def small(plan, edition, tmp_path, ours):
    return Small(plan, edition, tmp_path, crew=ours.pages)


def test_a_cluster_makes_the_same_bytes_and_keeps_the_same_pages(small):
    made = small.build()
    assert len(small.made) == len(small.plan)
    small.remarks["RQX"] = "Better"
    small.say()
    on = small.build()
    assert small.made == {"trusts/rqx": "changed: the table remarks (code RQX)"}
    small.crew = local
    assert small.build() == on
    assert small.made == {}
    assert on == small.afresh()
    assert made != on


def test_workers_prepare_before_there_is_work_and_do_it_there(ours, plan, tmp_path):
    tables = tmp_path / "tables"
    site = Site(tables, 0, Kernels(2))
    with ours.pages(site) as work:
        # Each does what it is told in turn: when it has done this, it has prepared.
        asked = [ours.client.submit(os.getcwd, workers=[worker], pure=False)
                 for worker in ours.workers]  # fmt: skip
        distributed.wait(asked)
        folders = ours.client.run(os.getcwd)
        tables.mkdir()
        (tables / "note.txt").write_text("a note")
        made = list(work([page for page in plan if page.slug in {"england", "trusts/rqx"}]))
    assert all(outcome.executed for _, outcome in made)
    assert ours.client.run(os.getcwd) == folders
    assert len(set(folders.values())) == 2
    assert {Path(folder, "tables", "note.txt").exists() for folder in folders.values()} >= {True}


def test_a_page_whose_worker_is_lost_is_made_by_another(small, monkeypatch):
    lost = []
    with cluster.opened(None, 2) as ours:
        submit = ours.client.submit

        def submitted(*words, **how):
            if not lost and len(ours.client.futures) > 4:
                lost.extend(ours.client.run(os.getpid).values())
                os.kill(lost[0], signal.SIGKILL)
            return submit(*words, **how)

        monkeypatch.setattr(ours.client, "submit", submitted)
        small.crew = ours.pages
        made = small.build()
    assert lost
    small.crew = local
    assert made == small.afresh()


OTHER = dict.fromkeys(cluster.installed(), "other")


def test_a_worker_that_has_something_else_makes_no_page(small, monkeypatch):
    monkeypatch.setattr(cluster.parcel, "installed", lambda: OTHER)
    with pytest.raises(cluster.PageError, match="a worker does not have what the run has"):
        small.build()


def write(failing, page):
    """The paper of a page; that of one page cannot be written."""
    if page.slug in failing:
        raise ZeroDivisionError
    return Paper(title=page.title)


def printed(plan, edition, to, printers, failing=()):
    run = packs.Packs(plan, packs.Press(partial(write, failing), edition), to)
    results = run.print(2, printers)
    return {path.relative_to(to): path.read_bytes() for path in to.rglob("*.pdf")}, results


def test_packs_printed_on_a_cluster_are_the_same_bytes(ours, plan, edition, tmp_path):
    here, _ = printed(plan, edition, tmp_path / "here", packs.local)
    there, _ = printed(plan, edition, tmp_path / "there", ours.packs)
    assert len(here) == 8
    assert there == here
    fewer, results = printed(plan, edition, tmp_path / "fewer", ours.packs, failing={"regions/y56"})
    assert len(fewer) == 7
    (failed,) = [result for result in results if result.failure]
    assert (failed.page.slug, failed.failure.split(":")[0]) == ("regions/y56", "ZeroDivisionError")


def test_a_worker_that_has_something_else_prints_nothing(
    ours, plan, edition, tmp_path, monkeypatch
):
    monkeypatch.setattr(cluster, "installed", lambda: OTHER)
    with pytest.raises(cluster.PageError, match="a worker does not have what the run has"):
        printed(plan, edition, tmp_path, ours.packs)
    with pytest.raises(cluster.PageError, match="a worker does not have what the run has"):
        ours.files(partial(two_files, "words"), tmp_path)


def two_files(text, *, to):
    """Two handouts, one in a folder of the folder."""
    (to / "data").mkdir()
    for name in ("data/one.csv", "two.csv"):
        (to / name).write_text(f"{name},{text}")
    return [handout("table", name, to / name, to) for name in ("data/one.csv", "two.csv")]


def test_handouts_written_by_a_worker_stand_where_those_written_here_do(ours, tmp_path):
    places = tmp_path / "here", tmp_path / "there"
    for place in places:
        place.mkdir()
    write = partial(two_files, "words")
    assert ours.files(write, places[1]) == here(write, places[0])
    mine, theirs = (
        {path.relative_to(place): path.read_bytes() for path in place.rglob("*.csv")}
        for place in places
    )
    assert len(mine) == 2
    assert theirs == mine


def test_downloads_whose_workers_are_all_lost_are_told(ours, tmp_path, monkeypatch):
    class Lost:
        def result(self):
            raise distributed.KilledWorker("written", None, None)

    monkeypatch.setattr(ours.client, "submit", lambda *_, **__: Lost())
    with pytest.raises(cluster.PageError, match="downloads could not be written"):
        ours.files(partial(two_files, "words"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_of_our_own_does_not_watch_itself(ours):
    def found():
        from dask import config  # noqa: PLC0415 - sent to the workers

        return config.get("distributed.worker.profile.enabled")

    assert set(ours.client.run(found).values()) == {False}


def test_an_address_without_a_scheduler_is_told(monkeypatch):
    monkeypatch.setattr(
        cluster.distributed, "Client", lambda *_, **__: (_ for _ in ()).throw(OSError("nobody"))
    )
    with (
        pytest.raises(cluster.PageError, match="there is no scheduler at the address"),
        cluster.opened("tcp://127.0.0.1:1", 1),
    ):
        pass


def test_a_scheduler_without_workers_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", 2.0)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, processes=False) as empty,
        pytest.raises(cluster.PageError, match="the scheduler has nobody to work"),
        cluster.opened(empty.scheduler_address, 1),
    ):
        pass
