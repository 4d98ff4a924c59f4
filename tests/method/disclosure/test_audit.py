"""What a reader can work out: the fixtures of the methods' section on small numbers."""

import numpy as np
import pytest
from scipy.optimize import OptimizeResult

from oversight_lib.errors import UnknownNameError
from oversight_lib.method.disclosure import (
    Claims,
    DisclosureError,
    Target,
    attack,
    percentage,
    possible_counts,
    reader,
    together,
)
from oversight_lib.method.disclosure.policies import policy
from oversight_lib.rules.disclosure import policies

# 3 and 5 are small; the table's other cells and all its margins are not.
TABLE = {("A", "1"): 3, ("A", "2"): 20, ("B", "1"): 30, ("B", "2"): 5}
ROWS, COLUMNS = ("A", "B"), ("1", "2")
MARGINS = [
    *([cell for cell in TABLE if cell[0] == row] for row in ROWS),
    *([cell for cell in TABLE if cell[1] == column] for column in COLUMNS),
    list(TABLE),
]


def alone(claims, *cells):
    return [Target(str(cell), np.array([float(known == cell) for known in claims.cells]))
            for cell in cells]  # fmt: skip


def exact(cells):
    total = sum(TABLE[cell] for cell in cells)
    return (dict.fromkeys(cells, 1.0), total, total)


def hidden(cell):
    return ({cell: 1.0}, 1, 7)


def nearest_five(cells):
    middle = 5 * round(sum(TABLE[cell] for cell in cells) / 5)
    return (dict.fromkeys(cells, 1.0), middle - 2, middle + 2)


SMALL = (("A", "1"), ("B", "2"))
LARGE = (("A", "2"), ("B", "1"))


def found(rows):
    claims = Claims.of(rows)
    table = attack(claims, alone(claims, *SMALL), enough=5)
    return table[["least", "most", "possible"]].to_numpy().tolist()


def test_hiding_small_counts_among_exact_margins_leaves_one_value():
    rows = [*map(hidden, SMALL), *(exact([cell]) for cell in LARGE), *map(exact, MARGINS)]
    assert found(rows) == [[3, 3, 1], [5, 5, 1]]


def test_a_loop_of_four_hidden_cells_leaves_five_values_each():
    # a in 1-7 and d in 1-7 with d = a + 2: a is 1 to 5, d is 3 to 7.
    rows = [*map(hidden, SMALL), *map(exact, MARGINS)]
    assert found(rows) == [[1, 5, 5], [3, 7, 5]]


def test_rounding_everything_leaves_all_seven():
    rows = [*map(hidden, SMALL), *(nearest_five([cell]) for cell in LARGE),
            *map(nearest_five, MARGINS)]  # fmt: skip
    assert found(rows) == [[1, 7, 7], [1, 7, 7]]


@pytest.mark.parametrize(
    ("count", "total", "shown"), [(3, 47, 6.4), (5, 120, 4.2), (7, 58, 12.1), (2, 311, 0.6)]
)
def test_a_percentage_gives_its_count_away_even_with_a_rounded_total(count, total, shown):
    assert round(100 * count / total, 1) == shown
    assert possible_counts(shown, decimals=1, total=(total, total)) == [count]
    middle = 5 * round(total / 5)
    assert possible_counts(shown, decimals=1, total=(middle - 2, middle + 2)) == [count]


def test_a_percentage_of_four_thousand_does_not():
    found_counts = possible_counts(0.1, decimals=1, total=(4000, 4000))
    # 0.05% to 0.15% of 4,000: 2 to 6.
    assert found_counts == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(("count", "total"), [(3, 47), (5, 120), (7, 58), (2, 311)])
def test_the_solver_reads_percentages_as_well(count, total):
    counted, rest = ("A", "counted"), ("A", "rest")
    middle = 5 * round(total / 5)
    claims = together(
        percentage(counted, rest, round(100 * count / total, 1), decimals=1),
        Claims.of([({counted: 1, rest: 1}, middle - 2, middle + 2), ({counted: 1}, 1, 7)]),
    )
    table = attack(claims, alone(claims, counted), enough=5)
    assert table.loc[0, ["least", "most", "possible"]].tolist() == [count, count, 1]


def test_holes_are_not_possible_values():
    # 3 x + 3 y = 12 with x even: x is 0, 2 or 4, not five values.
    claims = Claims.of([({("x",): 1, ("y",): 1}, 4, 4), ({("x",): 1, ("h",): -2}, 0, 0)])
    table = attack(claims, alone(claims, ("x",)), enough=5)
    assert table.loc[0, ["least", "most", "possible"]].tolist() == [0, 4, 3]


def test_what_nothing_is_said_about_could_be_anything():
    claims = Claims.of([({("x",): 1}, 0, np.inf)])
    table = attack(claims, alone(claims, ("x",)), enough=5)
    assert table.loc[0, "most"] == np.inf
    assert table.loc[0, "possible"] == 10


def test_people_are_none_or_more_whatever_is_not_said():
    claims = Claims.of([({("x",): 1}, -np.inf, 4)])
    table = attack(claims, alone(claims, ("x",)), enough=5)
    assert table.loc[0, ["least", "most", "possible"]].tolist() == [0, 4, 5]


def test_a_policy_that_there_is_not_is_told_with_those_there_are():
    with pytest.raises(UnknownNameError) as refused:
        policy("none of them")
    assert refused.value.do_this == f"choose one of {', '.join(sorted(policies()))}"


def test_editions_that_contradict_one_another_are_refused():
    claims = Claims.of([({("x",): 1}, 4, 4), ({("x",): 1}, 5, 5)])
    with pytest.raises(DisclosureError, match="revised"):
        attack(claims, alone(claims, ("x",)), enough=5)


def test_agrees_with_trying_every_table():
    # The slow oracle: every 2 x 2 table of counts to 9, kept if it fits what is published.
    published = {("A", "1"): (1, 7), ("B", "2"): (1, 7)}
    sums = [([("A", "1"), ("A", "2")], 8, 10), ([("A", "1"), ("B", "1")], 9, 9),
            ([("B", "1"), ("B", "2")], 5, 9)]  # fmt: skip
    cells = list(TABLE)
    fits = set()
    for values in np.ndindex(10, 10, 10, 10):
        table = dict(zip(cells, values, strict=True))
        if all(low <= table[cell] <= high for cell, (low, high) in published.items()) and all(
            low <= sum(table[cell] for cell in some) <= high for some, low, high in sums
        ):
            fits.add((table["A", "1"], table["B", "2"]))
    rows = [({cell: 1.0}, *ends) for cell, ends in published.items()]
    rows += [(dict.fromkeys(some, 1.0), low, high) for some, low, high in sums]
    rows += [({cell: 1.0}, 0, 9) for cell in cells]
    for i, values in enumerate(zip(*fits, strict=True)):
        assert found(rows)[i] == [min(values), max(values), len(set(values))]


def test_an_attack_that_does_not_finish_is_no_proof(monkeypatch):
    unfinished = OptimizeResult(success=False, status=1, message="time limit reached")
    monkeypatch.setattr(reader, "milp", lambda *_, **__: unfinished)
    with pytest.raises(DisclosureError, match="did not finish: time limit reached"):
        found([*map(hidden, SMALL), *map(exact, MARGINS)])
