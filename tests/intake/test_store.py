"""Tables to disk and back: the identity, the same bytes, all or none."""

import string

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight_lib import frames
from oversight_lib.errors import StoreError
from oversight_lib.frames import ASSESSMENT, Kind
from oversight_lib.intake.files import write_all
from oversight_lib.intake.store import (
    csv_bytes,
    load_tables,
    parquet_bytes,
    read_csv,
    read_parquet,
    save_assessment,
)
from tests.intake.published import snapshot

# Words that a careless reader would take for a missing one, a number, or another row.
TEXTS = st.one_of(
    st.sampled_from(["NA", "nan", "null", "None", "1.0", "True", "001", 'a "b"', "a,b", "a\nb"]),
    st.text(string.printable.replace("\r", ""), min_size=1, max_size=8),
    st.text("é£–\xa0’x", min_size=1, max_size=4),
)


def cells(column):
    low, high = column.low, column.high
    kinds = {
        Kind.TEXT: TEXTS,
        Kind.NUMBER: st.floats(low, high, allow_nan=False, allow_infinity=False),
        Kind.INTEGER: st.integers(
            None if low is None else int(low), 10**6 if high is None else int(high)
        ),
        Kind.FLAG: st.booleans(),
    }
    found = kinds[column.kind]
    return found if column.required else st.none() | found


@st.composite
def tables(draw, frame):
    row = st.fixed_dictionaries({column.name: cells(column) for column in frame.columns})
    rows = draw(st.lists(row, max_size=4, unique_by=lambda row: tuple(row[k] for k in frame.key)))
    return frame.arrange(pd.DataFrame(rows, columns=frame.names))


FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
STORED = (*ASSESSMENT, frames.PUBLISHED, frames.LEAGUE, frames.TRUSTS, frames.REVISIONS)


