"""A template and its page are compared before anything runs, because Papermill would only log."""

from dataclasses import replace

import pytest

from oversight_lib.errors import PageError
from oversight_lib.press import runner, templates
from oversight_lib.press.kernels import Kernels
from tests.press import engines
from tests.press.conftest import BAD, FAILING


def page_with(plan, template):
    page = next(page for page in plan if page.slug == FAILING)
    return replace(page, template=BAD / template)


def test_good_templates_pass(plan):
    templates.check(plan)


@pytest.mark.parametrize(
    ("template", "reasons"),
    [
        ("misspelt_parameter.ipynb", ["knows no parameter code", "parameter codes is not given"]),
        ("parameter_is_a_number.ipynb", ["code is str; expected int"]),
        ("no_parameters_cell.ipynb", ["0 cells are tagged parameters"]),
        ("no_title.ipynb", ["first cell has no title; expected Markdown with the heading"]),
        ("no_kernel.ipynb", ["names no kernel"]),
        ("not_there.ipynb", ["is not there"]),
    ],
)
def test_a_bad_template_is_refused_with_its_reason(plan, template, reasons):
    with pytest.raises(PageError) as raised:
        templates.check([page_with(plan, template)])
    assert all(reason in str(raised.value) for reason in reasons), str(raised.value)
    assert template in str(raised.value)


def test_a_file_that_is_no_notebook_is_refused(plan, tmp_path):
    (tmp_path / "prose.ipynb").write_text("These are not the cells you are looking for.")
    with pytest.raises(PageError, match=r"prose\.ipynb: is not a notebook"):
        templates.check([replace(plan[1], template=tmp_path / "prose.ipynb")])


def test_all_problems_are_told_at_once(plan):
    bad = [page_with(plan, name) for name in ("no_title.ipynb", "misspelt_parameter.ipynb")]
    with pytest.raises(PageError) as raised:
        templates.check(bad)
    assert len(raised.value.problems) == 1 + 2  # no title; one unknown and one missing parameter


def test_nothing_runs_and_nothing_is_removed_if_a_template_is_refused(plan, edition, tmp_path):
    with pytest.raises(PageError):
        runner.run(
            [page_with(plan, "misspelt_parameter.ipynb")],
            out=tmp_path / "out",
            tables=tmp_path,
            edition=edition,
            using=Kernels(jobs=1, execute=engines.slow),
        )
    assert not (tmp_path / "out").exists()
