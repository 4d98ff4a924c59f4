"""Small mistakes planted in a module one at a time: a comparison, a sign, a number, an if."""

import ast
import copy
from collections import Counter
from dataclasses import dataclass, replace

_COMPARE = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_BINARY = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake in it: the line, its text, what was done, and the module's text.

    `nth` tells apart the same mistakes in lines that read the same.
    """

    line: int
    text: str
    what: str
    source: str
    nth: int = 1

    @property
    def name(self):
        """What it is called, whatever line it is in."""
        return f"{self.text} | {self.what}" + (f" | {self.nth}" if self.nth > 1 else "")


def mutants(source):
    """Every mutant of a module, in the order of its lines."""
    lines = source.splitlines()
    seen = Counter()
    named = []
    for one in _planted(source):
        text = lines[one.line - 1].strip()
        seen[text, one.what] += 1
        named.append(replace(one, text=text, nth=seen[text, one.what]))
    return named


def _planted(source):
    tree = ast.parse(source)
    spots = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
    words = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Expr)
             and isinstance(node.value, ast.Constant) for node in [node.value]}  # fmt: skip
    found = []
    for place, node in enumerate(spots):
        if id(node) in words or id(node) in _without_figures(tree):
            continue
        for what, change in _changes(node):
            twin = copy.deepcopy(tree)
            target = [n for n in ast.walk(twin) if hasattr(n, "lineno")][place]
            change(target)
            text = ast.unparse(ast.fix_missing_locations(twin))
            found.append(((node.lineno, what, node.col_offset), text))
    return [Mutant(line, "", what, text) for (line, what, _), text in sorted(found)]


def _changes(node):
    if isinstance(node, ast.Compare):
        for new in _COMPARE.get(type(node.ops[0]), ()):
            yield f"{_name(node.ops[0])} to {_name(new)}", _setting("ops", lambda n, new=new: [
                new(), *n.ops[1:]])  # fmt: skip
    elif isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        new = _BINARY[type(node.op)]
        yield f"{_name(node.op)} to {_name(new)}", _setting("op", lambda _, new=new: new())
    elif isinstance(node, ast.BoolOp):
        new = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{_name(node.op)} to {_name(new)}", _setting("op", lambda _, new=new: new())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        yield f"{_name(node.op)} left out", _setting("op", lambda _: ast.UAdd())
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node.value)
    elif isinstance(node, ast.IfExp):
        yield "the two ends of an if change places", _swap


def _of_constant(value):
    if isinstance(value, bool):
        yield f"{value} to {not value}", _setting("value", lambda n: not n.value)
    elif isinstance(value, int | float):
        yield f"{value} to {value + 1}", _setting("value", lambda n: n.value + 1)
        yield f"{value} to {value - 1}", _setting("value", lambda n: n.value - 1)
    elif isinstance(value, str) and value:
        yield f"{value!r} to another", _setting("value", lambda n: n.value + "x")


def _setting(field, new):
    def change(node):
        setattr(node, field, new(node))

    return change


def _swap(node):
    node.body, node.orelse = node.orelse, node.body


def _name(op):
    return (op if isinstance(op, type) else type(op)).__name__


def _without_figures(tree):
    """The nodes that no figure depends on: types, how a class keeps its fields, names handed on."""
    if not hasattr(tree, "kept"):
        every = list(ast.walk(tree))
        types = [getattr(n, name) for n in every for name in ("annotation", "returns")
                 if getattr(n, name, None) is not None]  # fmt: skip
        kept = [one for n in every if isinstance(n, ast.ClassDef) for one in n.decorator_list]
        names = [n.value for n in every if isinstance(n, ast.Assign)
                 and any(getattr(to, "id", "") == "__all__" for to in n.targets)]  # fmt: skip
        tree.kept = {id(inner) for one in (*types, *kept, *names) for inner in ast.walk(one)}
    return tree.kept
