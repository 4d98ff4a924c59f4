"""The contextual tests: boundaries, missing months and boards, exact deficits, no substitute."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.frames import CONTEXT, CONTEXT_FIGURES, SERIES
from oversight_lib.intake import DATA
from oversight_lib.intake.organisations import icbs
from oversight_lib.intake.series import load_series
from oversight_lib.method.context import contextual_tests
from oversight_lib.periods import FrameworkYear, Quarter
from oversight_lib.rules.context import load_context

Q1 = Quarter.parse("2025-26-q1")
RULES = load_context(FrameworkYear(2025))
NINE = [f"B{number}" for number in range(1, 10)]
# Of nine figures in order, the lower quartile is at place 1 + (9 - 1) / 4 = 3: the third lowest.
VALUES = [50.0, 60.0, 70.0, 71.0, 72.0, 73.0, 74.0, 75.0, 76.0]
JUNE = ("2025-04", "2025-05", "2025-06")


def series(measure, values):
    """A SERIES frame: {period: a value a board}; None is a missing figure."""
    rows = [
        {"measure": measure, "area_kind": "icb", "area": board, "period": period, "value": value,
         "unit": "percent", "source": "a.csv"}
        for period, of in values.items()
        for board, value in zip(NINE, of, strict=False)
    ]  # fmt: skip
    return SERIES.arrange(pd.DataFrame(rows).reindex(columns=SERIES.names))


def judged(table, test, boards=NINE, quarter=Q1):
    made = contextual_tests(table, boards, quarter, RULES)
    CONTEXT.check(made.context)
    CONTEXT_FIGURES.check(made.figures)
    rows = made.context[made.context["test"] == test]
    return rows.set_index("icb"), made.figures[made.figures["test"] == test]


def results(table, test, **options):
    return judged(table, test, **options)[0]["result"].to_dict()


def test_a_figure_on_the_quartile_is_in_the_lowest_quarter():
    found = results(series("ae-4-hour", dict.fromkeys(JUNE, VALUES)), "uec")
    assert [board for board in NINE if found[board] == "met"] == ["B1", "B2", "B3"]
    assert {found[board] for board in NINE[3:]} == {"not met"}


def test_boards_that_tie_at_the_quartile_are_all_in():
    tied = [50.0, 60.0, 70.0, 70.0, 70.0, 73.0, 74.0, 75.0, 76.0]
    found = results(series("ae-4-hour", dict.fromkeys(JUNE, tied)), "uec")
    assert [board for board in NINE if found[board] == "met"] == ["B1", "B2", "B3", "B4", "B5"]


def test_one_month_out_is_not_met():
    up = [80.0, *VALUES[1:]]
    months = {"2025-04": VALUES, "2025-05": up, "2025-06": VALUES}
    rows, figures = judged(series("ae-4-hour", months), "uec")
    assert rows.loc["B1", "result"] == "not met"
    assert rows.loc["B1", "reason"] == "in the lowest quarter of boards in 2 of 3 periods"
    assert list(figures[figures["icb"] == "B1"]["in_lowest"]) == [True, False, True]


def test_urgent_care_looks_at_the_three_latest_months_and_elective_care_at_the_quarter():
    months = {**dict.fromkeys(JUNE, VALUES), "2025-07": VALUES[::-1]}
    rows, _ = judged(series("ae-4-hour", months), "uec")
    assert rows.loc["B1", "periods"] == "2025-05; 2025-06; 2025-07"
    assert rows.loc["B1", "result"] == "not met"
    rows, _ = judged(series("rtt-18-week", months), "elective")
    assert rows.loc["B1", "periods"] == "2025-04; 2025-05; 2025-06"
    assert rows.loc["B1", "result"] == "met"


@pytest.mark.parametrize("test", ["uec", "elective"])
def test_a_missing_month_leaves_a_low_board_unsaid_and_a_high_one_not_met(test):
    measure = {"uec": "ae-4-hour", "elective": "rtt-18-week"}[test]
    months = {"2025-04": VALUES, "2025-06": VALUES}
    rows, _ = judged(series(measure, months), test)
    assert rows.loc["B1", "result"] == "cannot be said"
    assert rows.loc["B1", "reason"] == "no figure for 2025-05"
    assert rows.loc["B9", "result"] == "not met"
    assert rows.loc["B9", "reason"].endswith("0 of 2 periods; no figure for 2025-05")
    assert rows["counted"].eq(0).all()


def test_a_missing_board_leaves_unsaid_only_whom_its_figure_could_move():
    # Without B9 there are eight figures. If B9 were lowest, the third of nine would be 60 (B2's);
    # if highest, 70 (B3's). So B1 and B2 are in whatever B9 had, and B3 cannot be told.
    months = {key: [*VALUES[:8], None] for key in JUNE}
    rows, figures = judged(series("ae-4-hour", months), "uec")
    told = rows["result"].to_dict()
    assert [told[board] for board in ("B1", "B2", "B3", "B4", "B9")] == [
        "met", "met", "cannot be said", "not met", "cannot be said",
    ]  # fmt: skip
    assert rows.loc["B3", "reason"].startswith("other boards' figures are missing")
    assert rows.loc["B9", "reason"] == "no figure for 2025-04, 2025-05, 2025-06"
    assert set(rows["counted"]) == {8}
    assert set(rows["boards"]) == {9}
    # The quartile that is shown is that of the eight: 60 + (70 - 60) * (1 + 7 / 4 - 2) = 67.5.
    assert set(figures["quartile"]) == {60 + (70 - 60) * 0.75}


def test_fewer_boards_have_their_own_quartile():
    # Of five, the lower quartile is the second lowest: 1 + (5 - 1) / 4 = 2.
    months = dict.fromkeys(JUNE, VALUES)
    found = results(series("ae-4-hour", months), "uec", boards=NINE[:5])
    assert [board for board, said in found.items() if said == "met"] == ["B1", "B2"]


def test_what_is_not_loaded_is_said_with_where_it_is_published():
    rows, figures = judged(series("ae-4-hour", dict.fromkeys(JUNE, VALUES)), "elective")
    assert set(rows["result"]) == {"cannot be said"}
    assert set(rows["reason"]) == {
        "no monthly 18-week series by ICB is loaded; it is published at "
        "https://www.england.nhs.uk/statistics/statistical-work-areas/rtt-waiting-times/"
    }
    assert figures.empty


def test_yearly_figures_are_no_substitute_for_monthly_ones():
    found = results(series("rtt-18-week-yearly", {"2023": VALUES}), "elective")
    assert set(found.values()) == {"cannot be said"}


DEFICITS = {
    "more than the bound": (2.51, 0.0, "met"),
    "more than the bound, variance unknown": (2.51, None, "met"),
    "exactly the bound": (2.5, 3.0, "not met"),
    "exactly the bound, variance unknown": (2.5, None, "not met"),
    "less, far off plan": (2.49, 1.01, "met"),
    "less, exactly one point off plan": (2.49, 1.0, "not met"),
    "less, variance unknown": (2.49, None, "cannot be said"),
    "balance, far off plan": (0.0, 5.0, "not met"),
    "surplus, far off plan": (-1.0, 5.0, "not met"),
}


@pytest.mark.parametrize("case", DEFICITS)
def test_a_deficit_is_judged_as_the_rule_is_written(case):
    deficit, variance, said = DEFICITS[case]
    table = pd.concat(
        [
            series("icb-projected-deficit", {"2025-26": [deficit]}),
            series("icb-plan-variance", {"2025-26": [variance]}),
        ]
    )
    rows, _ = judged(SERIES.arrange(table), "finance", boards=["B1", "B2"])
    assert rows.loc["B1", "result"] == said
    assert rows.loc["B2", "result"] == "cannot be said"
    assert ("neither branch" in rows.loc["B1", "reason"]) == (deficit == 2.5)


def test_why_a_deficit_is_judged_so_is_said_with_its_figures():
    table = pd.concat([
        series("icb-projected-deficit", {"2025-26": [2.5, 1.2]}),
        series("icb-plan-variance", {"2025-26": [3.0, 1.4]}),
    ])  # fmt: skip
    reasons = judged(table, "finance")[0]["reason"]
    assert reasons["B1"] == (
        "deficit exactly 2.5%: in neither branch of the rule as written, adverse variance 3 "
        "percentage points"
    )
    assert reasons["B2"] == "projected deficit 1.2%, adverse variance 1.4 percentage points"


def test_of_a_measure_whose_lower_values_are_better_the_highest_quarter_is_in():
    measures = tuple(
        measure.model_copy(update={"better": "lower"}) if measure.id == "ae-4-hour" else measure
        for measure in RULES.measure
    )
    rules = RULES.model_copy(update={"measure": measures})
    table = series("ae-4-hour", dict.fromkeys(JUNE, VALUES))
    made = contextual_tests(table, NINE, Q1, rules)
    found = made.context[made.context["test"] == "uec"].set_index("icb")["result"]
    # The upper quartile is at place 9 - (9 - 1) / 4 = 7.
    assert list(found.index[found == "met"]) == ["B7", "B8", "B9"]
    figures = made.figures[made.figures["test"] == "uec"]
    assert set(figures["quartile"]) == {74.0}
    assert sorted(set(figures["value"])) == VALUES


def test_a_deficit_of_another_year_is_not_used():
    table = series("icb-projected-deficit", {"2024-25": [9.0]})
    assert results(table, "finance", boards=["B1"]) == {"B1": "cannot be said"}


def test_a_year_without_tests_has_no_rows():
    made = contextual_tests(SERIES.empty(), NINE, Q1, None)
    assert made.context.empty
    assert made.figures.empty


def by_hand(values, board):
    """A slow twin: is the board at or below the value a quarter of the way up the ranks?"""
    ranked = sorted(values)
    place = (len(ranked) - 1) / 4
    low, part = int(place), place - int(place)
    high = ranked[min(low + 1, len(ranked) - 1)]
    return values[board] <= ranked[low] + part * (high - ranked[low])


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 100), min_size=9, max_size=9))
def test_a_slow_twin_agrees(values):
    months = {key: [float(value) for value in values] for key in JUNE}
    found = results(series("ae-4-hour", months), "uec")
    met = ["met" if by_hand(values, place) else "not met" for place in range(9)]
    assert [found[board] for board in NINE] == met


def test_every_board_has_six_results_from_the_bundled_data():
    boards = list(icbs(DATA, Q1)["icb"])
    made = contextual_tests(load_series(), boards, Q1, RULES).context
    assert len(made) == 6 * len(boards) == 6 * 42
    said = made.groupby("test")["result"].agg(set).to_dict()
    assert said["uec"] == said["mental-health"] == {"met", "not met"}
    for test in ("elective", "cancer", "primary", "finance"):
        assert said[test] == {"cannot be said"}
    assert made["reason"].str.len().gt(0).all()


def test_a_filled_series_turns_what_cannot_be_said_into_a_result():
    boards = list(icbs(DATA, Q1)["icb"])
    values = np.linspace(40, 80, len(boards))
    rows = pd.DataFrame({"area": boards, "value": values}).assign(
        measure="cancer-62-day", area_kind="icb", unit="percent", source="filled.csv"
    )
    filled = pd.concat([rows.assign(period=month) for month in JUNE])
    table = pd.concat([load_series(), filled.reindex(columns=SERIES.names)])
    made = contextual_tests(SERIES.arrange(table), boards, Q1, RULES).context
    cancer = made[made["test"] == "cancer"]
    assert cancer["result"].value_counts().to_dict() == {"not met": 31, "met": 11}
