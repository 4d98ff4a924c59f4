"""What changed since the quarter before: parts that add up, flows that count, grammar for any."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.frames import FLOWS, MOVEMENT
from oversight_lib.report import charts, formats, movement, narrative, tables
from oversight_lib.report.charts import Chart
from tests.report.pages import only, opened, page, page_of

Q1, Q2, Q3 = (f"2025-26-q{number}" for number in (1, 2, 3))
MINUS = "\N{MINUS SIGN}"


def told(shown):
    return repr(shown).replace("\xa0", " ")


def figure(text):
    return float(text.replace(MINUS, "-"))


def with_moves(rows, quarter=Q3):
    """England in a quarter, as if only these rows of MOVEMENT were there."""
    return page_of(opened(quarter).with_tables({MOVEMENT.name: rows}), "england", quarter=quarter)


@pytest.mark.parametrize("quarter", [Q2, Q3])
def test_the_parts_printed_add_up_to_the_change_printed_for_every_trust(quarter):
    for org in opened(quarter).overall["org"]:
        rows = BeautifulSoup(tables.drivers(page("trust", org, quarter))._repr_html_(), "lxml")
        *parts, whole = [
            [cell.text for cell in row.find_all("td")] for row in rows.tbody.find_all("tr")
        ]
        # In thousandths, so that no sum is off by what a binary fraction cannot hold.
        sums = sum(round(1000 * figure(part[0])) for part in parts)
        before, after = (round(1000 * figure(whole[at])) for at in (2, 3))
        assert sums == round(1000 * figure(whole[0])) == after - before, org


@pytest.mark.parametrize("org", ["RAT", "R1L", "G6V2S"])
def test_a_waterfall_says_the_parts_of_its_table(org):
    view = page("trust", org, Q3)
    alt = charts.waterfall(view).alt
    rows = BeautifulSoup(tables.drivers(view)._repr_html_(), "lxml").tbody.find_all("tr")
    for row in rows[:-1]:
        assert f"{row.th.text}: {row.td.text}" in alt
    start, end = (rows[-1].find_all("td")[at].text for at in (2, 3))
    assert f"Waterfall from {start} to {end}" in alt


@pytest.mark.parametrize(
    ("kind", "code", "column"), [("england", "", None), ("region", "Y56", "region")]
)
def test_flows_count_every_trust_once(kind, code, column):
    view = page(kind, code, Q3)
    rows = movement.moves(view)
    counts = movement.flows(view)
    assert int(counts.to_numpy().sum()) == len(rows)
    moved = int((rows["adjusted_before"] != rows["adjusted_after"]).sum())
    alt = charts.flows(view).alt.replace("\xa0", " ")
    assert alt.startswith(f"{moved} of {len(rows)} trusts ")
    told_pairs = {tuple(map(int, found)) for found in re.findall(r"from (\d) to (\d): (\d+)", alt)}
    table = view.assessment.table(FLOWS)
    mine = table[table["grouping"].eq(kind) & table["group"].isin(["England", code])]
    assert told_pairs == set(mine[["before", "after", "trusts"]].itertuples(index=False, name=None))


def test_where_the_quarter_before_is_not_loaded_words_say_so_once():
    view = page("england")
    assert told(narrative.changes(view)) == (
        "Q4 2024/25 was not scored under these rules, which begin with Q1 2025/26; so there is no "
        "quarter before to compare with. Ambulance trusts are not loaded for Q1 2025/26."
    )
    for shown in (charts.flows(view), tables.flows(view), tables.moves(view)):
        assert shown._repr_html_() == ""
    trust = page("trust", "RHM")
    assert told(narrative.changes(trust)) == (
        "Q4 2024/25 was not scored under these rules, which begin with Q1 2025/26; so there is no "
        "quarter before to compare with."
    )
    assert charts.waterfall(trust)._repr_html_() == tables.drivers(trust)._repr_html_() == ""


def test_a_trust_that_is_new_is_told_from_a_quarter_that_is_not_loaded():
    rows = opened(Q3).table(MOVEMENT)
    view = with_moves(rows[rows["org"] != "RAT"])
    assert "There are no figures of Q2 2025/26 for 1 trust of this page." in told(
        narrative.changes(view)
    )
    alone = page_of(view.assessment, "trust", "RAT", Q3)
    assert told(narrative.changes(alone)).startswith("There are no figures of Q2 2025/26 for this")


@pytest.mark.parametrize(
    ("orgs", "says"),
    [
        (["RAT"], "1 trust of this page can be compared with Q2 2025/26. No trust is in another"),
        (["R1D"], "The only trust is in another segment, with a smaller number than before."),
        (
            ["R1D", "R1L"],
            "Both trusts are in another segment: 1 in one with a smaller number and 1",
        ),
        (["R1D", "R1L", "RAT"], "2 of 3 trusts are in another segment: 1 in one with"),
    ],
)
def test_moves_are_counted_in_good_grammar(orgs, says):
    words = told(narrative.changes(page_of(only(opened(Q3), orgs), "england", quarter=Q3)))
    assert says in words


def test_one_thing_that_accounts_for_all_moves_is_named_without_a_count():
    words = told(narrative.changes(page_of(only(opened(Q3), ["R1D"]), "england", quarter=Q3)))
    assert "What accounts for the move: the scores." in words


@pytest.mark.parametrize("why", movement.WHY)
def test_every_reason_for_a_move_has_its_words(why):
    rows = opened(Q3).table(MOVEMENT)
    moved = rows.assign(why=rows["why"].mask(rows["why"].notna(), why))
    view = with_moves(moved)
    assert movement.WHY[why] in tables.moves(view)._repr_html_()
    trust = page_of(view.assessment, "trust", "R1D", Q3)
    assert "Its segment was 2 and is 1. " in told(narrative.changes(trust))
    assert "as it was" in told(narrative.changes(trust)) or "told apart" in told(
        narrative.changes(trust)
    )


def test_a_change_partly_of_other_metrics_is_not_called_clear_as_a_whole():
    # Kent Community, Q2 to Q3: 1.911 to 1.560. Its eighth metric went, the others together moved
    # by (-0.11 - 0.24 - 0.15) / 7.
    view = page("trust", "RYY", Q3)
    common = (-0.11 - 0.24 - 0.15) / 7
    other = (1.560 - 1.911) - common
    signed = [f"\N{MINUS SIGN}{abs(part):.3f}" for part in (common, other)]
    words = told(narrative.headline(view))
    assert f"Of that, {signed[0]} is from metrics in both quarters, which is a clear" in words
    assert f"{signed[1]} is from metrics counted in only one of them" in words
    assert "changed clearly" not in words
    assert f"largest part of the change is {signed[1]}, from" in words
    assert "which is no longer counted" in words
    assert f"Of that, {signed[0]} is from metrics in both" in told(narrative.changes(view))


def test_a_change_of_the_same_metrics_has_one_part():
    view = page("trust", "G6V2S", Q3)
    assert "changed clearly, by +0.084" in told(narrative.headline(view))
    assert "Of that" not in told(narrative.changes(view))


def test_a_change_is_called_clear_only_where_the_frame_says_so():
    rows = opened(Q3).table(MOVEMENT).set_index("org")["clear"]
    for org, clear in rows.items():
        words = told(narrative.changes(page("trust", org, Q3)))
        assert ("It is a clear change" in words) == bool(clear)
        assert ("It is not a clear change" in words) == (not clear)


def test_a_change_of_nothing_has_no_direction():
    rows = opened(Q3).table(MOVEMENT)
    same = rows.assign(average_after=rows["average_before"], change=0.0)
    view = page_of(opened(Q3).with_tables({MOVEMENT.name: same}), "trust", "RAT", Q3)
    assert "a change of 0.000. It is" in told(narrative.changes(view))


def test_every_kind_of_part_has_its_words():
    kinds = set(opened(Q2).table(movement.DRIVERS)["kind"]) | set(
        opened(Q3).table(movement.DRIVERS)["kind"]
    )
    assert kinds <= set(movement.KINDS)
    assert isinstance(charts.waterfall(page("trust", "RAT", Q2)), Chart)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=25))
def test_rounded_parts_add_up_and_none_moves_by_more_than_its_last_place(numbers):
    parts = pd.Series(numbers)
    total = round(float(parts.sum()), 3)
    rounded = formats.adding_up(parts, total, 3)
    assert round(1000 * rounded).astype(int).sum() == round(1000 * total)
    assert (rounded[parts == 0] == 0).all()
    if (parts != 0).any():
        assert (rounded - parts).abs().max() < 0.001 + 1e-9
