"""The list of published files: names as published, and no address that is not known."""

import pytest

from oversight_lib.errors import StoreError
from oversight_lib.intake.fetching.listed import published_files
from oversight_lib.intake.layouts import PAGE, Kind
from oversight_lib.periods import Quarter
from oversight_lib.rules import load_framework
from tests.intake.published import Q1, Q2, Q3

LISTED = published_files()


def test_the_publisher_s_page_is_the_one_on_the_source_cards():
    assert LISTED.page == PAGE


def test_every_file_is_of_a_quarter_and_a_trust_type_there_is():
    for file in LISTED.file:
        quarter = Quarter.parse(file.quarter)
        assert str(quarter) == file.quarter
        assert file.trust_type in {kind.id for kind in load_framework(quarter.year).trust_type}


def test_each_file_is_listed_once():
    keys = [(file.quarter, file.trust_type, file.kind) for file in LISTED.file]
    assert len(keys) == len(set(keys))


def test_an_address_is_made_only_of_what_is_known():
    (acute,) = [f for f in LISTED.of(Q3) if (f.trust_type, f.kind) == ("acute", Kind.FIGURES)]
    name = "nhs-oversight-framework-acute-trust-data-q3-25-26"
    # The file was issued again as v2, whose folder is not known.
    assert acute.addresses(LISTED.base, mirror=False) == [
        f"https://www.england.nhs.uk/wp-content/uploads/2026/03/{name}.csv"
    ]
    mirrored = [f"https://m.org/a/{name}-v2.csv", f"https://m.org/a/{name}.csv"]
    assert acute.addresses("https://m.org/a/", mirror=True) == mirrored


def test_the_addresses_that_are_known_are_these():
    known = {file.title for file in LISTED.file if file.addresses(LISTED.base, mirror=False)}
    assert known == {
        "Q1 2025/26, acute, figures",
        "Q1 2025/26, mental-health-community, figures",
        "Q1 2025/26, ambulance, figures",
        "Q3 2025/26, acute, figures",
    }
    assert [len(LISTED.of(quarter)) for quarter in (Q1, Q2, Q3)] == [4, 1, 4]


@pytest.mark.parametrize(
    "text",
    [
        "base =",
        'base = "https://x"\npage = "p"\n[[file]]\nquarter = "2025-26-q1"',
        'base = "b"\npage = "p"\nfile = []\nmore = 1',
        'base = "b"\npage = "p"\n[[file]]\nquarter = "2025-26-q1"\ntrust_type = "acute"\n'
        'kind = "figures"\nvariant = [{ name = "../../etc/passwd.csv" }]',
    ],
)
def test_a_list_that_is_none_is_refused(text, tmp_path):
    path = tmp_path / "oversight" / "published-files.toml"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(StoreError, match="is not a list of published files"):
        published_files(tmp_path)
