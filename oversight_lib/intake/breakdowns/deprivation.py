"""The Index of Multiple Deprivation 2025: boards' summaries, and small areas by national decile."""

from pathlib import Path

import pandas as pd

from oversight_lib.frames import DEPRIVATION_DECILES, ICB_DEPRIVATION
from oversight_lib.intake import checks
from oversight_lib.intake.breakdowns.places import areas_of
from oversight_lib.intake.cells import Cells, unreadable

SMALL_AREAS = ("lsoa21_code", "IMD_decile")
LOOKUP = ("lsoa21_code", "icb24_code")
_SUMMARY = {
    "average_score": "imd_average_score",
    "average_rank": "imd_average_rank",
    "most_deprived_tenth": "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally",
    "extent": "imd_2025_extent",
    "local_concentration": "imd_2025_local_concentration",
}


def boards(cells: Cells, data: Path) -> pd.DataFrame:
    """Return `frames.ICB_DEPRIVATION` from the summary file by board."""
    table = cells.table
    area = areas_of(table["icb24_code"], data)
    problems = [
        *checks.faults(table["icb24_code"][area.isna()], "{} is not a board", "an ICB of 2024"),
        *(p for name in _SUMMARY.values() for p in checks.not_numbers(table[name], required=True)),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    numbers = {ours: checks.numbers(table[theirs]) for ours, theirs in _SUMMARY.items()}
    return ICB_DEPRIVATION.arrange(table.assign(**numbers, area=area))


def deciles(small_areas: Cells, lookup: Cells, data: Path) -> pd.DataFrame:
    """Return `frames.DEPRIVATION_DECILES`: small areas counted, 10 rows a board.

    Neither file has a population, so that these are counts of small areas and not of people.
    """
    joined = small_areas.table[list(SMALL_AREAS)].merge(
        lookup.table[list(LOOKUP)], on="lsoa21_code", how="outer", indicator=True
    )
    decile = checks.numbers(joined["IMD_decile"].fillna(""))
    area = areas_of(joined["icb24_code"].fillna(""), data)
    problems = [
        *checks.faults(joined["lsoa21_code"][joined["_merge"] != "both"],
                       "{} is in one of the two files only", "each small area in both"),
        *checks.faults(joined["lsoa21_code"][area.isna() | ~decile.isin(range(1, 11))],
                       "{} has no board or no decile", "a board, and a decile from 1 to 10"),
    ]  # fmt: skip
    if problems:
        raise unreadable(f"{small_areas.file} and {lookup.file}", problems)
    counts = pd.crosstab(area, decile.astype("int64")).reindex(columns=range(1, 11), fill_value=0)
    wide = counts.rename_axis(index="area").reset_index()
    rows = wide.melt("area", None, "decile", "small_areas")
    return DEPRIVATION_DECILES.arrange(rows)
