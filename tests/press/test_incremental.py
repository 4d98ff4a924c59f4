"""What is built on after an edit is what would be built afresh, and little of it is made again."""

import os

import pytest

from oversight_lib.press.warm import ready as readiness
from tests.press.small import Small, check_edits

pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(not readiness.possible(), reason="nobody watches ordinary kernels"),
]
EDITS = int(os.environ.get("OVERSIGHT_EDITS", "2"))
"""How many edits are tried; 50 of them take some minutes."""


@pytest.fixture
def small(plan, edition, tmp_path):
    return Small(plan, edition, tmp_path)


def test_after_every_edit_it_is_the_edition_built_afresh(small):
    check_edits(small, EDITS)


def test_an_edit_makes_those_pages_again_that_read_it(small):
    small.build()
    assert len(small.made) == len(small.plan)
    first = small.build()
    assert small.made == {}
    small.remarks["RQX"] = "Better"
    small.say()
    second = small.build()
    assert small.made == {"trusts/rqx": "changed: the table remarks (code RQX)"}
    changed = [name for name in first if first[name] != second[name]]
    assert set(changed) <= {
        "manifest.json", "notebooks/trusts/rqx.ipynb", "html/trusts/rqx.html",
        "html/searchindex.js",
    }  # fmt: skip
    assert b"Better" in second["html/trusts/rqx.html"]
    (small.tables / "note.txt").write_text("another")
    small.build()
    read_by = {"england", "regions/y56", "icbs/qmf", "trusts/r1h", "trusts/rqx"}
    assert read_by <= set(small.made)


def test_a_run_that_was_interrupted_goes_on_where_it_was(small):
    ended = []

    def stop(result):
        ended.append(result.page.slug)
        if len(ended) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small.build(on_done=stop)
    on = small.build()
    assert len(small.made) <= len(small.plan) - 3
    assert not set(ended) & set(small.made)
    assert on == small.afresh()
