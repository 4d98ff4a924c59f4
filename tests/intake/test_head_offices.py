"""Head offices: every trust's town, as the publisher's file has it."""

import pytest

from oversight_lib.frames import HEAD_OFFICES
from oversight_lib.intake import DATA
from oversight_lib.intake.head_offices import head_offices, published
from oversight_lib.intake.organisations import trusts
from oversight_lib.intake.store import csv_bytes
from tests.conftest import SHARED

CARE_TRUSTS = {"TAD", "TAH", "TAJ"}


def test_every_trust_but_the_care_trusts_has_one():
    known = set(head_offices()["org"])
    assert set(trusts()["org"]) - known == CARE_TRUSTS
    assert known <= set(trusts()["org"])


def test_a_directory_without_the_table_uses_the_bundled_one(tmp_path):
    assert head_offices(tmp_path).equals(head_offices())


@pytest.mark.parametrize(
    ("town", "district", "written"),
    [
        ("BOLTON", "BL4 0JR", ("Bolton", "BL4")),
        ("ASHTON-UNDER-LYNE", "OL6 9RW", ("Ashton-under-Lyne", "OL6")),
        ("KING'S LYNN", "PE30 4ET", ("King's Lynn", "PE30")),
        ("BURY ST. EDMUNDS", "IP33 2QZ", ("Bury St. Edmunds", "IP33")),
        ("ST. LEONARDS-ON-SEA", "TN37 7RD", ("St. Leonards-on-Sea", "TN37")),
    ],
)
def test_a_town_is_written_as_one_writes_it(tmp_path, town, district, written):
    row = ["RZZ", "A TRUST", "Y56", "QMF", "", "", "", town, "", district]
    path = tmp_path / "etr.csv"
    path.write_text(",".join(f'"{cell}"' for cell in row) + "\n", "utf-8")
    (found,) = published(path).itertuples(index=False, name=None)
    assert found == ("RZZ", *written)


@pytest.mark.publisher
def test_the_publishers_file_makes_the_bundled_table():
    made = published(SHARED / "reference" / "ods_etr_november_2025.csv")
    ours = made[made["org"].isin(trusts()["org"])].reset_index(drop=True)
    path = DATA / "organisations" / "head_offices.csv"
    assert csv_bytes(HEAD_OFFICES, ours) == path.read_bytes()
