"""An edition stands if it is made from the same and is as it was made, and never otherwise."""

import hashlib
import json
import os

import pytest

from oversight_lib.press import checkout
from oversight_lib.press.cache import digests, standing
from oversight_lib.press.cache.standing import Order, Standing, stand

FILES = {
    "data/scores.csv": "org\n",
    "words/2025-26-q1/england/opening.md": "Words",
    "home/notebooks/trust.ipynb": "{}",
    "home/book/method.md": "# Method",
    "home/_config.yml": "title: x",
    "out/html/england.html": "<p>",
    "out/notebooks/england.ipynb": "{}",
    "out/run.log": "passing",
    "out/source/england.ipynb": "passing",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(checkout, "commit", lambda: "c0ffee")
    for name in [name for name in os.environ if name.startswith("OVERSIGHT_")]:
        monkeypatch.delenv(name)
    for name, text in FILES.items():
        write(tmp_path / name, text)
    manifest(tmp_path / "out")
    order = of(tmp_path)
    stand(order, order.parts(), 1, ["Commentary is out of date"])
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def manifest(out):
    outputs = [
        {"path": name, "sha256": hashlib.sha256((out / name).read_bytes()).hexdigest()}
        for name in ("html/england.html", "notebooks/england.ipynb")
    ]
    write(out / "manifest.json", json.dumps({"outputs": outputs}))


def of(folder, quarter="2025-26-q1", wanted=((), (), ("RAT",), ())):
    return Order(
        quarter, wanted, folder / "out", folder / "data", folder / "words", folder / "home"
    )


def found(order):
    return standing.standing(order, order.parts())


def test_with_nothing_changed_it_stands(folder):
    assert found(of(folder)) == (Standing(1, ("Commentary is out of date",)), "")
    write(folder / "out" / "run.log", "of a later run")
    write(folder / "words" / "2025-26-q2" / "england" / "opening.md", "of another quarter")
    assert found(of(folder))[0]


MADE_FROM = {
    "data/new.csv": "the data",
    "words/2025-26-q1/trust/RAT/opening.md": "the commentary",
    "home/notebooks/trust.ipynb": "the templates",
    "home/book/method.md": "the prose",
    "home/_config.yml": "the checkout, the configuration",
    "home/tests/test_new.py": "the checkout",
    "home/README.md": "the checkout",
}


@pytest.mark.parametrize("name", MADE_FROM)
def test_whatever_it_is_made_from_and_changed_is_said(folder, name):
    write(folder / name, "changed")
    assert found(of(folder)) == (None, f"changed: {MADE_FROM[name]}")


def test_code_packages_and_commit_are_what_it_is_made_from(folder, monkeypatch):
    for name, what in (("code", "our code"), ("versions", "the packages installed")):
        with monkeypatch.context() as patched:
            patched.setattr(digests, name, lambda: "others")
            assert found(of(folder)) == (None, f"changed: {what}")
    monkeypatch.setattr(checkout, "commit", lambda: "c0ffee-dirty")
    assert found(of(folder)) == (None, "changed: the commit")


def test_so_are_what_was_asked_for_and_rules_of_ones_own(folder, monkeypatch):
    others = of(folder, wanted=((), (), ("RQX",), ()))
    assert found(others) == (None, "changed: what was asked for")
    write(folder / "own.toml", "a = 1")
    monkeypatch.setenv("OVERSIGHT_RULES", str(folder / "own.toml"))
    assert found(of(folder)) == (None, "changed: the rules of one's own")


SPOILT = {
    "a byte": lambda out: write(out / "html" / "england.html", "<q>"),
    "one more": lambda out: write(out / "html" / "old.html", "<p>"),
    "one less": lambda out: (out / "notebooks" / "england.ipynb").unlink(),
    "the manifest": lambda out: write(out / "manifest.json", '{"outputs": []}'),
    "no manifest": lambda out: (out / "manifest.json").unlink(),
}


@pytest.mark.parametrize("how", SPOILT)
def test_an_edition_that_is_not_as_it_was_made_does_not_stand(folder, how):
    SPOILT[how](folder / "out")
    assert found(of(folder)) == (None, "files of the edition are not as they were made")


def test_what_is_being_made_again_does_not_stand(folder):
    standing.fall(folder / "out")
    assert found(of(folder)) == (None, "there is no whole edition of an earlier run")


def test_what_changed_while_it_was_made_is_not_taken_for_what_it_was_made_from(folder):
    parts = of(folder).parts()
    write(folder / "data" / "scores.csv", "org\nRAT\n")
    stand(of(folder), parts, 1, [])
    assert found(of(folder))[0] is None
