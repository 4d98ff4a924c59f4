"""A digest is another one whenever anything it is of is."""

import sys
from hashlib import sha256

import pytest

from oversight_lib.press.cache import digests


def test_a_files_digest_is_its_sha256(tmp_path):
    (tmp_path / "a").write_bytes(b"words")
    assert digests.file(tmp_path / "a") == sha256(b"words").hexdigest()
    assert digests.file(tmp_path / "b") == digests.file(tmp_path) == "absent"


def test_where_one_text_ends_and_the_next_begins_counts():
    assert digests.words("ab", "c") != digests.words("a", "bc")
    assert digests.words("") != digests.words()


def test_names_have_no_order():
    assert digests.mapping({"a": "1", "b": "2"}) == digests.mapping({"b": "2", "a": "1"})
    assert digests.mapping({"a": "1"}) != digests.mapping({"b": "1"})


CHANGES = {
    "content": lambda folder: (folder / "in" / "a").write_text("other"),
    "name": lambda folder: (folder / "in" / "a").rename(folder / "in" / "b"),
    "place": lambda folder: (folder / "in" / "a").rename(folder / "a"),
    "one more": lambda folder: (folder / "b").write_text(""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_folders_digest_is_of_every_name_and_content(tmp_path, change):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("words")
    (tmp_path / "in" / "__pycache__").mkdir()
    before = digests.folder(tmp_path)
    (tmp_path / "in" / "__pycache__" / "a.pyc").write_text("passing")
    assert digests.folder(tmp_path) == before
    CHANGES[change](tmp_path)
    assert digests.folder(tmp_path) != before


def test_the_names_in_a_folder_are_not_the_contents(tmp_path):
    (tmp_path / "a").write_text("one")
    before = digests.names(tmp_path)
    (tmp_path / "a").write_text("two")
    assert digests.names(tmp_path) == before
    (tmp_path / "b").touch()
    assert digests.names(tmp_path) != before
    assert digests.names(tmp_path / "none") == "absent"


def test_the_digest_of_versions_is_of_every_package_and_its_record(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    seen = {digests.versions()}
    info = tmp_path / "pandas-3.1.dist-info"
    info.mkdir()
    seen.add(digests.versions())
    (info / "RECORD").write_text("pandas/__init__.py,sha256=a,1")
    seen.add(digests.versions())
    (info / "RECORD").write_text("pandas/__init__.py,sha256=b,1")
    seen.add(digests.versions())
    info.rename(tmp_path / "pandas-3.2.dist-info")
    seen.add(digests.versions())
    assert len(seen) == 5


def test_the_digest_of_code_is_of_the_parts_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(digests, "PACKAGE", tmp_path)
    (tmp_path / "cli").mkdir()
    for name in ("frames.py", "cli/listing.py"):
        (tmp_path / name).write_text("one")
    part, whole = digests.code("frames.py"), digests.code()
    (tmp_path / "cli" / "listing.py").write_text("two")
    assert digests.code("frames.py") == part
    assert digests.code() != whole
    (tmp_path / "frames.py").write_text("two")
    assert digests.code("frames.py") != part
