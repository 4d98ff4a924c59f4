"""Words of people: read whole or refused with everything wrong, kept as they are, and dated."""

import re

import pandas as pd
import pytest

from oversight_lib.errors import CommentaryError
from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES, SEGMENTS
from oversight_lib.intake import DATA, commentary
from oversight_lib.intake.commentary import Figure, Place, Remark
from oversight_lib.intake.commentary.figures import printed
from oversight_lib.periods import Quarter

QUARTER = Quarter.parse("2025-26-q1")
AVERAGE = "segments: org=RTF, scope=overall: average = 1.74"
GOOD = f"---\nauthor: A. Writer\ndate: 2025-10-01\nfigures:\n- {AVERAGE}\n---\n\nWords.\n"


@pytest.fixture
def known():
    return commentary.codes(DATA, QUARTER)


def put(folder, path, text=GOOD):
    file = folder / "2025-26-q1" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def problems(folder, known):
    with pytest.raises(CommentaryError) as error:
        commentary.read(folder, QUARTER, known)
    return "\n".join(map(str, error.value.problems))


def moved(q1, value):
    """The quarter's tables with the average of Northumbria changed."""
    segments = q1.segments.copy()
    mine = segments["org"].eq("RTF") & segments["scope"].eq("overall")
    segments.loc[mine, "average"] = value
    return q1.tables | {"segments": segments}


def test_words_are_read_with_who_wrote_them_and_what_they_lean_on(tmp_path, known):
    put(tmp_path, "trust/RTF/opening.md")
    put(tmp_path, "england/segments.md")
    read = commentary.read(tmp_path, QUARTER, known)
    assert sorted(read) == [
        Place("england", "england", "segments"),
        Place("trust", "RTF", "opening"),
    ]
    remark = read[Place("trust", "RTF", "opening")]
    assert (remark.author, remark.date, remark.text) == ("A. Writer", "2025-10-01", "Words.")
    assert [figure.recorded for figure in remark.figures] == ["1.74"]


def test_no_folder_is_no_commentary(tmp_path, known, q1):
    read = commentary.read(tmp_path / "none", QUARTER, known)
    assert read == {}
    assert all(table.empty for table in commentary.tables(read, QUARTER, q1.tables).values())


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("---\nauthor", "author", "no front matter"),
        ("author: A. Writer\n", "", "no author"),
        ("author: A. Writer", "author:", "no author"),
        ("date: 2025-10-01\n", "", "no date"),
        ("2025-10-01", "1 October", 'the date is "1 October"; expected a day'),
        ("figures:", "mood: good\nfigures:", '"mood: good" is not expected'),
        ("author: A. Writer", "author: A. Writer\nauthor: B.", '"author: B." is not expected'),
        (f"- {AVERAGE}\n", "", "no figures; name what the words lean on"),
        (f"- {AVERAGE}", f"- {AVERAGE}\n- {AVERAGE}", "average is named twice"),
        ("segments: org", "sums: org", '"sums" is no table of an edition'),
        ("segments: org=RTF, scope=overall", "revisions: org=RTF", "the key is org; expected"),
        (", scope=overall", "", "the key is org; expected org, scope"),
        ("average =", "mean =", "segments has no column mean; it has quarter, org"),
        (" = 1.74", "", "no value recorded"),
        ("segments: org", "segments org", "names no figure; write it as segments: org=RTF"),
        ("Words.", "", "the words are not written yet"),
        ("Words.", commentary.UNWRITTEN, "the words are not written yet"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(tmp_path, known, before, after, complaint):
    assert before in GOOD
    put(tmp_path, "trust/RTF/opening.md", GOOD.replace(before, after, 1))
    told = problems(tmp_path, known)
    assert complaint in told
    assert told.startswith("2025-26-q1/trust/RTF/opening.md: ")


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("ward/RTF/opening.md", 'no kind of page is called "ward"'),
        ("trust/XXX/opening.md", 'no trust has the code "XXX"'),
        ("icb/QQQ/opening.md", 'no icb has the code "QQQ"'),
        ("trust/RTF/weather.md", 'no section "weather"; commentary can stand in opening'),
        ("trust/opening.md", "not <kind>/<code>/<section>.md"),
        ("notes.md", "not <kind>/<code>/<section>.md"),
    ],
)
def test_words_that_no_page_would_show_are_refused(tmp_path, known, path, complaint):
    put(tmp_path, path)
    assert complaint in problems(tmp_path, known)


