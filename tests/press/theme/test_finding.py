"""The list from A to Z, and the index a page opened from disk can load."""

import json

from oversight_lib.press.directory import Entry
from oversight_lib.press.theme.finding import index, listing, placed

BARTS = Entry("trust", "R1H", "Barts Health NHS Trust", ("London", "E1"), "trusts/r1h", True)
BOLTON = Entry("trust", "RMC", "Bolton NHS Foundation Trust", (), "england", False)
BOARD = Entry("icb", "QHL", "NHS Birmingham ICB", ("Birmingham",), "icbs/qhl", True)
LONDON = Entry("region", "Y56", "London", (), "regions/y56", True)
SOUTH = Entry("region", "Y59", "South East", (), "england", False)
ALL = [LONDON, SOUTH, BOARD, BARTS, BOLTON]


def test_everybody_stands_under_a_letter_and_boards_not_all_under_n():
    letters = listing(ALL)["letters"]
    assert [letter for letter, _ in letters] == ["B", "L", "S"]
    assert [line.name for line in letters[0][1]] == [
        "Barts Health NHS Trust", "NHS Birmingham ICB", "Bolton NHS Foundation Trust",
    ]  # fmt: skip
    assert sum(len(lines) for _, lines in letters) == len(ALL)


def test_a_line_says_what_and_where_and_leads_to_the_nearest_page():
    (_, (barts, board, bolton)), *_ = listing(ALL)["letters"]
    assert barts.about == "trust R1H, London E1"
    assert board.about == "ICB QHL"
    assert (bolton.about, bolton.slug) == ("trust RMC", "england")


def test_how_many_there_are_is_said():
    assert listing(ALL)["counts"] == "2 trusts, 1 ICB and 2 regions"
    assert listing([BOARD])["counts"] == "1 ICB"
    assert [entry.name for entry in listing(ALL)["regions"]] == ["London"]


def test_the_index_is_a_script_whose_value_is_the_entries():
    text = index([BARTS, BOLTON])
    begins, ends = "window.oversightFinder = ", ";\n"
    assert text.startswith(begins)
    assert json.loads(text.removeprefix(begins).removesuffix(ends)) == [
        ["trust", "R1H", "Barts Health NHS Trust", ["London", "E1"], "trusts/r1h", True],
        ["trust", "RMC", "Bolton NHS Foundation Trust", [], "england", False],
    ]


def test_a_hostile_name_ends_no_script_and_is_taken_as_it_is():
    name = r"</script>\1 'x' \u2028"
    held = Entry("trust", "R1H", name, (), "trusts/r1h", True)
    assert json.loads(index([held]).split(" = ", 1)[1].rstrip(";\n"))[0][2] == name
    assert placed('<p></p><div class="finder"> </div>!', r"<b>\1</b>") == r"<p></p><b>\1</b>!"
    assert placed("<p></p>", "<b></b>") == "<p></p>"
