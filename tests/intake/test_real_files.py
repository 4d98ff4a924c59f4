"""The publisher's own files make the bundled data, byte for byte."""

import os
from pathlib import Path

import pytest

from oversight_lib.intake import DATA
from oversight_lib.intake.arrivals import intake
from tests.intake.published import snapshot

SHARED = Path(os.environ.get("OVERSIGHT_SHARED", Path(__file__).parents[3] / "shared"))
FOLDER = SHARED / "publications" / "nof"
pytestmark = [
    pytest.mark.publisher,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="the publisher's files are not at OVERSIGHT_SHARED"
    ),
]


@pytest.fixture(scope="module")
def arrived(tmp_path_factory):
    data = tmp_path_factory.mktemp("publisher")
    return data, intake(sorted(FOLDER.glob("*.csv")), data)


def test_the_published_files_make_the_bundled_data(arrived):
    data, _ = arrived
    bundled = snapshot(DATA / "oversight")
    made = snapshot(data / "oversight")
    assert made.keys() <= bundled.keys()
    assert {path: content for path, content in bundled.items() if path in made} == made


def test_every_row_is_kept_and_every_trust_is_there(arrived):
    _, report = arrived
    assert [(a.holding.trust_type, a.trusts, a.rows_kept) for a in report.arrivals] == [
        ("acute", 134, 7265),
        ("mental-health-community", 61, 2242),
        ("mental-health-community", 61, 2260),
        ("mental-health-community", 61, 2137),
    ]
    assert sum(a.rows_read for a in report.arrivals) == 7265 + 6639


def test_what_changed_in_the_third_quarter_is_said(arrived):
    third = arrived[1].arrivals[-1]
    assert third.missing == ("OF5005", "OF5007")
    assert [str(renamed) for renamed in third.renamed] == [
        "OF4002, sub-domain: “Patient safety domain score”, not “Patient safety”"
    ]


def test_names_and_regions_are_published_as_they_stand_in_our_list(arrived):
    for arrival in arrived[1].arrivals:
        assert arrival.unlike_ours == ()
