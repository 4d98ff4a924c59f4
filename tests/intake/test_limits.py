"""Files that are too large are refused before anything is made of them."""

import tracemalloc
import zipfile

import pytest

from oversight_lib.errors import CommentaryError, CorrectionError, PublicationError
from oversight_lib.intake import commentary, limits
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.cells import read_cells
from oversight_lib.intake.corrections import read_corrections
from oversight_lib.intake.series.workbooks import workbook_cells
from tests.intake.published import FIGURES_FILE, Q1
from tests.intake.series.files import workbook


def refused(read, *paths):
    with pytest.raises(PublicationError) as caught:
        read(*paths)
    return str(caught.value)


def test_ten_million_rows_are_refused_early_and_without_the_memory_for_them(tmp_path):
    header = FIGURES_FILE.read_bytes().splitlines(keepends=True)[0]
    path = tmp_path / "ten-million.csv"
    with path.open("wb") as file:
        file.write(header)
        for _ in range(100):
            file.write(b"x\n" * 100_000)
    tracemalloc.start()
    try:
        said = refused(intake, [path], tmp_path / "data")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "the file has 10,000,001 rows; expected at most 400,000 rows" in said
    # The file is 20 MB; a list of its rows alone would be 80 MB.
    assert peak < 70_000_000
    assert not (tmp_path / "data").exists()


def test_a_file_with_more_bytes_than_any_published_one_is_not_opened(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(limits.BYTES + 1)
    said = refused(read_cells, path)
    assert "the file has 64,000,001 bytes; expected at most 64,000,000 bytes" in said


def test_a_file_with_very_many_columns_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 100)
    path = tmp_path / "wide.csv"
    path.write_text("a," * 101 + "\n")
    assert "the file has 102 cells; expected at most 100 cells" in refused(read_cells, path)


def test_old_line_ends_are_rows_too(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 100)
    path = tmp_path / "old.csv"
    path.write_bytes(b"a\r" * 101)
    assert "101 rows" in refused(read_cells, path)


def test_a_workbook_that_unpacks_to_very_much_is_not_unpacked(tmp_path, monkeypatch):
    path = workbook(tmp_path / "w.xlsx", [("QMF", 10, 2)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * 1_000_000)
    monkeypatch.setattr(limits, "EXPANDED", 900_000)
    assert "bytes when it is unpacked; expected at most 900,000" in refused(workbook_cells, path)


def test_a_sheet_with_very_many_rows_is_refused(tmp_path, monkeypatch):
    path = workbook(tmp_path / "w.xlsx", [("QMF", 10, 2)] * 20)
    monkeypatch.setattr(limits, "ROWS", 30)
    assert "the sheet has more than 30 rows" in refused(workbook_cells, path)


def test_words_of_a_megabyte_are_not_words(tmp_path):
    (tmp_path / "corrections.toml").write_text("#" * (limits.WORDS + 1))
    with pytest.raises(CorrectionError, match="1,000,001 bytes; expected at most 1,000,000"):
        read_corrections(tmp_path)
    remark = tmp_path / str(Q1) / "england" / "opening.md"
    remark.parent.mkdir(parents=True)
    remark.write_text("x" * (limits.WORDS + 1))
    with pytest.raises(CommentaryError, match="1,000,001 bytes"):
        commentary.read(tmp_path, Q1, {"england": {"england"}})
