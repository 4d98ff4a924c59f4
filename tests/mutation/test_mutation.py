"""The mistakes that are planted are mistakes, one at a time, and none in a type or a docstring."""

import pytest

from tests.mutation.mutants import mutants


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", {"x = a <= b", "x = a >= b"}),
        ("x = a + b", {"x = a - b"}),
        ("x = a and b", {"x = a or b"}),
        ("x = not a", {"x = +a"}),
        ("x = 2", {"x = 3", "x = 1"}),
        ("x = True", {"x = False"}),
        ("x = 'low'", {"x = 'lowx'"}),
        ("x = a if c else b", {"x = b if c else a"}),
        ("def f(x: 'int' = a) -> 'str':\n    '''Words.'''\n    return x", set()),
        ("@dataclass(frozen=True)\nclass A:\n    x: int\n__all__ = ['A']", set()),
    ],
)
def test_each_mutant_has_one_mistake(source, expected):
    assert {mutant.source for mutant in mutants(source)} == expected


def test_a_mutant_says_where_it_is():
    (first, second) = mutants("x = a\ny = a < b\n")
    assert (first.line, second.line) == (2, 2)
    assert "Lt to" in first.what


def test_a_mutant_is_known_by_what_its_line_says_not_by_where_it_is():
    (first, second) = mutants("x = a\ny = a < b\n")
    (moved, _) = mutants("\n\n\ny = a < b\n")
    assert (first.name, second.name) == ("y = a < b | Lt to GtE", "y = a < b | Lt to LtE")
    assert moved.name == first.name


def test_the_same_mistakes_in_lines_that_read_the_same_are_told_apart():
    names = [mutant.name for mutant in mutants("x = a + b\ny = 'k'\nx = a + b\n")]
    assert names == ["x = a + b | Add to Sub", "y = 'k' | 'k' to another",
                     "x = a + b | Add to Sub | 2"]  # fmt: skip
