"""A page shows what follows from its own segment, and says of the unknown that it is unknown."""

import pandas as pd
import pytest

from oversight_lib.frames import CAPABILITY
from oversight_lib.report import narrative, tables
from oversight_lib.report.tables.table import Table
from oversight_lib.rules.consequences import load_consequences
from tests.report.pages import changed, opened, page, page_of

Q1 = "2025-26-q1"


def column(table, heading):
    return list(next(c for c in table.columns if c.heading == heading).texts)


def test_the_final_segment_is_the_one_whose_consequences_are_shown(southampton):
    table = tables.consequences(southampton)
    assert table.caption == "What follows from segment 5, NHS Oversight Framework 2025/26"
    told = load_consequences(southampton.quarter.year)
    expected = [c.says or "Unknown: nothing read." for c in told.of(5)]
    assert column(table, "What is known")[: len(expected)] == expected
    assert "Shown for the final segment, 5." in repr(narrative.consequences(southampton))


def test_without_a_final_segment_it_is_the_one_after_the_override():
    view = page("trust", "G6V2S", "2025-26-q3")
    after = int(view.trusts["adjusted"].iloc[0])
    assert f"segment {after}," in tables.consequences(view).caption
    assert "not published this quarter" in repr(narrative.consequences(view))


def test_what_nobody_read_says_where_it_is_published(southampton):
    table = tables.consequences(southampton)
    rows = list(zip(column(table, "What is known"), column(table, "How it is known"), strict=True))
    unknown = [known for said, known in rows if said == "Unknown: nothing read."]
    assert unknown
    assert all(known.startswith("Published in ") for known in unknown)
    starts = ("Published ", "Somebody’s account: ", "Our judgement")
    assert all(known.startswith(starts) for _, known in rows)


def test_a_segment_that_is_not_known_has_no_consequences():
    view = page_of(changed(opened(Q1), "RHM", adjusted=pd.NA, final=pd.NA), "trust", "RHM")
    assert not isinstance(tables.consequences(view), Table)
    assert "it is not known" in repr(tables.consequences(view))


@pytest.mark.parametrize("kind", ["region", "icb"])
def test_roles_name_every_actor(kind):
    table = tables.roles(page(kind, {"region": "Y56", "icb": "QMF"}[kind]))
    assert list(table.names.drop_duplicates()) == [
        "NHS trusts", "Integrated care boards", "NHS England’s regions", "NHS England",
    ]  # fmt: skip


def test_the_next_year_is_named_and_its_unknowns_are_unknown(southampton):
    table = tables.next_year(southampton)
    assert table.caption.startswith("What 2026/27 changes")
    told = dict(zip(column(table, "About"), column(table, "What"), strict=True))
    assert told["The thresholds"] == "Unknown: nothing read."


def test_a_capability_rating_is_shown_where_a_user_has_one(southampton):
    assert "not loaded" in repr(tables.capability(southampton))
    rated = CAPABILITY.arrange(
        pd.DataFrame([["RHM", "to be rated again", "2025-12-01", "board paper"]],
                     columns=CAPABILITY.names)
    )  # fmt: skip
    view = page_of(opened(Q1).with_tables({"capability": rated}), "trust", "RHM")
    table = tables.capability(view)
    assert [list(c.texts) for c in table.columns] == [
        ["to be rated again"], ["2025-12-01"], ["board paper"],
    ]  # fmt: skip
    other = page_of(opened(Q1).with_tables({"capability": rated}), "trust", "RXG")
    assert "not loaded" in repr(tables.capability(other))
