"""Who is left behind: gaps between the most and the least deprived, and how they changed."""

import pandas as pd

from oversight_lib.frames import (
    AREA_INEQUALITIES,
    AREA_INEQUALITY_CHANGES,
    BREAKDOWN_FIGURES,
    DEPRIVATION_DECILES,
    ICBS,
    REGISTER,
)
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.breakdowns import fifths
from oversight_lib.method.multiplicity import RATE, chance_of_none, discoveries

ENGLAND = "ENG"
_WORSE = {True: "most deprived worse off", False: "least deprived worse off"}


def of_inequality(assessment: Assessment) -> pd.DataFrame:
    """Return the gaps of England, regions and boards, their changes, and how many are clear."""
    order = assessment.table(BREAKDOWN_FIGURES)
    gaps = _placed(_gaps(assessment.table(AREA_INEQUALITIES)), assessment)
    changes = _placed(_spans(assessment.table(AREA_INEQUALITY_CHANGES), order), assessment)
    shares = fifths(assessment.table(DEPRIVATION_DECILES))
    core = pd.DataFrame({"area": shares.index, "value": shares.to_numpy()})
    return pd.concat(
        [
            _placed(core, assessment).assign(kind="core20_share", item="all"),
            gaps.assign(kind="gap", item=gaps["indicator"]),
            _own_changes(changes),
            _clear_changes(changes, _regions(assessment)),
        ],
        ignore_index=True,
    ).drop(columns=["area", "indicator", "low", "high", "before", "after"], errors="ignore")


def _regions(assessment: Assessment) -> pd.DataFrame:
    """Return `area` and `region`: the boards that the trusts of each region are counted in."""
    register = assessment.table(REGISTER)[["icb", "region"]].drop_duplicates()
    return register.rename(columns={"icb": "area"})


def _placed(rows: pd.DataFrame, assessment: Assessment) -> pd.DataFrame:
    """Return the rows with the page that is about their area; of areas that have a page."""
    boards = set(assessment.table(ICBS)["icb"]) | set(assessment.organisations["icb"])
    regions = set(assessment.organisations["region"]) | set(assessment.table(ICBS)["region"])
    pages = {ENGLAND: "england"} | dict.fromkeys(boards, "icb") | dict.fromkeys(regions, "region")
    page = rows["area"].map(pages)
    codes = rows["area"].replace({ENGLAND: "england"})
    return rows.assign(page=page, code=codes)[page.notna()]


def _gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each area's gap in the latest period of each indicator."""
    newest = rows.groupby("indicator")["order"].transform("max")
    mine = rows[rows["measure"].eq("gap") & rows["order"].eq(newest) & rows["value"].notna()]
    known = mine.drop_duplicates(["indicator", "area"])
    clear = known["low"].gt(0) | known["high"].lt(0)
    return pd.DataFrame({
        "area": known["area"], "indicator": known["indicator"], "value": known["value"],
        "row": "indicator=" + known["indicator"] + ", period=" + known["period"] + ", area="
        + known["area"] + ", measure=gap",
        "direction": known["value"].gt(0).map(_WORSE).where(clear),
        "strength": clear.map({True: "clear", False: "not clear"}),
    })  # fmt: skip


def _spans(changes: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the changes from each indicator's first period to its latest."""
    order = figures[["indicator", "period", "order"]].drop_duplicates().sort_values("order")
    ends = order.groupby("indicator")["period"].agg(["first", "last"])
    first, last = (changes["indicator"].map(ends[end]) for end in ("first", "last"))
    whole = changes[changes["previous"].eq(first) & changes["period"].eq(last)]
    known = whole[whole["value"].notna()].drop_duplicates(["indicator", "area"])
    return known[["indicator", "previous", "period", "area", "value", "low", "high"]]


def _own_changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return whether each gap changed clearly, with the comparisons of its page allowed for."""
    chances = chance_of_none(rows["low"], rows["high"])
    rates = discoveries(chances, rows["page"] + rows["code"])
    clear = (rows["low"].gt(0) | rows["high"].lt(0)) & rates.le(RATE)
    return rows.assign(
        kind="gap_change", item=rows["indicator"], p=chances, q=rates,
        row="indicator=" + rows["indicator"] + ", previous=" + rows["previous"] + ", period="
        + rows["period"] + ", area=" + rows["area"] + ", measure=sii_change",
        strength=clear.map({True: "clear", False: "not clear"}),
        licence=clear.map({True: "changed", False: "none"}),
    ).drop(columns=["previous", "period"])  # fmt: skip


def _clear_changes(rows: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Return in how many boards each gap changed clearly by its interval, and by chance alone.

    Of England, and of each region by `regions`, which has `area` and `region`.
    """
    boards = rows[rows["page"].eq("icb")]
    clear = (boards["low"].gt(0) | boards["high"].lt(0)).astype(int)
    each = pd.concat([
        boards.assign(clear=clear, page="england", code="england"),
        boards.assign(clear=clear, page="region").drop(columns="code")
        .merge(regions.rename(columns={"region": "code"}), on="area"),
    ])  # fmt: skip
    groups = each.groupby(["page", "code", "indicator"])["clear"]
    counts = pd.DataFrame({"clear": groups.sum(), "n": groups.size()}).reset_index()
    both = {"gap_change_clear": counts["clear"], "gap_change_expected": RATE * counts["n"]}
    return pd.concat([
        counts.assign(kind=kind, item=counts["indicator"], value=value).drop(columns="clear")
        for kind, value in both.items()
    ])  # fmt: skip
