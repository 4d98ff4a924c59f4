"""What an executed notebook keeps, loses and is given on its way into the book."""

import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from oversight_lib.press.notebooks import ImageError, ended, plain, stderr, write
from oversight_lib.press.notebooks import finished as finished_text

WORDS = "Stacked bars: 12 trusts in segment 1, 40 in segment 2."


def finished(given, title, ending):
    """The notebook as it goes into the book, read again."""
    return nbformat.reads(ended(finished_text(given, title), ending), as_version=4)


def image(alt, mime="image/svg+xml"):
    return new_output("display_data", data={mime: "<svg/>"}, metadata={mime: {"alt": alt}})


def notebook(*outputs, **metadata):
    cells = [
        new_markdown_cell("# {{ title }}"),
        new_code_cell("draw()", outputs=list(outputs), execution_count=7, metadata=metadata),
    ]
    return new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "papermill": {"start_time": "now"},
            "language_info": {"name": "python", "version": "3.11.7"},
        },
    )


def test_the_title_is_written_as_markdown_that_shows_it_as_it_is():
    done = finished(notebook(), "Mid & South_Essex *NHS*", "the end")
    assert done.cells[0].source == r"# Mid \& South\_Essex \*NHS\*"
    assert plain("London") == "London"


def test_the_ending_is_the_last_cell():
    assert finished(notebook(), "London", "the end").cells[-1].source == "the end"


TRICKY = st.text() | st.sampled_from(
    ['\n ],\n "metadata": {', '\n   "cell_type": "', "\\n ],", '"', "\u2028", "a\r\nb", "\n\n"]
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(words=TRICKY, output=TRICKY, ending=TRICKY, more=st.integers(0, 2))
def test_an_ending_is_put_in_as_if_the_whole_were_taken_apart(words, output, ending, more):
    whole = notebook(new_output("stream", text=output), cell_type=words)
    whole.cells += [new_markdown_cell(words), new_code_cell(words)] * more
    before = finished_text(whole, "London")
    expected = json.loads(before)
    last = {"cell_type": "markdown", "id": f"cell-{len(whole.cells) + 1:03d}", "metadata": {},
            "source": ending.splitlines(keepends=True)}  # fmt: skip
    expected["cells"].append(last)
    told = json.dumps(expected, indent=1, sort_keys=True, ensure_ascii=False)
    assert ended(before, ending) == f"{told}\n"


def test_what_is_no_finished_notebook_is_given_no_ending():
    with pytest.raises(ValueError, match="not a notebook"):
        ended("{}", "the end")


def test_alt_text_is_copied_to_where_the_book_reads_it():
    cell = finished(notebook(image(f"{WORDS}\n")), "London", "").cells[1]
    assert cell.metadata.mystnb.image.alt == WORDS


@pytest.mark.parametrize(
    ("outputs", "reason"),
    [
        ([image("")], "without alt text"),
        ([image("   ")], "without alt text"),
        ([image("_images/3f2a.svg")], "file path"),
        ([image("../../_images/a-b_c.PNG", "image/png")], "file path"),
        ([image("A chart")], "says too little"),
        ([image(WORDS), image(WORDS)], "2 images in one cell"),
    ],
)
def test_an_image_without_words_is_refused_with_its_cell(outputs, reason):
    with pytest.raises(ImageError, match=reason) as raised:
        finished(notebook(*outputs), "London", "")
    assert raised.value.cell == 7


def test_a_sentence_that_ends_in_a_file_name_is_not_a_path():
    words = "A bar chart of the figures in segments.svg"
    assert (
        finished(notebook(image(words)), "London", "").cells[1].metadata.mystnb.image.alt == words
    )


def test_times_versions_addresses_ids_and_standard_error_are_dropped():
    first, second = (
        notebook(
            new_output("execute_result", data={"text/plain": f"<Chart at {address}>"}),
            new_output("stream", name="stderr", text=f"warned at {address}"),
            papermill={"start_time": address},
            execution={"iopub.status.busy": address},
        )
        for address in ("0x7f01", "0x7f99")
    )
    assert first != second
    assert finished(first, "London", "") == finished(second, "London", "")
    assert stderr(first) == "warned at 0x7f01"


def test_the_notebook_given_is_not_changed():
    given = notebook(image(WORDS), papermill={"start_time": "now"})
    finished(given, "London", "the end")
    assert len(given.cells) == 2
    assert "mystnb" not in given.cells[1].metadata
    assert given.cells[1].metadata.papermill == {"start_time": "now"}


def test_injected_parameters_are_not_shown():
    cell = finished(notebook(tags=["injected-parameters"]), "London", "").cells[1]
    assert "remove-cell" in cell.metadata.tags


def test_a_notebook_is_written_the_same_way_twice(tmp_path):
    done = finished(notebook(image(WORDS)), "London", "")
    one, two = (write(done, tmp_path / name / "a.ipynb") for name in ("x", "y"))
    assert one.read_bytes() == two.read_bytes()


def test_an_ending_is_written_as_a_notebook_writes_its_cells():
    ending = "## How\n\nä \u2028 \\ and\nthe end"
    text = ended(finished_text(notebook(image(WORDS)), "London"), ending)
    assert text == nbformat.writes(nbformat.reads(text, as_version=4)) + "\n"
    assert nbformat.reads(text, as_version=4).cells[-1].source == ending
