"""The press empties its own folders and nobody else's."""

import pytest

from oversight_lib.errors import PageError
from oversight_lib.press.folders import MARK, clear, fresh


def test_a_fresh_folder_has_nothing_of_before(tmp_path):
    folder = fresh(tmp_path / "html")
    (folder / "old.html").touch()
    assert [path.name for path in fresh(folder).iterdir()] == [MARK]


def test_a_folder_somebody_wrote_is_refused_and_left(tmp_path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "region.ipynb").touch()
    with pytest.raises(PageError, match="not made by the press"):
        fresh(notebooks)
    assert (notebooks / "region.ipynb").exists()


def test_clearing_what_is_not_there_is_no_error(tmp_path):
    clear(tmp_path / "html")
    assert not (tmp_path / "html").exists()
