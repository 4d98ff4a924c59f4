"""What a reader can look for: every trust, board and region, and the page each is found on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from oversight_lib.press.directory import Entry
from oversight_lib.press.pages import FRONT, Page, address


@dataclass(frozen=True)
class Register:
    """Who there is in the quarter: the frames ORGANISATIONS, ICBS, REGIONS and HEAD_OFFICES."""

    organisations: pd.DataFrame
    icbs: pd.DataFrame
    regions: pd.DataFrame
    offices: pd.DataFrame


def entries(pages: Sequence[Page], register: Register) -> list[Entry]:
    """Return everything that can be looked for: regions, boards, trusts, each kind by name.

    A trust is found by the town and postcode district of its head office, a board by the towns of
    the trusts counted in it.
    """
    there = {page.slug for page in pages}
    return [
        *_regions(register, there),
        *_boards(register, there),
        *_trusts(register, there),
    ]


def _regions(register: Register, there: Collection[str]) -> list[Entry]:
    rows = register.regions.sort_values(["name", "region"])
    return [
        _entry(("region", code, name), (), (address("regions", code),), there)
        for code, name in zip(rows["region"], rows["name"], strict=True)
    ]


def _boards(register: Register, there: Collection[str]) -> list[Entry]:
    rows = register.icbs.sort_values(["name", "icb"])
    towns = _towns_of_boards(register)
    return [
        _entry(
            ("icb", code, name),
            towns.get(code, ()),
            (address("icbs", code), address("regions", region)),
            there,
        )
        for code, name, region in zip(rows["icb"], rows["name"], rows["region"], strict=True)
    ]


def _trusts(register: Register, there: Collection[str]) -> list[Entry]:
    placed = register.organisations.merge(register.offices, on="org", how="left")
    rows = placed.sort_values(["name", "org"])[["org", "name", "icb", "region", "town", "district"]]
    return [
        _entry(
            ("trust", code, name),
            tuple(place for place in (town, district) if isinstance(place, str)),
            (address("trusts", code), address("icbs", icb), address("regions", region)),
            there,
        )
        for code, name, icb, region, town, district in rows.itertuples(index=False, name=None)
    ]


def _entry(
    who: tuple[str, str, str],
    places: tuple[str, ...],
    addresses: tuple[str, ...],
    there: Collection[str],
) -> Entry:
    """Return an entry on the first of its addresses that has a page, England's at the last."""
    nearest = next((slug for slug in addresses if slug in there), FRONT)
    return Entry(*who, places, nearest, nearest == addresses[0])


def _towns_of_boards(register: Register) -> Mapping[str, tuple[str, ...]]:
    placed = register.organisations.merge(register.offices, on="org").dropna(subset=["town"])
    return {
        str(board): tuple(sorted(set(rows["town"])))
        for board, rows in placed.groupby("icb", sort=True)
    }
