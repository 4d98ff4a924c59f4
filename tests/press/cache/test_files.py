"""Files to hand out: kept beside what they were made from, and not used where that is another."""

import shutil

import pandas as pd
import pytest

from oversight_lib.frames import COMMENTARY, FINDINGS
from oversight_lib.intake.store import save_assessment
from oversight_lib.press import downloads
from oversight_lib.press.cache.asked import Answers
from oversight_lib.press.cache.files import Files
from oversight_lib.press.cache.tables import Tables
from oversight_lib.press.downloads.handout import handout
from tests.method.quarters import assessed as some_quarter


@pytest.fixture(scope="module")
def assessed():
    return some_quarter()


def files(folder):
    return Files(folder / "handouts", Answers(Tables(folder / "tables")), {"our code": "1"})


@pytest.fixture
def offered(tmp_path):
    """Has a handout made or kept: returns what was handed out, and whether it was made."""

    def offer(content, **told):
        times, to = [], tmp_path / "downloads"
        shutil.rmtree(to, ignore_errors=True)

        def make():
            times.append(1)
            (to / "data").mkdir(parents=True)
            (to / "data" / "x.csv").write_text(content, encoding="utf-8")
            return [handout("table", "X", to / "data" / "x.csv", to)]

        (to / "packs").mkdir(parents=True)
        (to / "packs" / "other.pdf").write_text("no part of it", encoding="utf-8")
        made = files(tmp_path).handouts("tables", to, told, make)
        assert [one.path for one in made] == ["data/x.csv"]
        return (to / "data" / "x.csv").read_text("utf-8"), bool(times)

    return offer


def test_handouts_are_made_once_and_again_from_something_else(offered):
    assert offered("one", tables="1") == ("one", True)
    assert offered("two", tables="1") == ("one", False)
    assert offered("two", tables="2") == ("two", True)
    assert offered("three", tables="2", more="") == ("three", True)


@pytest.mark.parametrize("name", ["tables.entry", "tables/data/x.csv"])
@pytest.mark.parametrize("harm", ["flip", "remove", "add"])
def test_handouts_that_were_harmed_where_they_are_kept_are_made_again(
    offered, tmp_path, name, harm
):
    offered("one", tables="1")
    path = tmp_path / "handouts" / name
    content = path.read_bytes()
    if harm == "flip":
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    elif harm == "remove":
        path.unlink()
    else:
        path.write_bytes(content + b" ")
    assert offered("two", tables="1") == ("two", True)


def test_a_remark_makes_no_other_workbook_and_a_figure_does(tmp_path, assessed):
    def told(**changed):
        tables = {**assessed.tables, COMMENTARY.name: COMMENTARY.empty(), **changed}
        save_assessment(tables, tmp_path / "tables")
        return files(tmp_path).rows(downloads.in_workbook(tables))

    remark = pd.DataFrame([dict.fromkeys(COMMENTARY.names, "words")])
    before = told()
    assert told(commentary=remark) == before
    assert told(segments=assessed.segments.assign(average=2.5)) != before
    assert told(findings=FINDINGS.empty()) != before
