"""Deprivation of the boards that a trust's admitted patients come from."""

import pandas as pd

from oversight_lib.frames import ADMISSIONS, DEPRIVATION_DECILES, SERVED

FIFTH = 2
"""The most deprived national fifth is the first two deciles."""
_COUNTS_FROM = 0.01


def fifths(deciles: pd.DataFrame) -> "pd.Series[float]":
    """Return each area's share of small areas in the most deprived national fifth."""
    table = DEPRIVATION_DECILES.check(deciles)
    deprived = table["small_areas"].where(table["decile"] <= FIFTH, 0)
    sums = pd.DataFrame({"deprived": deprived, "all": table["small_areas"]})
    by_area = sums.groupby(table["area"]).sum().astype("float64")
    shares: pd.Series[float] = by_area["deprived"] / by_area["all"]
    return shares


def served(admissions: pd.DataFrame, deciles: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.SERVED` from `frames.ADMISSIONS` and deprivation by area.

    The mean of whole boards, weighted by where admissions come from: it is about the boards, not
    about the patients. Shares are of the admissions from boards whose deprivation is known.
    """
    table = ADMISSIONS.check(admissions)
    known = table.assign(deprived=table["icb"].map(fifths(deciles))).dropna()
    total = known.groupby("org")["share"].transform("sum")
    # Sums of shares that were divided can exceed 1 by rounding.
    weighted = known.assign(share=(known["share"] / total).clip(upper=1.0))
    parts = weighted.assign(
        part=weighted["share"] * weighted["deprived"], counts=weighted["share"] >= _COUNTS_FROM
    )
    sums = parts.groupby("org").agg(
        most_deprived_fifth=("part", "sum"),
        boards=("counts", "sum"),
        largest_share=("share", "max"),
    )
    return SERVED.arrange(sums.reset_index())
