"""The gate: what is shown, what it costs to be safe, and that nothing slips past."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.method.disclosure import (
    ALL,
    Claims,
    DisclosureError,
    Layout,
    Merge,
    Policy,
    counts,
    follow,
    numbers,
    publish,
    ranks,
    sheet,
    symbols,
)
from oversight_lib.method.inequality.proportions import wilson

# NHS Digital, "Disclosure control methodology for HES and ECDS": 1 to 7 hidden, others to 5.
HES = Policy("HES", threshold=7, rounding_base=5)
EXACT = Policy("exact if it can be", threshold=7, rounding_base=5, always_rounds=False)
UNROUNDED = Policy("never rounded", threshold=7)
LAYOUT = Layout(by=("area", "sex"), count="deaths")


def table(policy, values=(3, 20, 30, 5), **columns):
    cells = {"area": ["A", "A", "B", "B"], "sex": ["f", "m", "f", "m"]}
    return pd.DataFrame(cells | {"deaths": counts(list(values), policy)} | columns)


def shown(publication, column="deaths"):
    rows = publication.table.set_index(list(publication.table.columns[:2]))[column]
    return {"/".join(place): text for place, text in rows.items()}


def test_below_national_level_small_counts_are_hidden_and_the_others_rounded():
    publication = publish(table(HES), LAYOUT)
    # Margins are rounded from their own sums: 23 to 25, 35 to 35, 33 to 35, 25 to 25, 58 to 60.
    assert shown(publication) == {
        "A/f": "[c]", "A/m": "20", "B/f": "30", "B/m": "[c]",
        "A/All": "25", "B/All": "35", "All/f": "35", "All/m": "25", "All/All": "60",
    }  # fmt: skip
    assert publication.audit["possible"].min() >= 5
    assert publication.log["passes"].tolist() == [True]


def test_a_figure_that_is_shown_is_known_not_to_be_a_small_one():
    # 10 is shown for 8 to 12, of which a policy that hides up to 9 has hidden two.
    low, high = sheet._known(np.array([10.0, 0.0, 3.0]), Policy("to 9", 9, rounding_base=5), 5)
    assert (low.tolist(), high.tolist()) == ([10, 0, 1], [12, 0, 9])
    open_low, open_high = sheet._known(np.array([3.0]), Policy("open", 0), 5)
    assert (open_low.tolist(), open_high.tolist()) == ([3], [7])


def test_nobody_is_shown_as_nobody():
    assert shown(publish(table(HES, (0, 20, 30, 40)), LAYOUT))["A/f"] == "0"


def test_exact_margins_give_way_so_the_table_is_rounded_and_the_log_says_so():
    publication = publish(table(EXACT), LAYOUT)
    assert publication.log["passes"].tolist() == [False, True]
    assert publication.log["fewest"].tolist() == [1, 7]
    assert "rounded to 5" in publication.log["step"].iloc[-1]
    assert shown(publication)["A/m"] == "20"


def test_exact_counts_stay_where_nothing_is_small():
    publication = publish(table(EXACT, (13, 21, 34, 55)), LAYOUT)
    assert shown(publication)["A/f"] == "13"
    assert publication.log["step"].tolist() == ["small counts hidden"]


def test_without_rounding_complementary_counts_are_hidden_until_five_values_are_left():
    publication = publish(table(UNROUNDED), LAYOUT)
    assert shown(publication) == {
        "A/f": "[c]", "A/m": "[c]", "B/f": "[c]", "B/m": "[c]",
        "A/All": "23", "B/All": "35", "All/f": "33", "All/m": "25", "All/All": "58",
    }  # fmt: skip
    # The loop of four: 3 could be 1 to 5, 5 could be 3 to 7.
    ends = publication.audit.set_index("target")[["least", "most"]].to_numpy().tolist()
    assert ends == [[1, 5], [3, 7]]
    assert publication.log["step"].iloc[1].startswith("hidden as well: ")
    assert publication.log["passes"].tolist() == [False] * (len(publication.log) - 1) + [True]


def test_merging_comes_before_hiding_more():
    merge = Merge("sex", ("f", "m"), "all sexes")
    publication = publish(table(UNROUNDED), LAYOUT, merges=[merge])
    assert shown(publication)["A/all sexes"] == "23"
    assert "merged into all sexes" in publication.log["step"].iloc[-1]


def test_a_breakdown_that_cannot_be_saved_is_dropped():
    # One small count beside two of nobody: nothing else in the table could hide it.
    frame = pd.DataFrame({"area": ["A", "B", "C"], "deaths": counts([3, 0, 20], UNROUNDED)})
    publication = publish(frame, Layout(by=("area",), count="deaths"))
    rows = publication.table.set_index("area")["deaths"].to_dict()
    assert rows["A"] == rows["C"] == "[c]"
    assert publication.log["passes"].iloc[-1]


def test_an_earlier_edition_with_another_boundary_isolates_a_group():
    # The earlier edition showed A and its part together, exactly; this one shows A without it.
    earlier = Claims.of([({("A", "counted"): 1, ("part", "counted"): 1}, 103, 103),
                         ({("A", "counted"): 1}, 100, 100)])  # fmt: skip
    frame = pd.DataFrame({"area": ["A", "part"], "deaths": counts([100, 3], HES)})
    publication = publish(frame, Layout(by=("area",), count="deaths"), earlier=[earlier])
    assert not publication.log["passes"].any()
    assert set(publication.table["deaths"]) == {"[c]"}


def test_the_claims_of_one_edition_are_read_with_the_next():
    layout = Layout(by=("area",), count="deaths", margins=False)
    frame = pd.DataFrame({"area": ["A", "B", "C"], "deaths": counts([4, 40, 50], EXACT)})
    first = publish(frame, layout)
    assert first.table["deaths"].tolist() == ["[c]", "40", "50"]
    whole = Claims.of([({(area, "counted"): 1 for area in "ABC"}, 94, 94)])
    second = publish(frame, layout, earlier=[first.claims, whole])
    # 94 - 40 - 50 = 4: nothing this edition could do would hide it again.
    assert not second.log["passes"].any()


def test_percentages_are_made_of_the_shown_figures_and_follow_the_count():
    frame = table(HES, (3, 20, 30, 41), people=counts([47, 120, 58, 0 + 41], HES))
    publication = publish(frame, Layout(by=("area", "sex"), count="deaths", total="people"))
    percent = shown(publication, "percent")
    assert percent["A/f"] == "[c]"
    assert percent["A/m"] == f"{100 * 20 / 120:.1f}"
    assert percent["B/f"] == f"{100 * 30 / 60:.1f}"
    assert publication.audit["possible"].min() >= 5


def test_the_few_who_are_not_counted_are_people_too():
    # 45 of 47: hiding nothing would say that two were not.
    frame = pd.DataFrame({"area": ["A"], "seen": counts([45], EXACT), "of": counts([47], EXACT)})
    publication = publish(frame, Layout(by=("area",), count="seen", total="of"))
    assert publication.log["passes"].tolist() == [False, True]
    assert publication.table["percent"].iloc[0] == f"{100 * 45 / 45:.1f}"


def test_a_percentage_of_nobody_is_not_applicable():
    frame = pd.DataFrame({"area": ["A"], "seen": counts([0], HES), "of": counts([0], HES)})
    publication = publish(frame, Layout(by=("area",), count="seen", total="of", margins=False))
    assert publication.table["percent"].tolist() == ["[z]"]


def test_five_symbols_stay_five_different_things():
    marks = ["[c]", "[x]", "[z]", "[u]"]
    deaths = counts([None] * 4 + [2], HES, symbols=[*marks, None])
    frame = pd.DataFrame({"area": list("ABCDE"), "deaths": deaths})
    publication = publish(frame, Layout(by=("area",), count="deaths", margins=False))
    assert publication.table["deaths"].tolist() == [*marks, "[c]"]
    rounding = Policy("rounds only", threshold=0, rounding_base=5)
    low = pd.DataFrame({"area": ["A", "B"], "deaths": counts([2, 0], rounding)})
    publication = publish(low, Layout(by=("area",), count="deaths", margins=False))
    assert publication.table["deaths"].tolist() == ["[low]", "0"]


def test_a_symbol_in_a_cell_goes_into_its_margins():
    frame = pd.DataFrame({"area": ["A", "B"], "deaths": counts([None, 20], HES)})
    publication = publish(frame, Layout(by=("area",), count="deaths"))
    assert publication.table["deaths"].tolist() == ["[x]", "20", "[x]"]


def test_national_and_protected_figures_are_shown_as_they_are():
    national = Policy("HES national", threshold=7, rounding_base=5, level="national")
    assert shown(publish(table(national), LAYOUT))["A/f"] == "3"
    published = Policy("published", threshold=0, protected=True)
    values = counts([None, 20, 30, 5], published, symbols=["[c]", None, None, None])
    publication = publish(table(HES).assign(deaths=values), LAYOUT)
    # The publisher's symbol stays, and no margin is made that would undo it.
    assert shown(publication)["A/f"] == shown(publication)["A/All"] == "[c]"
    assert publication.log["step"].iloc[0].startswith("shown as it is")


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(st.integers(0, 30), min_size=6, max_size=6), st.sampled_from([HES, EXACT, UNROUNDED])
)
def test_no_small_count_is_ever_shown_and_no_hidden_one_is_a_number(values, policy):
    frame = pd.DataFrame({"area": list("AABBCC"), "sex": list("fm") * 3,
                          "deaths": counts(values, policy)})  # fmt: skip
    publication = publish(frame, LAYOUT)
    number = numbers(publication.table["deaths"])
    assert not number.between(1, 7).any()
    inner = publication.table[~publication.table.eq(ALL).any(axis=1)]
    small = [1 <= value <= 7 for value in values]
    assert (inner["deaths"][small] == "[c]").all()
    assert publication.log["passes"].iloc[-1] or set(publication.table["deaths"]) <= {"[c]", "0"}


@pytest.mark.parametrize("values", [[1, 2, 3, 4], [1, 0, 0, 0], [8, 1, 1, 8]])
@pytest.mark.parametrize("policy", [HES, EXACT, UNROUNDED])
def test_whatever_is_shown_withstands_the_attack(values, policy):
    publication = publish(table(policy, values), LAYOUT)
    if publication.log["passes"].iloc[-1]:
        assert publication.audit["possible"].min() >= 5


def test_derived_values_carry_the_symbol_of_their_count():
    publication = publish(table(HES), LAYOUT)
    deaths = publication.table["deaths"]
    low, high = wilson(numbers(deaths).to_numpy(), np.full(len(deaths), 1000.0))
    for limit in (low, high):
        text = follow(deaths, pd.Series(limit), decimals=3)
        assert (text[deaths == "[c]"] == "[c]").all()
        assert not symbols(text)[deaths != "[c]"].any()


def test_ranks_leave_hidden_counts_out():
    text = pd.Series(["40", "[c]", "20", "40", "[x]"])
    assert ranks(text).tolist() == ["1", "[c]", "3", "1", "[x]"]
    assert ranks(text, first="lowest").tolist() == ["2", "[c]", "1", "2", "[x]"]


def test_a_derived_value_missing_for_its_own_reasons_is_not_confidential():
    text = follow(pd.Series(["40", "[c]"]), pd.Series([np.nan, 0.3]), decimals=1)
    assert text.tolist() == ["[x]", "[c]"]


def test_plain_numbers_do_not_pass_the_gate():
    frame = table(HES).assign(deaths=[3, 20, 30, 5])
    with pytest.raises(DisclosureError, match="no column of counts"):
        publish(frame, LAYOUT)


def test_rows_that_are_the_same_cell_and_counts_above_their_total_are_refused():
    with pytest.raises(ValueError, match="add them up first"):
        publish(table(HES), Layout(by=("area",), count="deaths"))
    frame = table(HES, people=counts([2, 20, 30, 5], HES))
    with pytest.raises(ValueError, match="exceeds the total"):
        publish(frame, Layout(by=("area", "sex"), count="deaths", total="people"))


def test_the_label_of_margins_is_not_for_cells():
    frame = pd.DataFrame({"area": [ALL], "deaths": counts([20], HES)})
    with pytest.raises(ValueError, match="margins"):
        publish(frame, Layout(by=("area",), count="deaths"))


def test_a_larger_table_is_saved_without_hiding_most_of_it():
    chance = np.random.default_rng(0)
    values = chance.binomial(chance.poisson(60, 60), 0.2)
    frame = pd.DataFrame({"area": np.repeat([f"Q{i:02d}" for i in range(12)], 5),
                          "sex": np.tile(list("12345"), 12),
                          "deaths": counts(values, UNROUNDED)})  # fmt: skip
    publication = publish(frame, LAYOUT)
    assert publication.log["passes"].tolist()[-1]
    assert publication.audit["possible"].min() >= 5
    small = int(((values >= 1) & (values <= 7)).sum())
    assert small > 0
    hidden = int((publication.table["deaths"] == "[c]").sum())
    assert small < hidden <= 5 * small


def test_counts_that_are_already_protected_are_shown_as_they_are():
    publication = publish(table(Policy("already safe", threshold=7, protected=True)), LAYOUT)
    assert shown(publication)["A/f"] == "3"
    assert shown(publication)["B/m"] == "5"
    assert publication.log["step"].tolist() == ["shown as it is: national or already protected"]
