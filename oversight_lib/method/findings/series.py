"""What control charts say of areas: the latest point, the verb it allows, and how many would."""

import pandas as pd

from oversight_lib.frames import ICBS, SERIES
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.rounding import half_up
from oversight_lib.method.spc import Verb, control_chart
from oversight_lib.rules import measures
from oversight_lib.rules.context import Measure

FALSE_SIGNALS = 0.013
"""Share of stable series of 24 points without carry-over whose latest point is labelled."""

ENGLAND = "ENG"
_TWO_YEARS = 24
"""Recorded months from which a series has every season twice."""
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"


def of_series(assessment: Assessment) -> pd.DataFrame:
    """Return what the control chart of each monthly measure says of England and each board.

    Beside it, for England and regions: how many boards have a chart, a label at the latest point
    and a verb, and how many labels would be expected if nothing changed.
    """
    series = assessment.table(SERIES)
    monthly = series[series["period"].str.fullmatch(_MONTH)]
    found = [_measure(rows, measures()[str(name)]) for name, rows in monthly.groupby("measure")]
    if not found:
        return pd.DataFrame(columns=["page", "code", "kind", "item", "value"])
    charts = pd.concat(found, ignore_index=True)
    parts = [_own(charts), _seasons(charts), _counts(charts, assessment.table(ICBS))]
    return pd.concat(parts, ignore_index=True)


def season_apart(recorded: "pd.Series[float]") -> float | None:
    """Return how far the latest month is above the same month a year before, as both are printed.

    `recorded` has the months with a figure by `Period`. None below 24 of them or where that month
    has no figure.
    """
    latest = recorded.index[-1]
    if len(recorded) < _TWO_YEARS or latest - 12 not in recorded.index:
        return None
    printed = half_up(recorded, 1)
    return float(round(printed[latest] - printed[latest - 12], 1))


def _measure(rows: pd.DataFrame, rule: Measure) -> pd.DataFrame:
    """Return, per area with a figure, its latest value and what its chart says of it."""
    of_areas = rows.sort_values("period").groupby("area")
    said = [
        _latest(str(area), mine, rule) for area, mine in of_areas if mine["value"].notna().any()
    ]
    return pd.DataFrame(said).assign(measure=rule.id)


def _latest(area: str, rows: pd.DataFrame, rule: Measure) -> dict[str, object]:
    shown = rows[rows["value"].notna().cummax()]
    values = pd.Series(shown["value"].to_numpy(), pd.PeriodIndex(shown["period"], freq="M"))
    chart = control_chart(
        values, better=rule.better, target=rule.target, bounds=rule.bounds, stock=rule.stock
    )
    recorded = chart.points[chart.points["value"].notna()]
    last = recorded.iloc[-1]
    return {
        "area": area, "period": str(last["period"]), "value": last["value"], "n": len(recorded),
        "direction": last["direction"], "variation": chart.variation.value,
        "verb": chart.verb_licence.verb.value,
        "apart": season_apart(recorded.set_index("period")["value"]),
    }  # fmt: skip


def _own(charts: pd.DataFrame) -> pd.DataFrame:
    licensed = charts["verb"].ne(Verb.NONE)
    return pd.DataFrame({
        "page": charts["area"].eq(ENGLAND).map({True: "england", False: "icb"}),
        "code": charts["area"].replace({ENGLAND: "england"}),
        "kind": "series", "item": charts["measure"], "value": charts["value"], "n": charts["n"],
        "row": "measure=" + charts["measure"] + ", area=" + charts["area"] + ", period="
        + charts["period"],
        "direction": charts["direction"].map({"high": "higher", "low": "lower"}).where(licensed),
        "strength": licensed.map({True: "clear", False: "not clear"}),
        "licence": charts["verb"],
    })  # fmt: skip


def _seasons(charts: pd.DataFrame) -> pd.DataFrame:
    """Return how far each latest month is from the same month a year before, and to which side."""
    rows = charts[charts["apart"].notna()]
    apart = rows["apart"].astype(float)
    return pd.DataFrame({
        "page": rows["area"].eq(ENGLAND).map({True: "england", False: "icb"}),
        "code": rows["area"].replace({ENGLAND: "england"}),
        "kind": "year_before", "item": rows["measure"], "value": apart.abs(),
        "row": "measure=" + rows["measure"] + ", area=" + rows["area"],
        "direction": apart.gt(0).map({True: "higher", False: "lower"}).where(apart.ne(0)),
        "strength": "not clear",
    })  # fmt: skip


def _counts(charts: pd.DataFrame, icbs: pd.DataFrame) -> pd.DataFrame:
    region = icbs.set_index("icb")["region"]
    boards = charts[charts["area"].isin(region.index)]
    labelled = boards["variation"].str.contains(",")
    each = boards.assign(
        region=boards["area"].map(region), boards_charted=1, boards_labelled=labelled,
        boards_signalled=boards["verb"].ne(Verb.NONE), boards_expected=FALSE_SIGNALS,
    )  # fmt: skip
    both = pd.concat([
        each.assign(page="england", code="england"),
        each.assign(page="region", code=each["region"]),
    ])  # fmt: skip
    kinds = ["boards_charted", "boards_labelled", "boards_signalled", "boards_expected"]
    sums = both.groupby(["page", "code", "measure"], as_index=False)[kinds].sum()
    return sums.rename(columns={"measure": "item"}).melt(
        ["page", "code", "item"], kinds, var_name="kind"
    )
