"""The bench of a worker, in this process: one at a time, for one site, told of one parcel."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from oversight_lib.press.cluster import bench
from oversight_lib.press.cluster.parcel import Parcel
from oversight_lib.press.crew import Site
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.warm import ready as readiness

pytestmark = pytest.mark.skipif(not readiness.possible(), reason="there are no kernels to prepare")


@pytest.fixture
def site(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "note.txt").write_text("a note")
    return Site(tmp_path / "tables", 0, Kernels(1))


@pytest.fixture(autouse=True)
def _cleared():
    before, place = surroundings(), Path.cwd()
    yield
    bench._clear()
    assert surroundings() == before
    os.chdir(place)


def surroundings():
    return {name: told for name, told in os.environ.items() if not name.startswith("PYTEST")}


def the_bench():
    (found,) = bench._BENCHES
    return found


def test_a_bench_is_prepared_once_and_told_when_there_is_a_parcel(site):
    bench.prepare(site)
    prepared = the_bench()
    assert not prepared.told
    assert not prepared.tables.exists()
    parcel = Parcel.of(site, [], 1)
    assert bench._bench(parcel) is prepared
    assert prepared.told == parcel.digest
    assert (prepared.tables / "note.txt").read_text() == "a note"
    # One that comes late, when pages are being made already, changes nothing.
    bench.prepare(site)
    assert bench._bench(parcel) is prepared is the_bench()


def test_another_site_or_other_tables_have_another_bench(site):
    first = bench._bench(Parcel.of(site, [], 1))
    (site.tables / "note.txt").write_text("another")
    second = bench._bench(Parcel.of(site, [], 1))
    assert second is not first
    assert not first.scratch.exists()
    bench.prepare(replace(site, epoch=1))
    assert the_bench().site.epoch == 1
    assert not second.scratch.exists()
