"""What control charts say of areas: the latest point, the verb it allows, and how many would."""

import pandas as pd

from oversight_lib.frames import ICBS, SERIES
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.spc import ChartDesign, Verb, control_points, control_verdicts
from oversight_lib.rules import measures
from oversight_lib.rules.context import Measure

FALSE_SIGNALS = 0.013
"""Share of stable series of 24 points without carry-over whose latest point is labelled."""

ENGLAND = "ENG"
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
    return pd.concat([_own(charts), _counts(charts, assessment.table(ICBS))], ignore_index=True)


def _measure(rows: pd.DataFrame, rule: Measure) -> pd.DataFrame:
    """Return the verdict on each area's chart, with its latest value and number of points."""
    recorded = rows[rows["value"].notna()].sort_values("period")
    first = rows["area"].map(recorded.groupby("area")["period"].first())
    shown = rows[first.notna() & rows["period"].ge(first.fillna("9"))]
    design = ChartDesign(rule.better, target=rule.target, bounds=rule.bounds, stock=rule.stock)
    verdicts = control_verdicts(shown, design)
    points = control_points(shown, design).dropna(subset=["value"])
    latest = points.sort_values("period").drop_duplicates("area", keep="last")
    counts = points.groupby("area").size()
    both = verdicts.merge(latest[["area", "period", "value", "direction"]], on="area")
    return both.assign(measure=rule.id, n=both["area"].map(counts))


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
