"""Pages are made side by side, and one that fails fails alone."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from oversight_lib.press import runner
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.results import Failure, PageResult, page_error
from tests.press import engines
from tests.press.conftest import BAD, FAILING, tables

pytestmark = pytest.mark.book


def test_results_come_in_the_order_of_the_plan_and_are_told_as_they_end(made, plan):
    assert [result.page.slug for result in made.results] == [page.slug for page in plan]
    assert sorted(made.done) == sorted(page.slug for page in plan)


def test_one_page_fails_and_the_others_are_made(made):
    assert [r.page.slug for r in made.results if r.failure] == [FAILING]
    assert all(r.notebook.is_file() for r in made.results if not r.failure)


def test_a_failure_names_its_cell_and_keeps_the_half_run_notebook(made):
    failure = next(r.failure for r in made.results if r.failure)
    assert (failure.cell, failure.source) == (4, "pictures.divide_by(0)")
    assert failure.error == "ZeroDivisionError: division by zero"
    assert failure.half_run == (made.out / "failed" / f"{FAILING}.ipynb").resolve()
    half_run = json.loads(failure.half_run.read_text())
    counts = [c["execution_count"] for c in half_run["cells"] if c["cell_type"] == "code"]
    assert counts == [1, 2, 3, 4, None]


def test_nothing_of_an_older_edition_is_left(made):
    assert not list(made.out.rglob("*.old"))
    assert not (made.out / "notebooks" / f"{FAILING}.ipynb").exists()


def test_the_error_of_a_run_says_what_where_and_how_to_look(made):
    error = page_error(made.results)
    assert error.exit_code == 9
    assert "1 of 11 pages could not be made" in str(error)
    assert (
        'region page "Midlands": failed in cell 4 (pictures.divide_by(0)): ZeroDivisionError'
        in str(error)
    )
    assert str(made.out / "failed" / f"{FAILING}.ipynb") in str(error)
    assert page_error([r for r in made.results if not r.failure]) is None


def test_standard_error_is_told_and_not_printed(made):
    warned = {result.page.slug: result.stderr for result in made.results}
    assert warned["trusts/rrk"] == "a warning\n"
    assert warned["england"] == ""
    assert "a warning" not in made.html("trusts/rrk")
    assert '"stderr"' not in (made.out / "notebooks" / "trusts" / "rrk.ipynb").read_text()


def test_the_tables_are_found_and_their_place_is_not_in_the_notebook(made):
    for result in made.results:
        if result.notebook:
            text = result.notebook.read_text()
            assert "read from the tables" in text
            assert str(made.out.parent) not in text


def test_a_drawing_bears_the_date_of_its_quarter(made):
    text = (made.out / "notebooks" / "england.ipynb").read_text()
    assert "<dc:date>2025-06-30T00:00:00+00:00</dc:date>" in text


def test_two_runs_in_two_places_give_the_same_notebooks(made, made_again):
    for one, two in zip(made.results, made_again.results, strict=True):
        if one.notebook:
            assert one.notebook.read_bytes() == two.notebook.read_bytes(), one.page.slug


REASONS = {
    "image_without_alt.ipynb": "an image without alt text",
    "image_alt_is_a_path.ipynb": 'an image whose alt text is a file path, "_images/3f2a.svg"',
    "two_images_in_one_cell.ipynb": "2 images in one cell; draw each in a cell of its own",
}


def test_an_image_without_words_fails_its_page(plan, edition, tmp_path):
    pages = [
        replace(page, template=BAD / name) for page, name in zip(plan[1:4], REASONS, strict=True)
    ]
    results = run(pages, edition, tmp_path)
    assert [result.failure.error for result in results] == list(REASONS.values())
    for result in results:
        assert result.failure.cell == 4
        assert result.failure.half_run.is_file()
        assert result.notebook is None


def run(pages, edition, folder, **options):
    return runner.run(
        pages, out=folder / "out", tables=tables(folder / "tables"), edition=edition, **options
    )


def test_an_interruption_ends_a_run_at_once(plan, edition, tmp_path):
    def interrupt(_result):
        raise KeyboardInterrupt

    began = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        run(
            plan,
            edition,
            tmp_path,
            using=Kernels(jobs=2, execute=engines.first_at_once_then_slow),
            on_done=interrupt,
        )
    assert time.perf_counter() - began < 30  # the pages would take a minute and more


def test_a_process_that_is_killed_is_a_failure_and_not_a_crash(plan, edition, tmp_path):
    results = run(plan[:2], edition, tmp_path, using=Kernels(jobs=1, execute=engines.killed))
    assert [result.failure.error for result in results] == ["a process of the press was killed"] * 2


def test_a_failure_reads_as_one_line():
    assert str(Failure("no segment for RJ1", 6, "charts.segments()")) == (
        "failed in cell 6 (charts.segments()): no segment for RJ1"
    )
    assert str(Failure("the kernel died")) == "failed: the kernel died"


def test_an_error_without_a_half_run_notebook_is_told_too(plan):
    error = page_error([PageResult(plan[0], None, Failure("no kernel"), 0.1)])
    assert 'england page "England": failed: no kernel' in str(error)
    assert "half-run" not in str(error)
    assert isinstance(plan[0].template, Path)
