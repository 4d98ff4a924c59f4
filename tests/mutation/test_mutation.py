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
    ],
)
def test_each_mutant_has_one_mistake(source, expected):
    assert {mutant.source for mutant in mutants(source)} == expected


def test_a_mutant_says_where_it_is():
    (first, second) = mutants("x = a\ny = a < b\n")
    assert (first.line, second.line) == (2, 2)
    assert "Lt to" in first.what
