"""Packs of a plan: at the pages' addresses, in order, and one that fails fails alone."""

from functools import partial

from oversight_lib.errors import PageError
from oversight_lib.method import reading
from oversight_lib.press import packs
from oversight_lib.press.cache.asked import Answers
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.cache.papers import Papers
from oversight_lib.press.cache.tables import Tables
from oversight_lib.press.folders import fresh
from tests.press.packs.papers import Paper, Picture, Section


def write(failing, page):
    """The paper of a page; that of one page cannot be set, that of another cannot be written."""
    if page.slug in failing:
        return Paper().saying(Section("S", (Picture("no picture", "words"),)))
    if page.title == "unwritable":
        raise ZeroDivisionError
    return Paper(title=page.title)


def test_packs_stand_at_the_addresses_of_their_pages_and_pages_of_nobody_have_none(
    plan, edition, tmp_path
):
    told = []
    results = packs.run(plan, partial(write, ()), to=tmp_path, edition=edition, on_done=told.append)
    wanted = [page.slug for page in plan if page.code or page.kind == "england"]
    assert "back-test" in {page.slug for page in plan}
    assert [result.page.slug for result in results] == wanted
    assert told == results
    assert all((tmp_path / f"{slug}.pdf").read_bytes().startswith(b"%PDF") for slug in wanted)
    assert packs.pack_error(results) is None


def test_a_pack_that_fails_is_told_and_the_others_are_made(plan, edition, tmp_path):
    results = packs.run(plan, partial(write, {"regions/y56"}), to=tmp_path, edition=edition)
    failed = [result for result in results if result.failure]
    assert [result.page.slug for result in failed] == ["regions/y56"]
    assert "Traceback" in failed[0].trace
    assert not (tmp_path / "regions" / "y56.pdf").exists()
    assert (tmp_path / "england.pdf").exists()
    error = packs.pack_error(results)
    assert isinstance(error, PageError)
    assert "1 of 8 board packs could not be made" in str(error)
    assert "regions/y56" in str(error)


def test_several_processes_print_the_same_bytes_as_one(plan, edition, tmp_path):
    for jobs in (1, 2):
        to = tmp_path / str(jobs)
        packs.run(plan, partial(write, ()), to=to, edition=edition, jobs=jobs)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.pdf")}
        for folder in (tmp_path / "1", tmp_path / "2")
    )
    assert len(one) == 8
    assert one == two


def reading_write(page):
    """The paper of a page, which asks for the rows of whomever it is about."""
    reading.note("scores", {"org": [page.code]} if page.kind == "trust" else None)
    return Paper(title=page.title)


def test_a_pack_that_is_made_from_the_same_is_not_printed_again(plan, edition, tmp_path):
    def run(scores, code="1"):
        (tmp_path / "tables" / "scores.csv").write_text(f"org,score\n{scores}")
        kept = Papers(
            Entries(tmp_path / "cache"), Answers(Tables(tmp_path / "tables")), {"our code": code}
        )
        told, to = [], fresh(tmp_path / "packs")
        packs.run(plan, reading_write, to=to, edition=edition, kept=kept, on_done=told.append)
        made = {path.relative_to(to): path.read_bytes() for path in to.rglob("*.pdf")}
        return made, [result.page.slug for result in told]

    (tmp_path / "tables").mkdir()
    first, told = run("R1H,1\nRQX,2\n")
    assert len(told) == 8
    assert run("R1H,1\nRQX,2\n") == (first, [])
    _, told = run("R1H,1\nRQX,3\n")
    assert {"england", "trusts/rqx"} <= set(told)
    assert not {"trusts/r1h", "trusts/rrk"} & set(told)
    assert len(run("R1H,1\nRQX,3\n", code="2")[1]) == 8
    for path in (tmp_path / "cache").rglob("*.entry"):
        path.write_bytes(path.read_bytes()[:-1] + b" ")
    assert run("R1H,1\nRQX,3\n", code="2")[0] == first
