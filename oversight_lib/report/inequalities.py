"""What a page says of inequality: gradients and deprivation of its area, whom its trusts serve."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from oversight_lib import frames
from oversight_lib.frames import Frame
from oversight_lib.method.breakdowns import fifths
from oversight_lib.method.inequality.gaps import COMPARABLE_Z
from oversight_lib.method.inequality.quantiles import normal_quantile
from oversight_lib.report import formats
from oversight_lib.report.views import View
from oversight_lib.rules import measures

ENGLAND = "ENG"
FROM_SERIES = ("cervical-25-49", "cervical-50-64", "smi-checks")
LIKE_FOR_LIKE = COMPARABLE_Z / normal_quantile(0.95)
"""How much narrower than 95% an interval is whose overlap with another can be judged by eye."""


@dataclass(frozen=True)
class Gradient:
    """One indicator of one area in its latest period, by deprivation group.

    `rows` are BREAKDOWN_FIGURES with `half`, half the width of the 95% interval; `measures` the
    rows of AREA_INEQUALITIES by measure; `change` the one from the first period to the latest, if
    its interval excludes 0.
    """

    indicator: pd.Series
    period: str
    rows: pd.DataFrame
    measures: Mapping[str, pd.Series]
    first: str
    change: pd.Series | None
    reason: str

    @property
    def most(self) -> float:
        """The value of the most deprived group; NaN if it is not there."""
        return _value(self.rows.head(1))

    @property
    def least(self) -> float:
        """The value of the least deprived group; NaN if it is not there."""
        return _value(self.rows.tail(1))

    @property
    def groups(self) -> str:
        """What the groups are called: fifths, tenths or groups."""
        return {5: "fifth", 10: "tenth"}.get(len(self.rows), "group")


def area(page: View) -> str:
    """Return the code of a page's area: ENG, or that of a region or board."""
    return page.code or ENGLAND


def table_of(page: View, frame: Frame) -> pd.DataFrame:
    """Return the page's area's rows of a table of inequality."""
    return page.assessment.rows(frame, area=[area(page)])


def gradients(page: View) -> list[Gradient]:
    """Return the gradients of a page's area, by indicator and grouping."""
    if "gradients" not in page.kept:
        page.kept["gradients"] = _gradients(page)
    return cast(list[Gradient], page.kept["gradients"])


def _gradients(page: View) -> list[Gradient]:
    figures = table_of(page, frames.BREAKDOWN_FIGURES)
    deprived = figures[figures["dimension"].eq("deprivation") & figures["group"].notna()]
    return [
        _gradient(page, _indicator(page, str(name)), rows)
        for (name, _), rows in deprived.groupby(["indicator", "grouping"])
    ]


def _indicator(page: View, name: str) -> pd.Series:
    rows = page.assessment.rows(frames.INDICATORS, indicator=[name])
    return rows.set_index("indicator").iloc[0]


def _gradient(page: View, indicator: pd.Series, rows: pd.DataFrame) -> Gradient:
    latest = rows[rows["order"] == rows["order"].max()].sort_values("group", ignore_index=True)
    period = str(latest["period"].iloc[0])
    mine = table_of(page, frames.AREA_INEQUALITIES)
    same = mine["indicator"].eq(str(indicator.name)) & mine["grouping"].eq(rows["grouping"].iloc[0])
    now = mine[same & mine["period"].eq(period)].set_index("measure")
    reasons = now["reason"].dropna()
    return Gradient(
        indicator=indicator,
        period=period,
        rows=latest.assign(half=_half(latest, float(indicator["per"]))),
        measures={str(name): row for name, row in now.iterrows() if pd.notna(row["value"])},
        first=str(rows.sort_values("order")["period"].iloc[0]),
        change=_change(page, str(indicator.name), str(rows["grouping"].iloc[0]), rows, period),
        reason="" if reasons.empty else str(reasons.iloc[0]),
    )


def _half(rows: pd.DataFrame, per: float) -> "pd.Series[float]":
    """Return half the 95% interval: that of the published limits, or made from counts."""
    share = rows["value"] / per
    error = per * (share * (1 - share) / rows["population"]).clip(lower=0) ** 0.5
    half: pd.Series[float] = (rows["high"] - rows["low"]) / 2
    return half.fillna(normal_quantile(0.95) * error)


def _change(
    page: View, indicator: str, grouping: str, rows: pd.DataFrame, period: str
) -> pd.Series | None:
    changes = table_of(page, frames.AREA_INEQUALITY_CHANGES)
    first = rows.sort_values("order")["period"].iloc[0]
    found = changes[
        changes["indicator"].eq(indicator) & changes["grouping"].eq(grouping)
        & changes["previous"].eq(first) & changes["period"].eq(period)
    ]  # fmt: skip
    clear = found[(found["low"] > 0) | (found["high"] < 0)]
    return clear.iloc[0] if len(clear) else None


def _value(rows: pd.DataFrame) -> float:
    return float(rows["value"].iloc[0]) if len(rows) else float("nan")


def deciles(page: View) -> pd.DataFrame:
    """Return `decile`, `small_areas`, `share` of the page's area and `england`, England's share.

    Empty where the area's small areas are not loaded.
    """
    mine = table_of(page, frames.DEPRIVATION_DECILES).sort_values("decile", ignore_index=True)
    table = page.assessment.rows(frames.DEPRIVATION_DECILES, area=[ENGLAND])
    whole = table.set_index("decile")["small_areas"]
    return mine.assign(
        share=mine["small_areas"] / mine["small_areas"].sum(),
        england=mine["decile"].map(whole / whole.sum()),
    )


def boards(page: View) -> pd.DataFrame:
    """Return the boards of a page in alphabetical order: `area`, `name`, `fifth`, and how deprived.

    `fifth` is the share of small areas in the most deprived national fifth. Boards are those that
    trusts of the register are counted in and whose deprivation is loaded.
    """
    named = page.register[["icb", "icb_name"]].drop_duplicates().dropna()
    shares = fifths(page.assessment.table(frames.DEPRIVATION_DECILES))
    rows = named.assign(
        name=named["icb_name"].map(formats.short_icb), fifth=named["icb"].map(shares)
    ).rename(columns={"icb": "area"})
    scores = page.assessment.table(frames.ICB_DEPRIVATION)
    both = rows.merge(scores, on="area", how="left")
    return both.dropna(subset=["fifth"]).sort_values("name", ignore_index=True)


def served(page: View) -> pd.DataFrame:
    """Return the page's trusts with what is known of the people they serve, by name."""
    return page.trusts.merge(page.further(frames.SERVED), on="org").sort_values(
        ["name", "org"], ignore_index=True
    )


def whole_areas(page: View) -> pd.DataFrame:
    """Return measures of the page's whole area and England's, in their latest period.

    Columns of AREA_MEASURES, and `england`. Those that other pages chart as series, health checks
    and screening, are taken from there.
    """
    names = {name: measure.name for name, measure in measures().items() if name in FROM_SERIES}
    mine = page.assessment.rows(frames.SERIES, measure=list(names))
    same = mine.assign(name=mine["measure"].map(names))[frames.AREA_MEASURES.names]
    own = page.assessment.table(frames.AREA_MEASURES)
    rows = pd.concat([part for part in (own, same) if len(part)] or [own])
    latest = rows[rows["period"] == rows.groupby("measure")["period"].transform("max")]
    england = latest[latest["area"] == ENGLAND].set_index("measure")["value"]
    here = latest[latest["area"] == area(page)]
    return here.assign(england=here["measure"].map(england)).sort_values(
        ["unit", "name"], ascending=[False, True], ignore_index=True
    )
