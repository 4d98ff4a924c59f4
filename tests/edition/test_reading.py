"""Reading: an edition that says what it may not is taken away."""

import pytest

from oversight_lib.edition import reading
from oversight_lib.errors import LeakError
from oversight_lib.intake.breakdowns import Choice, take
from oversight_lib.press import folders
from tests.intake.breakdowns.published import local_rows
from tests.intake.breakdowns.published import write as write_local


def test_an_edition_that_gives_a_number_of_people_away_is_taken_away(tmp_path):
    data, out = tmp_path / "data", tmp_path / "out"
    take([write_local(tmp_path / "local.csv", local_rows())], data, Choice())
    html = folders.fresh(out / "html")
    (out / "tables").mkdir()
    page = html / "qmf.html"
    safe = "<h1>North East London</h1><p>People who were seen in a clinic, fifth 1: [c]</p>"
    page.write_text(safe, encoding="utf-8")
    reading.scanned(out, data)
    assert page.exists()
    page.write_text(safe.replace("[c]", "3"), encoding="utf-8")
    with pytest.raises(LeakError, match=r"qmf\.html"):
        reading.scanned(out, data)
    assert not html.exists()
