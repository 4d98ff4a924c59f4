"""A page that was kept is used if everything it was made from is the same, and never otherwise."""

import json
import os
from dataclasses import replace

import pytest

from oversight_lib.press.cache.asked import Answers, Asked
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.cache.pages import NEW, Executed, Pages
from oversight_lib.press.cache.tables import Tables
from oversight_lib.press.pages import Page

READS = (json.dumps(["commentary", {"code": ["RAT"]}]), json.dumps(["scores", {}]))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tables").mkdir()
    files = {
        "tables/scores.csv": "org,score\nRAT,1\n",
        "tables/commentary.csv": "code,text\nRAT,mine\nRQX,theirs\n",
        "tables/flows.csv": "org\n",
        "trusts.csv": "org\n",
        "trust.ipynb": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "names").mkdir()
    return tmp_path


def page(folder, **otherwise):
    made = Page("trust", "RAT", "A trust", "trusts/rat", folder / "trust.ipynb", {"code": "RAT"})
    return replace(made, **otherwise)


def pages(folder, common="1", unwatched="1"):
    """The kept pages as a new run finds them."""
    answers = Answers(Tables(folder / "tables"))
    return Pages(Entries(folder / "cache"), answers, {"our code": common}, {"the data": unwatched})


def executed(folder):
    asked = Asked(READS, (str(folder / "trusts.csv"),), (str(folder / "names"),))
    return Executed('{"cells": []}', 1.5, "a warning", asked)


@pytest.fixture
def kept(folder):
    pages(folder).keep(page(folder), executed(folder))
    return folder


def change(name, text):
    return lambda folder: (folder / name).write_text(text)


def test_with_nothing_changed_it_is_the_page_that_was_kept(kept):
    found = pages(kept).found(page(kept))
    assert found.executed == executed(kept)
    assert found.why == ""


OTHERS = {
    "a table it did not read": change("tables/flows.csv", "org\nRAT\n"),
    "somebody else's words": change("tables/commentary.csv", "code,text\nRAT,mine\nRQX,new\n"),
    "a file it did not read": change("icbs.csv", "icb\n"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_it_did_not_ask_for_makes_no_page_again(kept, other):
    OTHERS[other](kept)
    assert pages(kept).found(page(kept)).executed


READ = {
    "the table scores": change("tables/scores.csv", "org,score\nRAT,2\n"),
    "the table commentary (code RAT)": change("tables/commentary.csv", "code,text\nRAT,new\n"),
    "its template": change("trust.ipynb", '{"cells": [1]}'),
    "the file ": change("trusts.csv", "org\nRAT\n"),
    "the names in ": change("names/new.csv", ""),
}


@pytest.mark.parametrize("what", READ)
def test_what_it_asked_for_makes_it_again_and_it_is_said_what(kept, what):
    READ[what](kept)
    found = pages(kept).found(page(kept))
    assert found.executed is None
    assert found.why.startswith(f"changed: {what}")


@pytest.mark.parametrize(
    ("otherwise", "what"),
    [
        ({"parameters": {"code": "RQX"}}, "its parameters"),
        ({"title": "Another"}, "its title"),
    ],
)
def test_whom_it_is_about_is_part_of_its_key(kept, otherwise, what):
    assert pages(kept).found(page(kept, **otherwise)).why == f"changed: {what}"


def test_code_is_part_of_its_key_and_data_where_nobody_watched(kept):
    assert pages(kept, common="2").found(page(kept)).why == "changed: our code"
    assert pages(kept, unwatched="2").found(page(kept)).executed


def test_where_nobody_watched_it_is_made_from_everything(folder):
    pages(folder).keep(page(folder), Executed("{}", 1.0))
    assert pages(folder).found(page(folder)).executed == Executed("{}", 1.0)
    assert pages(folder, unwatched="2").found(page(folder)).why == "changed: the data"
    OTHERS["a table it did not read"](folder)
    assert pages(folder).found(page(folder)).why == "changed: the tables"


def test_a_page_that_read_what_was_written_meanwhile_is_not_kept(kept):
    run = pages(kept)
    (kept / "trusts.csv").write_text("org\nnew\n")
    # Whatever a program says of when it changed the file.
    os.utime(kept / "trusts.csv", (0, 0))
    run.keep(page(kept), executed(kept))
    assert pages(kept).found(page(kept)).why == NEW


def test_how_long_it_took_is_known_even_if_it_has_to_be_made_again(kept):
    READ["its template"](kept)
    assert pages(kept).seconds(page(kept)) == 1.5
    assert pages(kept).seconds(page(kept, slug="trusts/rqx")) is None


def test_a_cache_that_is_gone_or_scrambled_is_no_harm(kept):
    entry = kept / "cache" / "trusts" / "rat.entry"
    entry.write_bytes(entry.read_bytes().replace(b"warning", b"worning"))
    assert pages(kept).found(page(kept)).why == NEW
    entry.unlink()
    assert pages(kept).found(page(kept)).why == NEW
