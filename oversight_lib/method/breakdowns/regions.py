"""Figures of regions: the counts of their boards added up, where every board has them."""

import pandas as pd

from oversight_lib.frames import BREAKDOWN_FIGURES, DEPRIVATION_DECILES, ICBS

_GROUP = ["indicator", "period", "order", "dimension", "grouping", "label", "group"]
ENGLAND = "ENG"


def with_regions(figures: pd.DataFrame, boards: pd.DataFrame, *, per: float) -> pd.DataFrame:
    """Return the figures and, where a region has none of its own, the sum of its boards’.

    Only of counts out of people, and only where every one of these boards of the region has both;
    `summed` marks them. Boards’ rounding adds up with them.
    """
    region = ICBS.check(boards).set_index("icb")["region"]
    mine = figures.assign(region=figures["area"].map(region))
    complete = mine.dropna(subset=["region", "count", "population"])
    sums = complete.groupby([*_GROUP, "region"], dropna=False).agg(
        count=("count", "sum"), population=("population", "sum"), found=("area", "nunique")
    ).reset_index()  # fmt: skip
    all_there = sums["found"] == sums["region"].map(region.value_counts())
    own = sums["region"].isin(figures["area"])
    whole = sums[all_there & ~own & (sums["population"] > 0)]
    value = per * whole["count"] / whole["population"]
    added = whole.assign(
        area=whole["region"], value=value, low=float("nan"), high=float("nan"), symbol=None,
        summed=True,
    )  # fmt: skip
    types = {column.name: column.kind.value for column in BREAKDOWN_FIGURES.columns}
    rows = added[BREAKDOWN_FIGURES.names].astype(types)
    return BREAKDOWN_FIGURES.arrange(pd.concat([figures, rows]) if len(rows) else figures)


def deciles_of_areas(deciles: pd.DataFrame, boards: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.DEPRIVATION_DECILES` of boards, regions and England, by adding up boards."""
    table = DEPRIVATION_DECILES.check(deciles)
    region = ICBS.check(boards).set_index("icb")["region"]
    wider = [table["area"].map(region), pd.Series(ENGLAND, table.index)]
    sums = [
        table.assign(area=area).dropna().groupby(["area", "decile"], as_index=False).sum()
        for area in wider
    ]
    return DEPRIVATION_DECILES.arrange(pd.concat([table, *sums]))
