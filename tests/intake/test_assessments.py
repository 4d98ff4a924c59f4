import pytest

from oversight_lib.errors import StoreError, UnknownNameError
from oversight_lib.intake.assessments import TABLES, back_tested, open_assessment, open_register
from oversight_lib.intake.store import save_assessment
from oversight_lib.periods import Quarter

Q3 = "2025-26-q3"


def test_without_tables_the_bundled_figures_are_assessed(monkeypatch):
    monkeypatch.delenv(TABLES, raising=False)
    assessment = open_assessment(Q3)
    assert len(assessment.overall) == 61
    assert assessment.passes


def test_tables_are_read_back_as_they_were_saved(monkeypatch, tmp_path):
    monkeypatch.delenv(TABLES, raising=False)
    assessed = open_assessment(Q3)
    save_assessment(assessed.tables, tmp_path)
    monkeypatch.setenv(TABLES, str(tmp_path))
    opened = open_assessment(Q3)
    for name, table in assessed.tables.items():
        assert opened.tables[name].equals(table), name


def test_tables_of_another_quarter_are_refused(monkeypatch, tmp_path):
    monkeypatch.delenv(TABLES, raising=False)
    save_assessment(open_assessment(Q3).tables, tmp_path)
    monkeypatch.setenv(TABLES, str(tmp_path))
    with pytest.raises(StoreError, match="are of 2025-26-q3, not of 2025-26-q1"):
        open_assessment("2025-26-q1")


def test_a_folder_without_tables_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(TABLES, str(tmp_path))
    with pytest.raises(StoreError, match="no complete assessment"):
        open_assessment(Q3)


def test_a_quarter_without_figures_is_refused(monkeypatch):
    monkeypatch.delenv(TABLES, raising=False)
    with pytest.raises(UnknownNameError):
        open_assessment("2025-26-q4")


def test_the_register_has_trusts_that_are_not_loaded():
    register = open_register(Q3)
    assert register["trust_type"].value_counts().to_dict() == {
        "acute": 134, "mental-health-community": 61, "ambulance": 10,
    }  # fmt: skip


def test_tables_are_read_once_and_again_when_they_are_made_anew(tmp_path, monkeypatch):
    assessed = open_assessment(Q3)
    monkeypatch.setenv(TABLES, str(tmp_path))
    save_assessment(assessed.tables, tmp_path)
    first = open_assessment(Q3)
    assert open_assessment(Q3).scores is first.scores
    worse = assessed.scores.assign(score=4.0)
    save_assessment({**assessed.tables, "scores": worse}, tmp_path)
    assert open_assessment(Q3).scores["score"].eq(4.0).all()


def test_the_whole_back_test_is_had_without_the_further_tables(framework):
    tested = back_tested(Quarter.parse(Q3), framework)
    assert tested.passes
    assert not tested.further
