"""A quarter's files: all that are known, and what is left out is said."""

import pytest

from oversight_lib.errors import FetchError
from oversight_lib.intake.fetching import fetch
from oversight_lib.intake.fetching.listed import published_files
from tests.intake.fetching.servers import page, status, whole
from tests.intake.fetching.test_download import QUICK
from tests.intake.published import FIGURES_FILE, LEAGUE_FILE, Q1, Q2, Q4

NAMES = [file.variant[0].name for file in published_files().of(Q1)]
ACUTE, MENTAL_HEALTH, AMBULANCE, LEAGUE = NAMES
FIGURES = whole(FIGURES_FILE.read_bytes())


@pytest.fixture
def mirror(served):
    for name in (ACUTE, MENTAL_HEALTH, AMBULANCE):
        served.says(name, FIGURES)
    served.says(LEAGUE, whole(LEAGUE_FILE.read_bytes()))
    return served


def fetched(mirror, tmp_path, quarter=Q1, **options):
    return fetch(quarter, tmp_path / "files", base_url=mirror.base, patience=QUICK, **options)


def test_a_mirror_has_every_file_by_its_name(mirror, tmp_path):
    found = fetched(mirror, tmp_path)
    assert [one.path.name for one in found.fetched] == NAMES
    assert found.left_out == ()
    assert [path for path, _ in mirror.asked] == [f"/{name}" for name in NAMES]
    assert all(agent.startswith("oversight/") for agent in mirror.headers("User-Agent"))


def test_no_password_from_this_machine_is_sent(mirror, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    fetched(mirror, tmp_path)
    assert set(mirror.headers("Authorization")) == {None}


def test_a_file_that_a_mirror_has_not_is_left_out_and_said(mirror, tmp_path):
    mirror.says(LEAGUE, status(404))
    found = fetched(mirror, tmp_path)
    assert len(found.fetched) == 3
    assert f"Not fetched: Q1 2025/26, acute, league: there is no {mirror.base}/{LEAGUE}" in str(
        found
    )


def test_a_mirror_that_has_nothing_is_an_error(served, tmp_path):
    with pytest.raises(FetchError, match="4 of the files of Q1 2025/26 are not where they were"):
        fetched(served, tmp_path)


def test_every_file_that_cannot_be_had_is_named_at_once_and_the_good_ones_stay(mirror, tmp_path):
    mirror.says(ACUTE, page())
    mirror.says(LEAGUE, status(503))
    with pytest.raises(FetchError) as caught:
        fetched(mirror, tmp_path)
    said = str(caught.value)
    assert f"{ACUTE}: this is a web page" in said
    assert f"{LEAGUE}: the server answers 503" in said
    there = {path.name for path in (tmp_path / "files").glob("*.csv")}
    assert there == {MENTAL_HEALTH, AMBULANCE}


def test_of_several_names_the_newest_that_is_there_is_taken(served, tmp_path):
    own = tmp_path / "data" / "oversight" / "published-files.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        f'base = "{served.base}"\npage = "https://example.org/"\n[[file]]\nquarter = "2025-26-q2"\n'
        'trust_type = "acute"\nkind = "figures"\nvariant = [\n'
        '    { name = "a-v3.csv", folder = "x" }, { name = "a-v2.csv", folder = "x" },\n'
        '    { name = "a.csv", folder = "y" },\n]\n'
    )
    served.says("x/a-v2.csv", FIGURES)
    served.says("y/a.csv", FIGURES)
    found = fetch(Q2, tmp_path / "files", data=tmp_path / "data", patience=QUICK)
    assert [one.address for one in found.fetched] == [f"{served.base}/x/a-v2.csv"]


@pytest.mark.parametrize(("quarter", "why"), [(Q2, "is not known; it is linked from"),
                                              (Q4, "no file of Q4 2025/26 is listed")])  # fmt: skip
def test_an_address_that_is_not_known_is_not_guessed(quarter, why, tmp_path):
    with pytest.raises(FetchError, match=why) as caught:
        fetch(quarter, tmp_path / "files", patience=QUICK)
    assert "take them in with `oversight intake`" in str(caught.value)
    assert not (tmp_path / "files").exists()
