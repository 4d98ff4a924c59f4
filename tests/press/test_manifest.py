"""The manifest: what went in, what came out, and nothing that differs from one day to the next."""

import hashlib
import json
import shutil

import pytest

import oversight_lib
from oversight_lib.press import checkout, manifest


@pytest.mark.book
def test_it_lists_every_file_of_the_edition_with_its_sum(made):
    said = json.loads((made.out / "manifest.json").read_text())
    listed = {entry["path"]: entry for entry in said["outputs"]}
    assert {"html/england.html", "notebooks/trusts/r1h.ipynb"} <= set(listed)
    for name, entry in listed.items():
        content = (made.out / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["bytes"] == len(content)
    there = {p.relative_to(made.out).as_posix() for p in (made.out / "html").rglob("*.html")}
    assert there <= set(listed)
    assert not [name for name in listed if name.startswith(("source", "failed", "manifest"))]


@pytest.mark.book
def test_it_says_what_was_built_and_what_failed(made):
    said = json.loads((made.out / "manifest.json").read_text())
    reason = "failed in cell 4 (pictures.divide_by(0)): ZeroDivisionError: division by zero"
    assert said["pages"]["failed"] == {"regions/y60": reason}
    assert len(said["pages"]["built"]) == 11 - 1
    assert (said["quarter"], said["rules"], said["commit"]) == ("2025-26-q1", "2025-26", "c0ffee")
    assert said["inputs"] == [{"name": "data/b.csv", "sha256": "b" * 64}]


@pytest.mark.book
def test_it_is_the_same_bytes_twice(made, made_again):
    one, two = ((book.out / "manifest.json").read_bytes() for book in (made, made_again))
    assert one == two


def test_packages_are_our_direct_ones_without_those_of_the_tests():
    packages = manifest.packages()
    assert {"pandas", "papermill", "jupyter-book"} <= set(packages)
    assert "pytest" not in packages
    assert list(packages) == sorted(packages)


def test_the_commit_is_unknown_outside_a_checkout(tmp_path, monkeypatch):
    package = tmp_path / "site-packages"
    shutil.copytree(oversight_lib.__path__[0] + "/rules", package / "oversight_lib")
    monkeypatch.setattr(checkout, "HOME", package)
    assert checkout.commit() == "unknown"
