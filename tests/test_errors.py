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
