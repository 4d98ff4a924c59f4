"""Checkout: the commit an edition names is that of code and data; a release asks for more."""

import subprocess

import pytest

from oversight_lib.press import checkout


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A checkout with code, data and a remark, all committed."""
    for name in ("oversight_lib/code.py", "data/figures.csv", "book/commentary/remark.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as committed\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "All")
    monkeypatch.setattr(checkout, "HOME", tmp_path)
    return tmp_path


def git(home, *words):
    done = subprocess.run(["git", "-C", home, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_commit_of_a_clean_checkout_is_its_head(home):
    head = git(home, "rev-parse", "HEAD")
    assert len(head) == 40
    assert checkout.commit() == checkout.tree() == head


@pytest.mark.parametrize("name", ["oversight_lib/code.py", "data/figures.csv"])
def test_code_or_data_that_differ_make_the_commit_dirty(home, name):
    (home / name).write_text("other\n", encoding="utf-8")
    assert checkout.commit() == checkout.tree() == f"{git(home, 'rev-parse', 'HEAD')}-dirty"


def test_a_file_that_is_gone_or_only_staged_makes_it_dirty(home):
    (home / "data" / "figures.csv").unlink()
    assert checkout.commit().endswith("-dirty")
    git(home, "checkout", "--", "data")
    (home / "data" / "more.csv").write_text("more\n", encoding="utf-8")
    git(home, "add", "data/more.csv")
    assert checkout.commit().endswith("-dirty")


def test_a_file_that_was_only_touched_does_not(home):
    (home / "data" / "figures.csv").write_text("as committed\n", encoding="utf-8")
    assert not checkout.tree().endswith("-dirty")


def test_words_that_differ_leave_the_code_as_it_is_and_the_tree_unfit_for_release(home):
    (home / "book" / "commentary" / "remark.md").write_text("other words\n", encoding="utf-8")
    assert checkout.commit() == git(home, "rev-parse", "HEAD")
    assert checkout.tree().endswith("-dirty")


def test_a_file_nobody_added_makes_the_tree_unfit_for_release(home):
    (home / "book" / "commentary" / "sign-off.toml").write_text("new\n", encoding="utf-8")
    assert checkout.commit() == git(home, "rev-parse", "HEAD")
    assert checkout.tree().endswith("-dirty")


def test_a_folder_inside_another_repository_has_no_commit(home, monkeypatch):
    monkeypatch.setattr(checkout, "HOME", home / "oversight_lib")
    assert checkout.commit() == checkout.tree() == "unknown"
