"""A user's error says what, where, expected and what to do; each kind has its own exit code."""

from oversight_lib.errors import OversightError, Problem, PublicationError, exit_codes


def test_all_problems_are_listed_with_what_to_do():
    error = PublicationError(
        "2 problems in acute.csv",
        [Problem("row 3, Value", "'abc' is not a number", "a number"), "the last row is cut off"],
        "ask for the file again",
    )
    assert str(error).splitlines() == [
        "2 problems in acute.csv",
        "  row 3, Value: 'abc' is not a number; expected a number",
        "  the last row is cut off",
        "  Do this: ask for the file again",
    ]


def test_every_kind_has_its_own_exit_code_and_says_what_it_means():
    kinds = OversightError.__subclasses__()
    codes = [kind.exit_code for kind in kinds]
    assert len(codes) == len(set(codes))
    assert min(codes) > 2, "0, 1 and 2 belong to success, bugs and usage"
    assert set(codes) < set(exit_codes())
    assert all(meaning for meaning in exit_codes().values())


def test_what_somebody_else_wrote_stands_in_a_message_as_one_visible_line():
    problem = Problem("row 2", "red\x1b[31m \u202eback\u2028next\tx", "a\nb")
    assert str(problem) == ("row 2: red\\x1b[31m \\u202eback\\u2028next\\x09x; expected a\\x0ab")


def test_a_very_long_text_is_cut_short_and_says_so():
    said = str(Problem("row 2", "x" * 100_000))
    assert said.startswith("row 2: xxx")
    assert said.endswith("… (99,400 more characters)")
    assert len(said) < 700


def test_of_very_many_problems_some_are_printed_and_all_are_kept():
    error = PublicationError("no", [f"row {n}" for n in range(120)], "mend it")
    lines = str(error).splitlines()
    assert lines[-2:] == ["  … and 70 more", "  Do this: mend it"]
    assert len(lines) == 1 + 50 + 2
    assert len(error.problems) == 120