def test_all_problems_of_all_files_are_told_at_once(tmp_path, known):
    put(tmp_path, "trust/XXX/opening.md", GOOD.replace("date: 2025-10-01\n", ""))
    put(tmp_path, "trust/RTF/weather.md")
    told = problems(tmp_path, known).splitlines()
    assert len(told) == 3
    files = [line.partition(":")[0] for line in told]
    assert files == sorted(files)


def test_figures_go_stale_when_they_are_printed_differently_and_not_before(tmp_path, known, q1):
    put(tmp_path, "trust/RTF/opening.md")
    read = commentary.read(tmp_path, QUARTER, known)

    def stale(tables):
        figures = commentary.tables(read, QUARTER, tables)[COMMENTARY_FIGURES.name]
        return [str(problem) for problem in commentary.stale(figures)]

    assert stale(q1.tables) == []
    assert stale(moved(q1, 1.7449)) == []  # printed 1.74 still
    assert stale(moved(q1, 1.745)) == [
        "trust/RTF/opening: segments: org=RTF, scope=overall: average was 1.74 when it was "
        "written and is 1.75"
    ]
    gone = q1.tables | {"segments": q1.segments[q1.segments["org"] != "RTF"]}
    assert "and is no longer there" in stale(gone)[0]


def test_words_survive_as_they_are_and_go_to_the_tables(tmp_path, known, q1):
    file = put(tmp_path, "trust/RTF/opening.md", GOOD.replace("Words.", "A *b*\n\n- <c> & “d”"))
    before = file.read_bytes()
    tables = commentary.tables(commentary.read(tmp_path, QUARTER, known), QUARTER, q1.tables)
    assert file.read_bytes() == before
    words = COMMENTARY.check(tables["commentary"])
    assert words["text"].tolist() == ["A *b*\n\n- <c> & “d”"]
    assert words["code"].tolist() == ["RTF"]


def test_a_remark_written_to_a_file_reads_back_as_itself(tmp_path):
    figure = Figure.parse(AVERAGE)
    remark = Remark("A. Writer", "2025-10-01", (figure,), "Words.")
    path = tmp_path / "a" / "opening.md"
    commentary.write(remark, path)
    read, faults = Remark.parse(path.read_text("utf-8"))
    assert faults == []
    assert (read.author, read.date, read.figures, read.text) == (
        remark.author, remark.date, remark.figures, remark.text,
    )  # fmt: skip
    with pytest.raises(FileExistsError):
        commentary.write(remark, path)


def test_quotes_spaces_and_line_ends_of_other_machines_do_no_harm():
    windows = GOOD.replace(f"- {AVERAGE}", f'  - "{AVERAGE}"').replace("\n", "\r\n")
    read, faults = Remark.parse(windows)
    assert faults == []
    assert read.figures == (Figure.parse(AVERAGE),)


def test_the_order_of_a_key_makes_no_difference():
    one = Figure.parse("segments: scope=overall, org=RTF: average = 1.74")
    assert one == Figure.parse(AVERAGE)
    assert one.name == "segments: org=RTF, scope=overall: average"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("average", 1.745, "1.75"),
        ("average", float("nan"), "not published"),
        ("adjusted", 3, "3"),
        ("adjusted", pd.NA, "not published"),
        ("override", True, "Yes"),
        ("override", False, "No"),
        ("scope", "overall", "overall"),
    ],
)
def test_cells_are_printed_as_commentary_writes_them(column, value, words):
    found = next(c for c in SEGMENTS.columns if c.name == column)
    assert printed(value, found) == words


def test_a_typed_hyphen_is_a_minus_sign():
    typed = Figure.parse("observations: org=RTF, metric=OF0106: value = -0.04")
    assert typed.recorded == "\N{MINUS SIGN}0.04"
    assert re.fullmatch(r"observations: metric=OF0106, org=RTF: value", typed.name)


def test_a_remark_has_its_file_under_its_kind_of_page_and_code(tmp_path):
    folder = tmp_path / "2025-26-q1"
    assert Place("trust", "RTF", "opening").path(tmp_path, QUARTER) == (
        folder / "trust" / "RTF" / "opening.md"
    )
    assert Place("england", "", "opening").path(tmp_path, QUARTER) == (
        folder / "england" / "opening.md"
    )


def test_a_character_nobody_sees_is_refused(tmp_path, known):
    put(tmp_path, "trust/RTF/opening.md", GOOD.replace("Words.", "Wo\u202erds."))
    assert "a character cannot be seen" in problems(tmp_path, known)
