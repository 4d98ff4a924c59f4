"""A bindery waits until it is told what to bind, and nothing is left of it afterwards."""

import pytest

from oversight_lib.press import bindery as bindery_
from oversight_lib.press.bindery import waiting

CONFIG = "title: A book\nonly_build_toc_files: true\nexecute: {execute_notebooks: 'off'}\n"
TOC = "format: jb-book\nroot: page\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    for name, text in {"_config.yml": CONFIG, "_toc.yml": TOC, "page.md": "# A page\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def bound(source, to, *words, meanwhile=lambda: None):
    with waiting(0) as bindery:
        told = bindery.bind(
            ["build", str(source), "--path-output", str(to), *words], source.parent, meanwhile
        )
    assert bindery.process.returncode is not None
    return told


@pytest.mark.book
def test_a_book_is_bound_while_something_else_is_done(source, tmp_path):
    done = []
    code, _ = bound(source, tmp_path, "-q", meanwhile=lambda: done.append(True))
    assert code == 0
    assert done == [True]
    assert "A page" in (tmp_path / "_build" / "html" / "page.html").read_text("utf-8")


@pytest.mark.book
def test_what_is_wrong_is_told(source, tmp_path):
    (source / "page.md").write_text("# A page\n\n[nowhere](none.md)\n", encoding="utf-8")
    code, said = bound(source, tmp_path, "-W", "-n", "-q")
    assert code != 0
    assert "none.md" in said


def test_one_that_could_not_import_what_it_needs_says_so(source, tmp_path, monkeypatch):
    monkeypatch.setattr(bindery_, "_WAITING", "import no_such_book")
    with waiting(0) as bindery:
        bindery.process.wait(60)
        code, said = bindery.bind(["build", str(source)], tmp_path)
    assert code == 1
    assert "No module named 'no_such_book'" in said


def test_one_that_is_told_nothing_is_gone_at_once():
    with waiting(0) as bindery:
        assert bindery.process.poll() is None
    assert bindery.process.returncode != 0


def test_one_is_gone_when_the_run_is_interrupted():
    with pytest.raises(KeyboardInterrupt), waiting(0) as bindery:
        raise KeyboardInterrupt
    assert bindery.process.returncode is not None
