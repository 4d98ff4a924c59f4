"""The questions of the GP Patient Survey for one board, beside England."""

import pandas as pd

from oversight_lib.frames import SERIES
from oversight_lib.report.systems import ENGLAND
from oversight_lib.report.views import View
from oversight_lib.rules import measures


def questions(page: View) -> pd.DataFrame:
    """Return one row a question of the latest survey: value, low, high, base, England's figures.

    `apart` is True where the two published 95% intervals do not overlap.
    """
    rows = page.assessment.table(SERIES)
    asked = rows[rows["measure"].str.startswith("gp-") & rows["value"].notna()]
    latest = asked[asked["period"] == asked["period"].max()].set_index("measure")
    mine = latest[latest["area"] == page.code]
    england = latest[latest["area"] == ENGLAND].reindex(mine.index)
    apart = (mine["low"] > england["high"]) | (mine["high"] < england["low"])
    table = mine.assign(
        england=england["value"],
        england_low=england["low"],
        england_high=england["high"],
        apart=apart,
        name=[measures()[name].name for name in mine.index],
        short=[measures()[name].short for name in mine.index],
    )
    ordered: pd.DataFrame = table.reset_index().sort_values("short", ignore_index=True)
    return ordered
