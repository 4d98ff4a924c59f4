"""The answer to a question of a table changes when what was asked for does, and only then."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.press.cache.tables import Tables

HEAD = "kind,code,text\n"
ROWS = ['trust,RAT,"one\nof two lines"\n', "trust,RQX,two\n", "icb,QMF,three\n"]
WHOLE = json.dumps(["commentary", {}])


def read(**where):
    return json.dumps(["commentary", where])


def tables(folder, rows, head=HEAD):
    (folder / "commentary.csv").write_text(head + "".join(rows))
    return Tables(folder)


def test_a_whole_table_is_all_its_bytes(tmp_path):
    before = tables(tmp_path, ROWS).answer(WHOLE)
    assert tables(tmp_path, ROWS).answer(WHOLE) == before
    assert tables(tmp_path, ROWS[:2]).answer(WHOLE) != before
    assert tables(tmp_path, ROWS).answer(json.dumps(["scores", {}])) == "absent"


RAT = read(kind=["trust"], code=["RAT"])


@pytest.mark.parametrize(
    ("rows", "same"),
    [
        ([ROWS[0], ROWS[1].replace("two", "2"), ROWS[2]], True),
        ([ROWS[0]], True),
        ([ROWS[0].replace("two lines", "2 lines"), *ROWS[1:]], False),
        (ROWS[1:], False),
        ([ROWS[0], ROWS[0].replace("one", "more"), *ROWS[1:]], False),
    ],
)
def test_somebodys_rows_are_theirs_alone(tmp_path, rows, same):
    before = tables(tmp_path, ROWS).answer(RAT)
    assert (tables(tmp_path, rows).answer(RAT) == before) == same


def test_the_columns_of_a_table_are_part_of_its_rows(tmp_path):
    before = tables(tmp_path, ROWS).answer(RAT)
    assert tables(tmp_path, ROWS, HEAD.replace("text", "words")).answer(RAT) != before


def test_nobodys_rows_are_an_answer_too(tmp_path):
    nobody = read(kind=["trust"], code=["RTF"])
    before = tables(tmp_path, ROWS).answer(nobody)
    assert before != tables(tmp_path, ROWS).answer(RAT)
    assert tables(tmp_path, [*ROWS, "trust,RTF,new\n"]).answer(nobody) != before
    (tmp_path / "commentary.csv").unlink()
    assert Tables(tmp_path).answer(nobody) == before
    assert Tables(tmp_path).answer(WHOLE) == "absent"


CODES = st.sampled_from(["RAT", "RQX", "RTF"])
TABLE = st.lists(st.tuples(CODES, st.sampled_from("abc")), max_size=6).map(sorted)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(one=TABLE, two=TABLE, asked=st.sets(CODES, min_size=1))
def test_answers_are_equal_exactly_if_the_rows_are(tmp_path_factory, one, two, asked):
    """Of tables that are sorted by their keys, as the store writes them."""
    folder = tmp_path_factory.mktemp("tables")
    answers, rows = [], []
    for table in (one, two):
        lines = [f"trust,{code},{text}\n" for code, text in table]
        answers.append(tables(folder, lines).answer(read(code=sorted(asked))))
        rows.append([row for row in table if row[0] in asked])
    assert (answers[0] == answers[1]) == (rows[0] == rows[1])