@pytest.mark.parametrize("frame", STORED, ids=lambda frame: frame.name)
def test_what_is_stored_reads_back_the_same(frame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    csv, parquet = folder / "table.csv", folder / "table.parquet"

    @FEW
    @given(table=tables(frame))
    def holds(table):
        csv.write_bytes(csv_bytes(frame, table))
        parquet.write_bytes(parquet_bytes(frame, table))
        pd.testing.assert_frame_equal(read_csv(frame, csv), table, check_exact=True)
        pd.testing.assert_frame_equal(read_parquet(frame, parquet), table, check_exact=True)
        assert csv_bytes(frame, read_csv(frame, csv)) == csv.read_bytes()
        assert parquet_bytes(frame, read_parquet(frame, parquet)) == parquet.read_bytes()

    holds()


@settings(max_examples=10, deadline=None, derandomize=True)
@given(numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=20))
def test_a_number_in_csv_reads_back_to_the_last_bit(numbers, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    rows = {"org": [f"R{place:05}" for place in range(len(numbers))], "value": numbers}
    full = pd.DataFrame(rows | {"item": "OF0001", "unit": "x"}, columns=frames.PUBLISHED.names)
    table = frames.PUBLISHED.arrange(full)
    path.write_bytes(csv_bytes(frames.PUBLISHED, table))
    assert read_csv(frames.PUBLISHED, path)["value"].tolist() == numbers


def empty():
    return {frame.name: frame.empty() for frame in ASSESSMENT}


def one_row():
    row = {"quarter": "2025-26-q1", "org": "RTF", "metric": "OF0013", "value": 0.1 + 0.2}
    table = pd.DataFrame([row | {"unit": "percent"}], columns=frames.OBSERVATIONS.names)
    return empty() | {"observations": frames.OBSERVATIONS.arrange(table)}


@pytest.mark.parametrize("known", [False, True])
def test_an_assessment_is_saved_and_loaded(tmp_path, known):
    tables = one_row()
    save_assessment(tables, tmp_path)
    loaded = load_tables(tmp_path, known=known)
    assert set(loaded) == {frame.name for frame in ASSESSMENT}
    for name, table in tables.items():
        pd.testing.assert_frame_equal(loaded[name], table)
    assert (tmp_path / "observations.csv").read_text("utf-8").splitlines()[1] == (
        "2025-26-q1,RTF,OF0013,0.30000000000000004,percent,,,,,"
    )


def test_further_tables_are_kept_and_those_of_an_earlier_assessment_are_not(tmp_path):
    save_assessment(empty() | {"league": frames.LEAGUE.empty()}, tmp_path)
    assert "league" in load_tables(tmp_path)
    save_assessment(empty(), tmp_path)
    assert "league" not in load_tables(tmp_path)
    assert not (tmp_path / "league.csv").exists()


def test_the_same_assessment_gives_the_same_bytes(tmp_path):
    save_assessment(one_row(), tmp_path / "one")
    save_assessment(one_row(), tmp_path / "two")
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")
    assert len(snapshot(tmp_path / "one")) == 2 * len(ASSESSMENT)


def test_a_table_that_was_saved_before_is_copied_as_it_is(tmp_path):
    save_assessment(one_row(), tmp_path / "before")
    # The table given this time is empty, so that what is written can only be the copy.
    saved = {"observations": tmp_path / "before"}
    save_assessment(empty(), tmp_path / "after", saved=saved)
    before, after = (snapshot(tmp_path / name) for name in ("before", "after"))
    assert after == before
    save_assessment(empty(), tmp_path / "anew")
    assert snapshot(tmp_path / "anew") != before


def test_a_table_too_few_or_too_many_is_refused(tmp_path):
    tables = empty() | {"extra": frames.CUTS.empty()}
    del tables["scores"]
    with pytest.raises(StoreError) as caught:
        save_assessment(tables, tmp_path)
    assert "scores: missing" in str(caught.value)
    assert "extra: not a table of an assessment" in str(caught.value)
    assert snapshot(tmp_path) == {}


def test_a_table_that_breaks_its_contract_leaves_the_folder_as_it_was(tmp_path):
    save_assessment(empty(), tmp_path)
    before = snapshot(tmp_path)
    row = dict.fromkeys(frames.BACKTEST.names) | {"org": "RTF"}
    broken = one_row() | {"backtest": pd.DataFrame([row], columns=frames.BACKTEST.names)}
    with pytest.raises(StoreError, match="backtest breaks its contract"):
        save_assessment(broken, tmp_path)
    assert snapshot(tmp_path) == before


def test_an_assessment_that_is_not_there_or_not_whole_is_named(tmp_path):
    save_assessment(empty(), tmp_path)
    (tmp_path / "cuts.parquet").unlink()
    with pytest.raises(StoreError) as caught:
        load_tables(tmp_path)
    assert caught.value.exit_code == 5
    assert "cuts.parquet: no such file" in str(caught.value)
    assert "oversight assess" in str(caught.value)


@pytest.mark.parametrize("read", [read_csv, read_parquet])
def test_a_file_that_is_absent_or_no_table_is_a_store_error(read, tmp_path):
    with pytest.raises(StoreError, match="no such file"):
        read(frames.CUTS, tmp_path / "cuts.csv")
    (tmp_path / "cuts.csv").write_bytes(b'a,b\n"x')
    with pytest.raises(StoreError):
        read(frames.CUTS, tmp_path / "cuts.csv")


def test_a_stored_table_that_was_tampered_with_is_refused(tmp_path):
    path = tmp_path / "regions.csv"
    good = b"region,ons_code,name\nY56,E40000003,London\n"
    path.write_bytes(good + good.splitlines(keepends=True)[1])
    with pytest.raises(StoreError, match="regions breaks its contract"):
        read_csv(frames.REGIONS, path)


def test_files_are_staged_so_that_a_bad_path_writes_none(tmp_path):
    (tmp_path / "file").write_bytes(b"in the way")
    contents = {tmp_path / "a": b"1", tmp_path / "file" / "b": b"2"}
    with pytest.raises(OSError, match="file"):
        write_all(contents)
    assert snapshot(tmp_path) == {"file": b"in the way"}
