"""CVDPREVENT by deprivation fifth: people treated, out of how many, per board and quarter."""

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake import checks
from oversight_lib.intake.breakdowns.cards import LICENCE, Indicator
from oversight_lib.intake.breakdowns.figures import figures
from oversight_lib.intake.cells import Cells, unreadable

GROUPING = "IMD, national fifths (vintage not stated in the file)"
CHOLESTEROL = Indicator(
    indicator="cvd-cholesterol",
    name="People without cardiovascular disease and with a QRISK score of 20% or more who are on "
    "lipid-lowering therapy (CVDPREVENT, CVDP003CHOL)",
    short="Lipid-lowering therapy at high risk",
    unit="percent",
    better="higher",
    per=100,
    lowest=0,
    highest=100,
    symmetric="logit",
    policy="already-protected",
    publisher="CVDPREVENT (NHS England, NHS Benchmarking Network and OHID)",
    title="CVDPREVENT data and improvement tool",
    page="https://data.cvdprevent.nhs.uk/",
    licence=LICENCE,
    note="Counts of boards are rounded to the nearest 5 by the publisher; England’s are not. "
    "The file has no row for people whose area is not known.",
)
COLUMNS = ("TimePeriodName", "AreaCode", "national_quintile_1_most_deprived", "Numerator",
           "Denominator", "Value", "LowerConfidenceLimit", "UpperConfidenceLimit")  # fmt: skip
_MONTHS = {"March": "03", "June": "06", "September": "09", "December": "12"}


def cvdprevent(cells: Cells, areas: "pd.Series[str]") -> pd.DataFrame:
    """Return `frames.BREAKDOWN_FIGURES`; `areas` are our codes of the rows' areas."""
    table = cells.table
    order = table["TimePeriodName"].str.extract(r"^To (\w+) (\d{4})$")
    month = order[0].map(_MONTHS)
    fifth = table["national_quintile_1_most_deprived"]
    problems: list[Problem] = [
        *checks.faults(table["AreaCode"][areas.isna()], "{} is not an area", "a board or England"),
        *checks.faults(table["TimePeriodName"][month.isna()], "{} is not a quarter",
                       "as “To December 2023”"),
        *(p for name in COLUMNS[3:] for p in checks.not_numbers(table[name], required=True)),
        *checks.unknown(fifth, list("12345"), "a fifth", "1 to 5, 1 the most deprived"),
    ]  # fmt: skip
    if problems:
        raise unreadable(cells.file, problems)
    named = {"value": "Value", "low": "LowerConfidenceLimit", "high": "UpperConfidenceLimit",
             "count": "Numerator", "population": "Denominator"}  # fmt: skip
    numbers = {ours: checks.numbers(table[theirs]) for ours, theirs in named.items()}
    rows = table.assign(**numbers, area=areas, period=table["TimePeriodName"],
                        order=order[1] + "-" + month, group=fifth.astype("Int64"),
                        label="fifth " + fifth)  # fmt: skip
    return figures(
        rows[[*numbers, "area", "period", "order", "group", "label"]].assign(
            indicator=CHOLESTEROL.indicator, dimension="deprivation", grouping=GROUPING
        )
    )
