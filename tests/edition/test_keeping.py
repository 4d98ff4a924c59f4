"""Keeping: the tables of an edition are those of its assessment, whether kept or made now."""

import pytest

from oversight_lib.edition.keeping import Keeping
from oversight_lib.frames import COMMENTARY
from oversight_lib.intake.store import save_assessment
from tests.intake.published import Q3, snapshot
from tests.method.quarters import assessed as some_quarter


@pytest.fixture(scope="module")
def assessed():
    return some_quarter()


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.csv").write_text("1", encoding="utf-8")
    return tmp_path / "data"


def keeping(data):
    out = data.parent / "out"
    return Keeping(out, data, out / "tables")


def never():
    raise AssertionError("it is assessed again")


def written(data, tables):
    save_assessment(tables, data.parent / "clean")
    return snapshot(data.parent / "clean")


def test_the_tables_written_are_those_of_the_assessment_kept_or_not(data, assessed):
    expected = written(data, assessed.tables)
    for assess_again in (lambda: assessed, never):
        run = keeping(data)
        run.write_tables(run.assessment(Q3, assess_again))
        assert snapshot(run.tables) == expected


def test_a_table_that_came_since_or_is_another_is_not_copied(data, assessed):
    keeping(data).assessment(Q3, lambda: assessed)
    run = keeping(data)
    found = run.assessment(Q3, never)
    other = found.with_tables({
        COMMENTARY.name: COMMENTARY.empty(),
        "segments": found.segments.assign(average=2.5),
    })  # fmt: skip
    run.write_tables(other)
    assert snapshot(run.tables) == written(data, other.tables)
    run.write_tables(found)
    assert "commentary.csv" not in snapshot(run.tables)


@pytest.mark.parametrize("name", ["segments.csv", "scores.parquet"])
def test_a_table_that_was_harmed_where_it_is_kept_is_made_again(data, assessed, name):
    keeping(data).assessment(Q3, lambda: assessed)
    path = data.parent / "out" / "cache" / "assessment" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    run, made = keeping(data), []
    run.write_tables(run.assessment(Q3, lambda: made.append(assessed) or assessed))
    assert made
    assert snapshot(run.tables) == written(data, assessed.tables)


def test_other_data_have_it_assessed_again(data, assessed):
    keeping(data).assessment(Q3, lambda: assessed)
    (data / "figures.csv").write_text("2", encoding="utf-8")
    with pytest.raises(AssertionError, match="assessed again"):
        keeping(data).assessment(Q3, never)


@pytest.fixture
def home(tmp_path):
    """A checkout with a page, a template, a test and a file of its own."""
    home = tmp_path / "home"
    for name in ("book/method.md", "notebooks/trust.ipynb", "tests/test_one.py", "README.md"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("as it was", encoding="utf-8")
    return home


def looked(data, home, found):
    """Whether the checkout was looked at, after which this was found."""
    times = []
    told = keeping(data).of_checkout(home, lambda: times.append(1) or found)
    assert told == found
    return bool(times)


FOUND = {"S1": (True, "one command"), "S5": (None, "not installed")}


def test_the_checkout_is_looked_at_once(data, home):
    assert looked(data, home, FOUND)
    assert not looked(data, home, FOUND)


@pytest.mark.parametrize(
    "name", ["book/method.md", "notebooks/trust.ipynb", "tests/test_two.py", "README.md", "data/x"]
)
def test_a_checkout_that_changed_is_looked_at_again(data, home, name):
    looked(data, home, FOUND)
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_text("other", encoding="utf-8")
    assert looked(data, home, {"S1": (False, "asks")})


def test_words_do_not_count_as_the_checkout(data, home):
    looked(data, home, FOUND)
    (home / "book" / "commentary").mkdir()
    (home / "book" / "commentary" / "remark.md").write_text("words", encoding="utf-8")
    assert not looked(data, home, FOUND)


def test_a_flipped_byte_has_it_looked_at_again(data, home):
    looked(data, home, FOUND)
    entry = data.parent / "out" / "cache" / "checkout.entry"
    content = bytearray(entry.read_bytes())
    content[-2] ^= 1
    entry.write_bytes(content)
    assert looked(data, home, FOUND)
