"""Measures of whole boards that no series has: vaccination in general practice, Health Index."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.frames import AREA_MEASURES
from oversight_lib.intake import checks
from oversight_lib.intake.breakdowns.places import areas_of
from oversight_lib.intake.cells import Cells, unreadable

QUALITY = ("icb_ods_code", "indicator", "numerator", "denominator", "pcas", "intervention_percent")
INDEX = ("icb22_code", "year", "overall_score", "healthy_people_domain", "healthy_lives_domain",
         "healthy_places_domain")  # fmt: skip
VACCINATIONS: Mapping[str, str] = {
    "VI001": "Babies with three doses of vaccine against diphtheria, tetanus and pertussis by "
    "8 months (QOF VI001)",
    "VI002": "Children with a first dose of MMR vaccine by 18 months (QOF VI002)",
    "VI003": "Children with the pre-school booster and two doses of MMR vaccine by 5 years "
    "(QOF VI003)",
    "VI004": "People who reached 80 with the shingles vaccine (QOF VI004)",
}
INDEX_IDENTIFIERS: Mapping[str, str] = {
    "overall_score": "health-index",
    "healthy_people_domain": "health-index-people",
    "healthy_lives_domain": "health-index-lives",
    "healthy_places_domain": "health-index-places",
}
INDEX_NAMES: Mapping[str, str] = {
    "overall_score": "Health Index, overall",
    "healthy_people_domain": "Health Index, healthy people",
    "healthy_lives_domain": "Health Index, healthy lives",
    "healthy_places_domain": "Health Index, healthy places",
}


def vaccination(cells: Cells, data: Path) -> pd.DataFrame:
    """Return `frames.AREA_MEASURES`: each vaccination, as a share of everybody it is for.

    Personalised care adjustments count in the base, as in the publisher's own
    `intervention_percent`, which must agree.
    """
    table = cells.table[cells.table["indicator"].isin(list(VACCINATIONS))]
    _check(cells, table["icb_ods_code"], data, QUALITY[2:])
    base = checks.numbers(table["denominator"]) + checks.numbers(table["pcas"])
    share = 100 * checks.numbers(table["numerator"]) / base.where(base > 0)
    apart = (share - checks.numbers(table["intervention_percent"])).abs() > 0.0051
    faults = list(
        checks.faults(
            table["intervention_percent"][apart], "{} is not what the counts make", "their share"
        )
    )
    if faults:
        raise unreadable(cells.file, faults)
    rows = table.assign(
        area=areas_of(table["icb_ods_code"], data), value=share, denominator=base,
        numerator=checks.numbers(table["numerator"]),
    )  # fmt: skip
    return _measures(
        rows, measure=table["indicator"], name=table["indicator"].map(VACCINATIONS),
        period="2024/25", unit="percent", source="vaccination",
    )  # fmt: skip


def health_index(cells: Cells, data: Path) -> pd.DataFrame:
    """Return `frames.AREA_MEASURES`: index numbers, England in 2015 is 100, higher is better."""
    table = cells.table
    _check(cells, table["icb22_code"], data, INDEX[2:])
    rows = table.assign(area=areas_of(table["icb22_code"], data)).melt(
        ["area", "year"], list(INDEX_NAMES), "measure", "value"
    )
    return _measures(
        rows.assign(value=checks.numbers(rows["value"])),
        measure=rows["measure"].replace(INDEX_IDENTIFIERS), name=rows["measure"].map(INDEX_NAMES),
        period=rows["year"], unit="index", source="health-index",
    )  # fmt: skip


def _check(cells: Cells, codes: "pd.Series[str]", data: Path, numbers: tuple[str, ...]) -> None:
    area = areas_of(codes, data)
    table = cells.table.loc[codes.index]
    problems: list[Problem] = [
        *checks.faults(codes[area.isna()], "{} is not an area", "a board, or England"),
        *(p for name in numbers for p in checks.not_numbers(table[name], required=True)),
    ]
    if problems or table.empty:
        nothing = Problem("", "no row that is used", "the published file")
        raise unreadable(cells.file, problems or [nothing])


def _measures(
    rows: pd.DataFrame,
    *,
    measure: "pd.Series[str]",
    name: "pd.Series[str]",
    period: "str | pd.Series[str]",
    unit: str,
    source: str,
) -> pd.DataFrame:
    optional = ("numerator", "denominator", "low", "high")
    figures = {n: rows[n] if n in rows else float("nan") for n in (*optional, "value")}
    table = pd.DataFrame({"measure": measure, "name": name, "area": rows["area"]})
    return AREA_MEASURES.arrange(table.assign(**figures, period=period, unit=unit, source=source))
