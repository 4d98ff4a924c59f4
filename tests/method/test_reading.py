"""What an assessment is asked for is noted, whole tables and somebody's rows apart."""

import json

import pytest

from oversight_lib.frames import COMMENTARY, SCORES
from oversight_lib.method import reading


@pytest.fixture(autouse=True)
def _nothing_asked():
    reading.forget()
    yield
    reading.forget()


def asked():
    return [json.loads(read) for read in reading.reads()]


def asked_names():
    return [name for name, _ in map(list, asked())]


def test_a_table_that_is_asked_for_is_noted_and_no_other(q1):
    assert len(q1.scores)
    assert asked() == [["scores", {}]]
    assert len(q1.overall)
    assert asked() == [["organisations", {}], ["scores", {}], ["segments", {}]]


def test_whoever_asks_for_the_quarter_asks_for_no_figure(q1):
    assert str(q1.quarter) == "2025-26-q1"
    assert q1.quarters == {"2025-26-q1"}
    assert asked() == []


def test_a_table_that_was_not_made_is_noted_too(q1):
    assert q1.table(COMMENTARY).empty
    assert asked() == [["commentary", {}]]


def test_rows_are_noted_by_whose_they_are(q1):
    rows = q1.rows(SCORES, org=["RAT", "R1H"])
    assert asked() == [["scores", {"org": ["R1H", "RAT"]}]]
    scores = q1.scores
    assert rows.equals(scores[scores["org"].isin(["R1H", "RAT"])].reset_index(drop=True))
    assert len(q1.rows(SCORES, org=["R1H"], metric=["none"])) == 0


def test_plain_rows_are_those_of_the_table_in_its_order_and_noted_the_same_way(q1):
    records = q1.records(SCORES, org="RAT")
    assert asked() == [["scores", {"org": ["RAT"]}]]
    rows = q1.rows(SCORES, org=["RAT"])
    assert len(records) == len(rows) > 5
    assert [list(record) for record in records] == [SCORES.names] * len(rows)
    for name in ("org", "metric"):
        assert [record[name] for record in records] == rows[name].tolist()
    assert q1.records(SCORES, org="RAT", metric="none") == []


def test_all_tables_at_once_are_all_noted(q1):
    names = sorted(q1.with_tables({"commentary": COMMENTARY.empty()}).tables)
    assert [name for name, _ in asked()] == names


def test_what_was_made_of_a_table_is_noted_whenever_it_is_taken(q1):
    reading.note("before")
    made, reads = reading.gathered(lambda: q1.scores.shape)
    assert made[0] > 1000
    assert [json.loads(read)[0] for read in reads] == ["scores"]
    assert asked_names() == ["before"]
    reading.again(reads)
    assert asked_names() == ["before", "scores"]
    assert [reading.table(read) for read in reads] == ["scores"]
