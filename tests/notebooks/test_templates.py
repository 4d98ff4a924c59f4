"""Templates are thin: headings and one-line calls, and what they call can be shown."""

import ast
import json
import re
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from unittest.mock import patch

import pytest

from oversight_lib import intake
from oversight_lib.report.charts import Chart
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.tables import Table
from tests.report.pages import opened

FOLDER = Path(__file__).parents[2] / "notebooks"
PARAMETERS = {
    "back-test": ["quarter"],
    "england": ["quarter"],
    "icb": ["quarter", "code"],
    "inequalities": ["quarter"],
    "region": ["quarter", "code"],
    "rules": ["quarter"],
    "trust": ["quarter", "code"],
}
NAMES = sorted(PARAMETERS)


def cells(name):
    return json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))["cells"]


def source(cell):
    return "".join(cell["source"])


def code(name):
    """The code cells that are not parameters."""
    return [
        cell for cell in cells(name)
        if cell["cell_type"] == "code" and "parameters" not in cell["metadata"]["tags"]
    ]  # fmt: skip


def test_every_template_is_tested():
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_first_cell_is_the_title_that_the_press_fills_in(name):
    first = cells(name)[0]
    assert first["cell_type"] == "markdown"
    assert source(first) == "# {{ title }}"


@pytest.mark.parametrize("name", NAMES)
def test_one_cell_gives_every_parameter_a_plain_default(name):
    tagged = [cell for cell in cells(name) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    statements = ast.parse(source(tagged[0])).body
    assert all(isinstance(statement, ast.Assign) for statement in statements)
    assert [statement.targets[0].id for statement in statements] == PARAMETERS[name]
    assert all(isinstance(ast.literal_eval(statement.value), str) for statement in statements)


@pytest.mark.parametrize("name", NAMES)
def test_markdown_is_headings_in_order(name):
    levels = []
    for cell in cells(name):
        if cell["cell_type"] == "markdown":
            heading = re.fullmatch(r"(#+) (\S.*)", source(cell))
            assert heading, source(cell)
            levels.append(len(heading[1]))
            words = heading[2].replace("against England", "against")
            assert words == "{{ title }}" or not re.search(r" (?!England)[A-Z]", words), (
                "sentence case"
            )
    assert levels[0] == 1
    assert 1 not in levels[1:]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_every_code_cell_is_one_line(name):
    for cell in code(name):
        assert "\n" not in source(cell)
        assert ";" not in source(cell)
        assert len(ast.parse(source(cell)).body) == 1


@pytest.mark.parametrize("name", NAMES)
def test_there_is_one_import_and_it_is_the_library(name):
    imports = [
        source(cell) for cell in code(name)
        if isinstance(ast.parse(source(cell)).body[0], ast.Import | ast.ImportFrom)
    ]  # fmt: skip
    # The page of the rules opens no assessment.
    rooms = "report" if name == "rules" else "intake, report"
    assert imports == [f"from oversight_lib import {rooms}"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_decided_or_repeated_in_a_template(name):
    allowed = (
        ast.Module, ast.Assign, ast.Expr, ast.Call, ast.Attribute, ast.Name, ast.Constant,
        ast.Load, ast.Store, ast.ImportFrom, ast.alias,
    )  # fmt: skip
    for cell in code(name):
        assert all(isinstance(node, allowed) for node in ast.walk(ast.parse(source(cell))))


@pytest.mark.parametrize("name", NAMES)
def test_no_outputs_and_no_counts(name):
    for cell in cells(name):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_fixed_words(name):
    ids = [cell["id"] for cell in cells(name)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]{1,64}", found) for found in ids)
    assert ids[:3] == ["title", "parameters", "library"]


@pytest.mark.parametrize("name", NAMES)
def test_code_is_not_shown(name):
    for cell in code(name):
        assert set(cell["metadata"]["tags"]) <= {"remove-input", "remove-cell"}
        assert cell["metadata"]["tags"]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_names_the_ordinary_kernel_and_nothing_of_this_machine(name):
    metadata = json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert set(metadata) == {"kernelspec", "language_info"}


RUNS = [
    ("england", "", "2025-26-q1"),
    ("england", "", "2025-26-q3"),
    ("region", "Y56", "2025-26-q1"),
    ("region", "Y63", "2025-26-q2"),
    ("icb", "QMF", "2025-26-q1"),
    ("icb", "QHG", "2025-26-q3"),  # no trust of this ICB is loaded
    ("trust", "RHM", "2025-26-q1"),
    ("trust", "RPY", "2025-26-q1"),  # has no access domain
    ("trust", "G6V2S", "2025-26-q3"),
    ("back-test", "", "2025-26-q2"),
    ("rules", "", "2025-26-q2"),
    ("inequalities", "", "2025-26-q1"),
    ("inequalities", "", "2025-26-q3"),
]


@cache
def run(name, org, quarter):
    """What a template shows, with the heading it stands under and the call that shows it."""
    # Assessed once a quarter, not once a page.
    with patch.object(intake, "open_assessment", opened):
        return _run(name, org, quarter)


def _run(name, org, quarter):
    names = {"quarter": quarter, "code": org}
    heading, shown = "", []
    for cell in cells(name):
        text = source(cell)
        if cell["cell_type"] == "markdown":
            heading = text
        elif "parameters" not in cell["metadata"]["tags"]:
            (statement,) = ast.parse(text).body
            if isinstance(statement, ast.Expr):
                shown.append((heading, text, eval(text, names)))
            else:
                exec(text, names)
    return shown


@pytest.mark.parametrize(("name", "org", "quarter"), RUNS)
def test_every_call_shows_something_and_every_chart_has_a_table_beside_it(name, org, quarter):
    shown = run(name, org, quarter)
    assert shown
    # Where nobody wrote anything there is nothing, not a word that says so.
    silent = [call for _, call, what in shown if what is None]
    assert all(call.startswith("report.commentary.remarks(page, ") for call in silent)
    said = [what for _, _, what in shown if what is not None]
    assert all(isinstance(what, Chart | Table | Fragment) for what in said)
    for place, (heading, call, what) in enumerate(shown):
        if isinstance(what, Chart):
            after = takewhile(lambda other: other[0] == heading, shown[place + 1 :])  # noqa: B023
            tables = [other for _, _, other in after if isinstance(other, Table)]
            assert tables, f"no table under {heading} beside {call}"
            assert any(table.taken for table in tables), f"nothing to take away beside {call}"
            assert what.alt


@pytest.mark.parametrize(("name", "org", "quarter"), RUNS)
def test_alt_texts_and_captions_of_a_page_are_told_apart(name, org, quarter):
    shown = [what for _, _, what in run(name, org, quarter)]
    alts = [what.alt for what in shown if isinstance(what, Chart)]
    captions = [what.caption for what in shown if isinstance(what, Table)]
    assert len(set(alts)) == len(alts)
    assert len(set(captions)) == len(captions)
