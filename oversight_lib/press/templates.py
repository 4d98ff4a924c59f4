"""Templates: notebooks that are told whom they are about, checked before any of them runs.

A template's first cell is Markdown and holds the heading `# {{ title }}`: the press writes the
page's title there, because a heading made by code is invisible to the book's contents. One cell
is tagged `parameters` and gives every parameter with a default.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import papermill
from nbformat import NotebookNode

from oversight_lib.errors import PageError, Problem, UnknownNameError
from oversight_lib.periods import Quarter
from oversight_lib.press.notebooks import TITLE, read
from oversight_lib.press.page import CODE, Page


def imports(templates: Iterable[Path]) -> list[str]:
    """Return every import statement of these templates, each once, in order."""
    sources = (
        cell.source
        for template in templates
        for cell in read(template).cells
        if cell.cell_type == "code"
    )
    statements = (node for source in sources for node in ast.walk(_parsed(source)))
    found = (
        ast.unparse(node) for node in statements if isinstance(node, ast.Import | ast.ImportFrom)
    )
    return list(dict.fromkeys(found))


def _parsed(source: str) -> ast.Module:
    """Return a cell's code; nothing of one that is not plain Python."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a template asks for: its parameters with the names of their types; and what is wrong."""

    types: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def check(pages: Sequence[Page]) -> None:
    """Raise `PageError` with everything wrong between these pages and their templates.

    Papermill itself only logs a misspelt parameter, and runs a template without a `parameters`
    cell with that template's defaults: the wrong page, and no complaint.
    """
    shapes = {path: _shape(path) for path in dict.fromkeys(page.template for page in pages)}
    problems = [problem for shape in shapes.values() for problem in shape.problems]
    ready = [page for page in pages if not shapes[page.template].problems]
    problems += [p for page in ready for p in _disagreements(page, shapes[page.template].types)]
    if problems:
        raise PageError(
            "no page was made, because templates and pages disagree",
            problems,
            "mend the template, or the parameters in the plan (press/pages.py)",
        )


def _shape(template: Path) -> _Shape:
    try:
        notebook = read(template)
    except (OSError, ValueError) as error:
        reason = "is not there" if isinstance(error, OSError) else "is not a notebook"
        return _Shape(problems=[Problem(str(template), reason)])
    wrong = _faults(notebook)
    if wrong:
        return _Shape(problems=[Problem(str(template), what, expected) for what, expected in wrong])
    inspected = papermill.inspect_notebook(str(template).replace("{", "{{").replace("}", "}}"))
    return _Shape({name: _type(found) for name, found in inspected.items()})


def _faults(notebook: NotebookNode) -> list[tuple[str, str]]:
    first = notebook.cells[0] if notebook.cells else None
    tagged = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    titled = first is not None and first.cell_type == "markdown" and TITLE in first.source
    rules = (
        (titled, "its first cell has no title", f"Markdown with the heading # {TITLE}"),
        (len(tagged) == 1, f"{len(tagged)} cells are tagged parameters", "exactly one"),
        ("kernelspec" in notebook.metadata, "it names no kernel", "the kernel python3"),
    )
    return [(what, expected) for holds, what, expected in rules if not holds]


def _type(parameter: Mapping[str, str]) -> str:
    """Return the name of a parameter's type: as annotated, or else that of its default."""
    if parameter["inferred_type_name"] != "None":
        return parameter["inferred_type_name"]
    return type(ast.literal_eval(parameter["default"])).__name__


def _unfit(page: Page, where: str) -> list[Problem]:
    """Return the values that name no quarter or not the one this page is about."""
    problems = []
    quarter, code = page.parameters.get("quarter"), page.parameters.get("code", page.code)
    if quarter is not None and not _names_a_quarter(str(quarter)):
        problems.append(Problem(where, f'not a quarter: "{quarter}"', "one, as 2025-26-q1"))
    if code != page.code or not re.fullmatch(f"({CODE})?", page.code):
        problems.append(Problem(where, f'not its code: "{code}"', "a code of the reference"))
    return problems


def _names_a_quarter(text: str) -> bool:
    try:
        return str(Quarter.parse(text)) == text
    except UnknownNameError:
        return False


def _disagreements(page: Page, types: Mapping[str, str]) -> list[Problem]:
    where = f'{page.kind} page "{page.title}" ({page.template.name})'
    unknown = sorted(set(page.parameters) - set(types))
    missing = sorted(set(types) - set(page.parameters))
    wrong = [
        (name, type(value).__name__, types[name])
        for name, value in sorted(page.parameters.items())
        if name in types and type(value).__name__ != types[name]
    ]
    return [
        *_unfit(page, where),
        *(Problem(where, f"the template knows no parameter {name}") for name in unknown),
        *(Problem(where, f"the parameter {name} is not given") for name in missing),
        *(Problem(where, f"{name} is {got}", wanted) for name, got, wanted in wrong),
    ]
