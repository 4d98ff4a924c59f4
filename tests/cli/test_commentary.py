"""`oversight commentary` and `build --release` as a person meets them."""

import json

import pytest

PLACE = ("2025-26-q1", "trust", "RTF", "opening")
FIGURES = [
    "- segments: org=RTF, scope=overall: average = 1.74",
    "- segments: org=RTF, scope=overall: adjusted = 1",
]


@pytest.fixture
def written(run, tmp_path):
    """A file made by `new` and written in."""
    run("commentary", "new", *PLACE, "--author", "A. Writer", "--date", "2025-10-01",
        "--commentary", tmp_path)  # fmt: skip
    path = tmp_path / "2025-26-q1" / "trust" / "RTF" / "opening.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("(Write here, and delete this line.)", "Words."), "utf-8")
    return path


def test_new_makes_a_file_with_the_figures_as_they_are_printed(run, tmp_path):
    code, out, _ = run(
        "commentary", "new", "2025-26-q1", "trust", "Northumbria Healthcare", "opening",
        "--author", "A. Writer", "--date", "2025-10-01", "--commentary", tmp_path,
    )  # fmt: skip
    assert code == 0
    path = tmp_path / "2025-26-q1" / "trust" / "RTF" / "opening.md"
    assert str(path) in out
    lines = path.read_text("utf-8").splitlines()
    assert lines[:4] == ["---", "author: A. Writer", "date: 2025-10-01", "figures:"]
    assert lines[4:6] == FIGURES


def test_what_is_not_written_yet_is_refused(run, tmp_path):
    run("commentary", "new", *PLACE, "--author", "A.", "--commentary", tmp_path)
    code, _, err = run("commentary", "status", "2025-26-q1", "--commentary", tmp_path)
    assert code == 21
    assert "the words are not written yet" in err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("trust", "RTF", "weather"), "no section"),
        (("ward", "RTF", "opening"), "no kind of page"),
        (("region", "London", "opening"), "no figure named"),
        (("trust", "RTF", "opening", "--figure", "nonsense"), "names no figure"),
        (("trust", "RTF", "opening", "--figure", "segments: org=XXX, scope=overall: average"),
         "no such row"),
    ],
)  # fmt: skip
def test_new_refuses_what_no_page_would_show(run, tmp_path, words, complaint):
    code, _, err = run("commentary", "new", "2025-26-q1", *words, "--author", "A.",
                       "--commentary", tmp_path)  # fmt: skip
    assert code == 21
    assert complaint in err
    assert list(tmp_path.rglob("*.md")) == []


def test_new_never_writes_over_words(run, written, tmp_path):
    before = written.read_bytes()
    code, _, err = run("commentary", "new", *PLACE, "--author", "B.", "--commentary", tmp_path)
    assert code == 21
    assert "is there already" in err
    assert written.read_bytes() == before


def test_status_says_what_is_there_what_is_stale_and_what_to_sign(run, written, tmp_path):
    before = written.read_bytes()
    code, out, _ = run("commentary", "status", "2025-26-q1", "--commentary", tmp_path)
    assert code == 0
    assert "trust/RTF/opening: A. Writer, 2025-10-01" in out
    assert "Not signed. What a reviewer signs: tables = " in out
    assert "out of date" not in out
    assert written.read_bytes() == before

    written.write_text(written.read_text("utf-8").replace("= 1.74", "= 1.75"), "utf-8")
    _, out, _ = run("commentary", "status", "2025-26-q1", "--commentary", tmp_path)
    assert "figures changed since it was written: 1" in out
    assert "average was 1.75 when it was written and is 1.74" in out
    _, out, _ = run("commentary", "status", "2025-26-q1", "--json", "--commentary", tmp_path)
    assert [row["stale"] for row in json.loads(out)["commentary_figures"]] == [False, True]


def test_a_release_of_what_nobody_signed_makes_nothing(run, tmp_path):
    out = tmp_path / "out"
    code, _, err = run("build", "2025-26-q1", "--release", "--out", out, "--commentary", tmp_path)
    assert code == 23
    assert "nobody has signed this edition" in err
    assert not out.exists()
