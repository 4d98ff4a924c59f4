"""Pages made on a cluster are those made here, whatever becomes of the workers."""

import os
import signal
from contextlib import contextmanager
from functools import partial

import pytest

from oversight_lib.press import packs
from oversight_lib.press.crew import local
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


@pytest.fixture
def small(plan, edition, tmp_path):
    return Small(plan, edition, tmp_path, crew=cluster.dask(None, 2))


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


def test_a_page_whose_worker_is_lost_is_made_by_another(small, monkeypatch):
    lost = []
    clients = cluster._client

    @contextmanager
    def losing(*told):
        with clients(*told) as client:
            submit = client.submit

            def submitted(*words, **how):
                if not lost and len(client.futures) > 2:
                    lost.extend(client.run(os.getpid).values())
                    os.kill(lost[0], signal.SIGKILL)
                return submit(*words, **how)

            monkeypatch.setattr(client, "submit", submitted)
            yield client

    monkeypatch.setattr(cluster, "_client", losing)
    made = small.build()
    assert lost
    small.crew = local
    assert made == small.afresh()


def test_a_worker_with_other_code_is_refused(small, monkeypatch):
    monkeypatch.setattr(cluster, "_installed", lambda: ("other code", "data"))
    with pytest.raises(cluster.PageError, match="a worker's code or data are not those of the run"):
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


def test_packs_printed_on_a_cluster_are_the_same_bytes(plan, edition, tmp_path):
    on = partial(cluster.printers, None)
    here, _ = printed(plan, edition, tmp_path / "here", packs.local)
    there, _ = printed(plan, edition, tmp_path / "there", on)
    assert len(here) == 8
    assert there == here
    fewer, results = printed(plan, edition, tmp_path / "fewer", on, failing={"regions/y56"})
    assert len(fewer) == 7
    (failed,) = [result for result in results if result.failure]
    assert (failed.page.slug, failed.failure.split(":")[0]) == ("regions/y56", "ZeroDivisionError")


def test_a_worker_with_other_code_prints_nothing(plan, edition, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_installed", lambda: ("other code", "data"))
    with pytest.raises(cluster.PageError, match="a worker's code or data are not those of the run"):
        printed(plan, edition, tmp_path, partial(cluster.printers, None))


def test_an_address_without_a_scheduler_is_told(monkeypatch):
    monkeypatch.setattr(
        cluster.distributed, "Client", lambda *_, **__: (_ for _ in ()).throw(OSError("nobody"))
    )
    with (
        pytest.raises(cluster.PageError, match="there is no scheduler at the address"),
        cluster._client("tcp://127.0.0.1:1", 1),
    ):
        pass
