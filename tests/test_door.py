"""The way in finds nothing to do at once, and leaves everything else to the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from oversight_lib import cli, door
from oversight_lib.press.cache import standing
from oversight_lib.press.checkout import HOME
from tests.conftest import ROOT


def test_what_is_asked_for_is_read_as_the_command_line_reads_it():
    told = door.order(
        ["build", "Q3 2025/26", "--trust", "RAT", "--trust=RQX", "--region", "London", "-q",
         "--jobs", "2", "--explain", "--out", "there", "--data", "figures"]
    )  # fmt: skip
    assert told == standing.Order(
        "2025-26-q3", (("London",), (), ("RAT", "RQX"), ()), Path("there"), Path("figures"),
        HOME / "book" / "commentary", HOME,
    )  # fmt: skip
    every = door.order(["build", "2025-26-q1", "--all", "--commentary", "words"])
    assert every.wanted == ((), (), (), ("all",))
    assert (every.out, every.words) == (Path("build") / "2025-26-q1", Path("words"))


@pytest.mark.parametrize(
    "words",
    [
        [], ["--help"], ["check", "2025-26-q1"], ["build"], ["build", "--help"],
        ["build", "a quarter"], ["build", "2025-26-q1", "--release"],
        ["build", "2025-26-q1", "--rules", "own.toml"], ["build", "2025-26-q1", "--reg", "London"],
    ],
)  # fmt: skip
def test_whatever_needs_a_closer_look_is_left_to_the_command_line(words):
    assert door.order(words) is None


ORDER = ["build", "2025-26-q3", "--trust", "RAT"]


def test_an_edition_that_stands_is_said_to_and_nothing_is_opened(monkeypatch, capsys):
    found = standing.Standing(5, ("Commentary is out of date",))
    monkeypatch.setattr(door, "standing", lambda *_: (found, ""))
    monkeypatch.setattr(cli, "main", lambda _: pytest.fail("it was opened"))
    monkeypatch.setattr(sys, "argv", ["oversight", *ORDER])
    door.main()
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Nothing changed: 5 pages stand. Open ")
    assert said[1:] == ["Commentary is out of date"]
    monkeypatch.setattr(sys, "argv", ["oversight", *ORDER, "-q"])
    door.main()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("words", [ORDER, ["list", "quarters"]])
def test_the_command_line_is_opened_otherwise(monkeypatch, words):
    opened = []
    monkeypatch.setattr(door, "standing", lambda *_: (None, "changed: our code"))
    monkeypatch.setattr(cli, "main", lambda crew: opened.append(True))
    monkeypatch.setattr(sys, "argv", ["oversight", *words])
    door.main()
    assert opened == [True]


def test_finding_nothing_to_do_imports_nothing_that_takes_long():
    code = "import oversight_lib.door, sys; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "oversight_lib.door" in loaded
    assert loaded & {"pandas", "numpy", "pydantic", "typer", "papermill", "rich", "yaml"} == set()
