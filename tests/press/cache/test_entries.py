"""An entry is given back as it was kept, or not at all."""

import pytest

from oversight_lib.press.cache import entries
from oversight_lib.press.cache.entries import Entries, write_whole

ENTRY = {"notebook": "{}", "seconds": 1.5, "parts": {"a": "1"}}


@pytest.fixture
def kept(tmp_path):
    held = Entries(tmp_path / "pages")
    held.put("trusts/rat", ENTRY)
    return held


def file_of(held):
    return held.folder / "trusts" / "rat.entry"


def test_what_was_kept_is_given_back(kept):
    assert kept.get("trusts/rat") == ENTRY
    assert kept.get("trusts/rqx") is None


@pytest.mark.parametrize("place", [0, 63, 64, 80, -1])
def test_one_flipped_bit_anywhere_is_nothing_kept(kept, place):
    content = bytearray(file_of(kept).read_bytes())
    content[place] ^= 1
    file_of(kept).write_bytes(content)
    assert kept.get("trusts/rat") is None


@pytest.mark.parametrize("length", [0, 10, 64, 70])
def test_an_entry_cut_short_is_nothing_kept(kept, length):
    file_of(kept).write_bytes(file_of(kept).read_bytes()[:length])
    assert kept.get("trusts/rat") is None


def test_an_entry_under_another_name_is_not_taken_for_that_ones(kept):
    file_of(kept).rename(file_of(kept).with_name("rqx.entry"))
    assert kept.get("trusts/rqx") is None


def test_a_disk_that_is_full_keeps_nothing_and_stops_nothing(kept, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(entries, "write_whole", full)
    kept.put("trusts/rat", {"seconds": 2})
    assert kept.get("trusts/rat") is None


def test_a_write_that_fails_leaves_the_old_file_and_no_half_one(tmp_path, monkeypatch):
    write_whole(tmp_path / "a", b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(entries.Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_what_is_dropped_is_gone(kept):
    kept.drop("trusts/rat")
    assert kept.get("trusts/rat") is None
    kept.drop("trusts/rat")
