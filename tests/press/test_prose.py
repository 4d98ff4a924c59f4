"""The hand-written pages and the list that orders them have to agree."""

import pytest

from oversight_lib.errors import BindingError
from oversight_lib.press.prose import Part, parts_of
from tests.press.conftest import PROSE


def test_parts_are_read_in_their_order():
    assert parts_of(PROSE, ["inequalities", "rules", "back-test"]) == [
        Part("About", ("how-to-read", "inequalities", "rules", "back-test"))
    ]


def test_a_page_made_to_stand_among_them_has_to_be_named_and_made(tmp_path):
    with pytest.raises(BindingError, match=r"back-test\.md: is named there, but is not"):
        parts_of(PROSE)
    (tmp_path / "_toc.yml").write_text("parts: []")
    with pytest.raises(BindingError, match=r"back-test\.md: stands in no part"):
        parts_of(tmp_path, ["back-test"])


def test_without_a_list_there_is_no_prose(tmp_path):
    assert parts_of(tmp_path) == []


def test_missing_forgotten_and_repeated_pages_are_told_at_once(tmp_path):
    (tmp_path / "forgotten.md").touch()
    (tmp_path / "twice.md").touch()
    chapters = "[{file: missing}, {file: twice}, {file: twice}]"
    (tmp_path / "_toc.yml").write_text(f"parts: [{{caption: About, chapters: {chapters}}}]")
    with pytest.raises(BindingError) as raised:
        parts_of(tmp_path)
    assert [str(problem) for problem in raised.value.problems] == [
        "missing.md: is named there, but is not",
        "forgotten.md: stands in no part",
        "twice: is named twice",
    ]
