"""A few pages are run before the others, and leave nothing with them but what all would make."""

import json

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from oversight_lib.press import notebooks, pages, rehearsal
from oversight_lib.press.crew import Site, local
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.rehearsal import A_REHEARSAL_FOR, rehearsals


def template(folder, *sources):
    """A template with the parameter code and these cells."""
    told = new_code_cell('code = "none"', metadata={"tags": ["parameters"]})
    cells = [new_markdown_cell("# {{ title }}"), told, *map(new_code_cell, sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return notebooks.write(made, folder / "page.ipynb")


def many(path, number, kind="trust"):
    """So many pages of a kind: X000, X001 …"""
    codes = [f"X{place:03}" for place in range(number)]
    return [pages.Page(kind, x, x, f"{kind}s/{x.lower()}", path, {"code": x}) for x in codes]


def test_few_pages_are_worth_no_rehearsal(tmp_path):
    assert rehearsals(many(template(tmp_path, "1"), A_REHEARSAL_FOR - 1)) == ()


def test_one_page_in_so_many_of_a_kind_is_run_evenly_spread(tmp_path):
    path = template(tmp_path, "code", "1 + 1")
    plan = many(path, 3 * A_REHEARSAL_FOR) + many(path, A_REHEARSAL_FOR, "icb")
    *run, _ = rehearsals(plan)
    # The middle of all boards; the middles of the three thirds of the trusts.
    middles = [12, 12, 36, 60]
    assert run == [f"code = 'X{place:03}'\ncode\n1 + 1" for place in middles]


def test_of_several_servers_each_rehearses_its_share_and_at_least_one_page(tmp_path):
    path = template(tmp_path, "code")
    plan = many(path, 4 * A_REHEARSAL_FOR) + many(path, A_REHEARSAL_FOR, "icb")
    *run, _ = rehearsals(plan, servers=2)
    # Of 24 boards the middle; of 96 trusts the middles of both halves.
    assert run == [f"code = 'X{place:03}'\ncode" for place in (12, 24, 72)]
    assert len(rehearsals(plan, servers=40)) == 3
    assert rehearsals(many(path, A_REHEARSAL_FOR - 1), servers=2) == ()


def test_what_a_rehearsed_page_asked_for_is_not_asked_for_by_those_after_it(tmp_path, monkeypatch):
    monkeypatch.setattr(rehearsal, "A_REHEARSAL_FOR", 1)
    own = "from oversight_lib.method import reading; reading.note('of ' + code)"
    plan = many(template(tmp_path, own, "import sys; len(sys.modules)"), 2)
    (tmp_path / "tables").mkdir()
    site = Site(tmp_path / "tables", 0, Kernels(1))
    with local(site) as work:
        made = {page.code: outcome.executed.asked.reads for page, outcome in work(plan)}
    named = {code: [json.loads(read)[0] for read in reads] for code, reads in made.items()}
    assert named == {"X000": ["of X000"], "X001": ["of X001"]}


def test_pages_are_made_after_a_rehearsal_that_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(rehearsal, "A_REHEARSAL_FOR", 1)
    plan = many(template(tmp_path, "assert code != 'X000'"), 2)
    (tmp_path / "tables").mkdir()
    site = Site(tmp_path / "tables", 0, Kernels(1))
    with local(site) as work:
        made = {page.code: outcome.failure is None for page, outcome in work(plan)}
    assert made == {"X000": False, "X001": True}
