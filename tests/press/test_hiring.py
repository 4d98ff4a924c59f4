"""A crew that is hired early prepares at once, works at one site, and goes when it is done."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from oversight_lib.periods import Quarter
from oversight_lib.press import hiring
from tests.conftest import ROOT

QUARTER = Quarter.parse("2025-26-q3")


@pytest.fixture
def site(tmp_path):
    return hiring.site(QUARTER, tables=tmp_path / "tables", templates=ROOT / "notebooks", jobs=2)


@pytest.fixture
def crew():
    """A crew that says when it came, worked and went."""
    said = []

    @contextmanager
    def crew(_):
        said.append("came")
        try:
            yield lambda pages: iter(said.append("worked") or pages)
        finally:
            said.append("went")

    crew.said = said
    return crew


def test_a_site_is_known_before_anything_of_its_edition_is(site):
    assert site.using == hiring.using(QUARTER, 2)
    assert "from oversight_lib import report" in site.imports
    assert any("2025-26-q3" in statement for statement in site.using.rehearsal)
    assert not site.tables.exists()


def test_a_crew_comes_at_once_and_goes_when_its_work_is_done(crew, site):
    with hiring.begun(crew, site) as hired:
        assert crew.said == ["came"]
        with hired(replace(site, imports=())) as work:
            assert list(work(["a page"])) == ["a page"]
        assert crew.said == ["came", "worked", "went"]
    assert crew.said == ["came", "worked", "went"]


def test_a_crew_nobody_has_work_for_goes_at_the_end(crew, site):
    with hiring.begun(crew, site):
        pass
    assert crew.said == ["came", "went"]


@pytest.mark.parametrize("other", ["tables", "epoch", "using"])
def test_for_another_site_another_crew_is_hired(crew, site, other):
    others = {"tables": site.tables / "x", "epoch": 0, "using": hiring.using(QUARTER, 3)}
    with hiring.begun(crew, site) as hired, hired(replace(site, **{other: others[other]})):
        assert crew.said == ["came", "went", "came"]
    assert crew.said == ["came", "went", "came", "went"]


def test_a_crew_that_knows_older_code_makes_no_page(crew, site, monkeypatch):
    with hiring.begun(crew, site) as hired:
        monkeypatch.setattr(hiring.digests, "code", lambda: "newer")
        with hired(site):
            assert crew.said == ["came", "went", "came"]
