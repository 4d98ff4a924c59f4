"""Capability ratings come from a file a user has; without one there are none."""

import shutil

import pytest

from oversight_lib.errors import StoreError
from oversight_lib.intake import DATA
from oversight_lib.intake.capability import FILE, capability

HEADER = "org,rating,rated,source\n"


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(DATA / "organisations", tmp_path / "data" / "organisations").parent


def test_without_a_file_there_are_no_ratings(data):
    assert capability(data).empty


def test_the_project_carries_no_ratings():
    assert capability(DATA).empty


def test_ratings_are_read_as_they_are(data):
    (data / FILE).write_text(HEADER + "RHM,as the region says,2025-12-01,letter\n", "utf-8")
    assert capability(data).to_dict("records") == [
        {"org": "RHM", "rating": "as the region says", "rated": "2025-12-01", "source": "letter"}
    ]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("XXX,low,2025-12-01,letter\n", "no trust XXX"),
        ("RHM,,2025-12-01,letter\n", "rating"),
        ("RHM,low,2025-12-01,a\nRHM,high,2025-12-01,b\n", "unique"),
    ],
)
def test_a_rating_of_nobody_of_nothing_or_twice_is_refused(data, rows, complaint):
    (data / FILE).write_text(HEADER + rows, "utf-8")
    with pytest.raises(StoreError, match=complaint):
        capability(data)
