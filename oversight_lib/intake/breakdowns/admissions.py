"""Where the people a trust admits come from, by board, and how deprived those boards are."""

from pathlib import Path

import pandas as pd

from oversight_lib.intake import checks
from oversight_lib.intake.breakdowns.places import areas_of
from oversight_lib.intake.cells import Cells, unreadable
from oversight_lib.intake.organisations import trusts
from oversight_lib.method.breakdowns.served import served

COLUMNS = ("nhs_trust22_code", "icb22_code", "proportion_trust_came_from_icb")


def people_served(cells: Cells, deciles: pd.DataFrame, data: Path) -> pd.DataFrame:
    """Return `frames.SERVED` for the trusts we know; trusts of 2022 that are closed are left out.

    The file has acute trusts of 2022. A trust that took over another has its own figures only.
    """
    table = cells.table
    area = areas_of(table["icb22_code"], data)
    problems = [
        *checks.faults(table["icb22_code"][area.isna()], "{} is not a board", "an ICB of 2022"),
        *checks.not_numbers(table["proportion_trust_came_from_icb"], required=True),
        *checks.outside(table["proportion_trust_came_from_icb"], 0, 1, "a share from 0 to 1"),
        *checks.repeats(table, {name: name for name in COLUMNS[:2]}),
    ]
    if problems:
        raise unreadable(cells.file, problems)
    shares = checks.numbers(table["proportion_trust_came_from_icb"])
    rows = pd.DataFrame({"org": table["nhs_trust22_code"], "area": area, "share": shares})
    return served(rows[rows["org"].isin(trusts(data)["org"])], deciles)
