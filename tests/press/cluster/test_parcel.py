"""What is sent is the same bytes, and what is not sent has to be the same where it arrives."""

import pytest

from oversight_lib.press.cache.asked import Asked
from oversight_lib.press.checkout import HOME
from oversight_lib.press.cluster import parcel
from oversight_lib.press.cluster.parcel import Parcel, came_home, leaving
from oversight_lib.press.crew import Site
from oversight_lib.press.kernels import Kernels


@pytest.fixture
def site(tmp_path):
    (tmp_path / "tables" / "deep").mkdir(parents=True)
    (tmp_path / "tables" / "a.csv").write_text("a")
    (tmp_path / "tables" / "deep" / "b.csv").write_text("b")
    return Site(tmp_path / "tables", 0, Kernels(1))


def test_tables_arrive_as_they_left_and_are_the_same_parcel_again(site, tmp_path):
    sent = Parcel.of(site, [], 2)
    sent.unpack(tmp_path / "there")
    there = {path.name: path.read_text() for path in (tmp_path / "there").rglob("*.csv")}
    assert there == {"a.csv": "a", "b.csv": "b"}
    (site.tables / "a.csv").touch()
    assert Parcel.of(site, [], 2).digest == sent.digest
    (site.tables / "a.csv").write_text("A")
    assert Parcel.of(site, [], 2).digest != sent.digest


def test_what_was_asked_for_on_a_worker_is_as_if_it_had_been_asked_for_here(tmp_path):
    there, ours = tmp_path / "there", tmp_path / "ours"
    ours.mkdir()
    asked = Asked(("a read",), (f"{there}/a.csv", f"{HOME}/data/b.csv"), (str(there), str(HOME)))
    left = leaving(asked, there)
    assert not any(str(there) in path for path in (*left.files, *left.folders))
    assert came_home(left, ours) == Asked(
        ("a read",), (f"{ours}/a.csv", f"{HOME}/data/b.csv"), (str(ours), str(HOME))
    )


@pytest.mark.parametrize("where", ["files", "folders"])
def test_what_was_asked_of_the_workers_machine_alone_is_not_known_here(tmp_path, where):
    # One that begins like the folder of tables stands beside it, and not in it.
    asked = Asked(**{where: (f"{tmp_path}/tables-of-another/a",)})
    assert leaving(asked, tmp_path / "tables") is None


def test_a_worker_has_the_code_the_data_the_packages_and_the_rules_of_the_run():
    parcel.refuse_others(parcel.installed())
    assert len(parcel.installed()) == 4


@pytest.mark.parametrize("name", sorted(parcel.installed()))
def test_a_worker_that_has_something_else_says_what(name):
    with pytest.raises(parcel.PageError, match="a worker does not have what the run has") as raised:
        parcel.refuse_others({**parcel.installed(), name: "other"})
    assert [problem.where for problem in raised.value.problems] == [f"{HOME}: {name}"]


def test_a_worker_that_was_started_before_its_code_was_changed_is_refused(monkeypatch):
    """What stands on its disk is what the run has; what it runs is not."""
    monkeypatch.setattr(parcel, "_LOADED", {**parcel.installed(), "our code": "older"})
    with pytest.raises(parcel.PageError, match=": our code"):
        parcel.refuse_others(parcel.installed())


def test_rules_of_ones_own_are_to_be_those_of_the_run(monkeypatch, tmp_path):
    ours = parcel.installed()
    (tmp_path / "own.toml").write_text("")
    monkeypatch.setenv("OVERSIGHT_RULES", str(tmp_path / "own.toml"))
    with pytest.raises(parcel.PageError, match=": the rules of one's own"):
        parcel.refuse_others(ours)
