"""The press empties its own folders and nobody else's."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.errors import PageError
from oversight_lib.press.folders import MARK, clear, fresh, make_alike, mark, set_aside


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


def test_a_folder_is_set_aside_in_the_place_of_what_was_there(tmp_path):
    folder, place = fresh(tmp_path / "html"), fresh(tmp_path / "binding" / "book")
    (folder / "new.html").write_text("new")
    (place / "old.html").write_text("old")
    set_aside(folder, place)
    assert not folder.exists()
    assert sorted(path.name for path in place.iterdir()) == [MARK, "new.html"]
    set_aside(folder, place)
    assert (place / "new.html").exists()


def test_a_folder_somebody_wrote_is_not_set_aside(tmp_path):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "mine.html").touch()
    with pytest.raises(PageError, match="not made by the press"):
        set_aside(tmp_path / "html", tmp_path / "aside")
    assert (tmp_path / "html" / "mine.html").exists()


FILES = st.dictionaries(
    st.sampled_from(["a.html", "b.html", "in/a.html", "in/b.svg", "in/deep/c.js"]),
    st.sampled_from([b"", b"one", b"two", b"longer"]),
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(wanted=FILES, there=FILES)
def test_a_folder_is_made_alike_whatever_it_held(wanted, there, tmp_path_factory):
    place = tmp_path_factory.mktemp("alike")
    one, other = put(place / "one", wanted), mark(put(place / "other", there))
    make_alike(one, other)
    assert contents(other) == {**wanted, MARK: b""}
    assert contents(one) == wanted


def test_what_is_the_same_is_not_written_again_and_what_is_spared_stays(tmp_path):
    one = put(tmp_path / "one", {"same.html": b"same", "other.html": b"after"})
    other = put(tmp_path / "other", {"same.html": b"same", "other.html": b"befor",
                                     "downloads/x.pdf": b"x", "in/downloads/x": b"x"})  # fmt: skip
    os.utime(other / "same.html", (1, 1))
    make_alike(one, other, but=["downloads"])
    assert (other / "same.html").stat().st_mtime == 1
    assert contents(other) == {
        "same.html": b"same", "other.html": b"after", "downloads/x.pdf": b"x"
    }  # fmt: skip


def test_a_link_to_a_file_elsewhere_is_no_copy_of_it(tmp_path):
    one = put(tmp_path / "one", {"page.html": b"page", "other.html": b"new"})
    away = put(tmp_path / "away", {"page.html": b"page", "other.html": b"mine"})
    other = put(tmp_path / "other", {})
    for name in ("page.html", "other.html"):
        (other / name).symlink_to(away / name)
    make_alike(one, other)
    assert not any(path.is_symlink() for path in other.iterdir())
    assert contents(other) == contents(one)
    assert contents(away)["other.html"] == b"mine"


def put(folder, files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
