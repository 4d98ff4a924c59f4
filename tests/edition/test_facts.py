"""Facts: an edition names what it was made from."""

from oversight_lib.edition import facts
from oversight_lib.intake import DATA
from oversight_lib.periods import Quarter


def test_an_edition_names_every_publishers_file_and_none_of_a_later_quarter():
    names = {found.name for found in facts.files(DATA, Quarter.parse("2025-26-q1"))}
    assert "nhs-oversight-framework-acute-trust-data.csv" in names
    assert any(name.startswith("Monthly-AE-") for name in names)
    held = {card.name for card in (DATA / "oversight" / "2025-26-q1").glob("*.card.toml")}
    assert len(names) > len(held)
