"""Figures of regions: the counts of their boards added up, where every board has them."""

import pandas as pd

from oversight_lib.frames import BREAKDOWN_FIGURES, DEPRIVATION_DECILES, ICBS

_GROUP = ["indicator", "period", "order", "dimension", "grouping", "label", "group"]
ENGLAND = "ENG"


def with_regions(figures: pd.DataFrame, boards: pd.DataFrame, *, per: float) -> pd.DataFrame:
    """Return the figures and, where a region has none of its own, the sum of its boards’.

    Only of counts out of people, and only where every board of the region that was open then has
    both; `summed` marks them. Boards’ rounding adds up with them.
    """
    region = ICBS.check(boards).set_index("icb")["region"]
    mine = figures.assign(region=figures["area"].map(region)).dropna(subset=["region"])
    size = mine.groupby(["indicator", "region"])["area"].transform("nunique")
    complete = mine.dropna(subset=["count", "population"]).assign(boards=size)
    sums = complete.groupby([*_GROUP, "region"], dropna=False).agg(
        count=("count", "sum"), population=("population", "sum"),
        found=("area", "nunique"), boards=("boards", "max"),
    ).reset_index()  # fmt: skip
    whole = sums[(sums["found"] == sums["boards"]) & (sums["population"] > 0)]
    own = set(figures["area"])
    added = whole[~whole["region"].isin(own)].assign(
        area=lambda rows: rows["region"], value=lambda rows: per * rows["count"] / rows["population"],
        low=float("nan"), high=float("nan"), symbol=None, summed=True,
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
