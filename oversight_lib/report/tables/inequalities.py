"""Tables about inequality: deprivation, gradients, change within areas, and what is not there."""

from collections.abc import Callable

import pandas as pd

from oversight_lib import frames
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, nothing, notice
from oversight_lib.report.inequalities import Gradient, gradients, table_of
from oversight_lib.report.inequalities import boards as boards_of
from oversight_lib.report.inequalities import deciles as deciles_of
from oversight_lib.report.inequalities import served as served_of
from oversight_lib.report.inequalities import whole_areas as whole_areas_of
from oversight_lib.report.links import link
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View

_IMD = "Index of Multiple Deprivation 2025"


def deprivation(page: View) -> Table | Fragment:
    """Return the page's small areas by national decile of deprivation, beside England's."""
    rows = deciles_of(page)
    if rows.empty:
        return notice(f"Small areas of {page.name}: {formats.Absent.NOT_LOADED}.")
    return Table(
        f"Small areas of {page.name} by national tenth of deprivation, {_IMD}",
        [
            column("Tenth (1 is the most deprived)", rows["decile"].map(str)),
            column("Small areas", rows["small_areas"].map(formats.whole), number=True),
            column("Share", rows["share"].map(share), number=True),
            column("England’s share", rows["england"].map(share), number=True),
        ],
        folded=True,
    )


def deprivation_by_board(page: View) -> Table | Fragment:
    """Return how deprived each board of the page is, in alphabetical order."""
    rows = boards_of(page)
    if rows.empty:
        return notice(f"Deprivation by board, {page.name}: {formats.Absent.NOT_LOADED}.")
    return Table(
        f"Deprivation of the boards of {page.name}, in alphabetical order, {_IMD}",
        [
            column("ICB", rows["name"], hrefs=[link("icb", a, on=page.kind) for a in rows["area"]]),
            column("Small areas in the most deprived fifth", rows["fifth"].map(share), number=True),
            column("In the most deprived tenth", rows["most_deprived_tenth"].map(share),
                   number=True),
            column("Average score", rows["average_score"].map(formats.average), number=True),
            column("Extent", rows["extent"].map(share), number=True),
        ],
        folded=True,
    )  # fmt: skip


def gradient_groups(page: View) -> Table | Fragment:
    """Return each indicator of the page's area by deprivation group, with its 95% interval."""
    found = gradients(page)
    if not found:
        return notice(f"Indicators by deprivation of {page.name}: {formats.Absent.NOT_LOADED}.")
    rows = pd.concat([_named(gradient) for gradient in found], ignore_index=True)
    return Table(
        f"Indicators by deprivation group, {page.name}",
        [
            column("Group", rows["words"]),
            column("Value", map(_figure, rows["value"], rows["symbol"]), number=True),
            column("95% interval", map(_interval, rows["from"], rows["to"]), number=True),
            column("Counted", rows["count"].map(formats.whole), number=True),
            column("Out of", rows["population"].map(formats.whole), number=True),
        ],
        rows["heading"],
        folded=True,
    )


def gradient_measures(page: View) -> Table | Fragment:
    """Return the slope index and the gap of each indicator, the most deprived's value beside."""
    found = gradients(page)
    if not found:
        return notice(f"Measures of inequality, {page.name}: {formats.Absent.NOT_LOADED}.")
    return Table(
        f"Slope index and gap, {page.name}: positive is worse for the most deprived",
        [
            column("Indicator", [_heading(one) for one in found]),
            column("Most deprived group", [_figure(one.most, one.rows["symbol"].iloc[0])
                                           for one in found], number=True),
            column("Least deprived group", [_figure(one.least, one.rows["symbol"].iloc[-1])
                                            for one in found], number=True),
            *(
                column(heading, [_measure(one, name) for one in found], number=True)
                for heading, name in (
                    ("Gap", "gap"),
                    ("Slope index, ranks within the area", "sii_local"),
                    ("Slope index, England’s ranks", "sii_national"),
                )
            ),
            column("Groups", [str(one.rows["grouping"].iloc[0]) for one in found]),
        ],
    )  # fmt: skip


def changes_within(page: View) -> Table | Fragment:
    """Return, for each board of the page in alphabetical order, its own value, index and change.

    A change is there only if its interval excludes 0.
    """
    rows = boards_of(page)
    parts = [
        part
        for name in page.assessment.table(frames.INDICATORS)["indicator"]
        if len(part := _of_boards(page, str(name), rows))
    ]
    if not parts:
        return notice(f"Indicators by board, {page.name}: {formats.Absent.NOT_LOADED}.")
    table = pd.concat(parts, ignore_index=True)
    return Table(
        f"Each board of {page.name} for itself, in alphabetical order: boards are not compared",
        [
            column("ICB", table["name"],
                   hrefs=[link("icb", code, on=page.kind) for code in table["area"]]),
            column("Most deprived group", table["most"], number=True),
            column("Slope index, ranks within the board (95% interval)", table["sii"],
                   number=True),
            column("Change since the first period (95% interval)", table["change"], number=True),
        ],
        table["heading"], folded=True,
    )  # fmt: skip


def _of_boards(page: View, indicator: str, boards: pd.DataFrame) -> pd.DataFrame:
    about = page.assessment.rows(frames.INDICATORS, indicator=[indicator]).iloc[0]
    table = page.assessment.table(frames.AREA_INEQUALITIES)
    local = table[table["indicator"].eq(indicator) & table["measure"].eq("sii_local")]
    latest = local[local["order"] == local["order"].max()]
    rows = boards[["area", "name"]].merge(latest, on="area")
    rows = rows.merge(_first_symbols(page, indicator), on=["area", "order"], how="left")
    changes = page.assessment.table(frames.AREA_INEQUALITY_CHANGES)
    first = local.sort_values("order")["period"].head(1).tolist()
    found = changes[changes["indicator"].eq(indicator) & changes["previous"].isin(first)]
    both = rows.merge(
        found[["area", "period", "grouping", "value", "low", "high"]],
        on=["area", "period", "grouping"], how="left", suffixes=("", "_change"),
    )  # fmt: skip
    return both.assign(
        heading=f"{about['short']}, {' '.join(latest['period'].unique())}",
        most=[_figure(*row) for row in both[["most_deprived_value", "symbol"]].to_numpy()],
        sii=[_signed_with_limits(*row) for row in both[["value", "low", "high"]].to_numpy()],
        change=[
            _clear(*row) for row in both[["value_change", "low_change", "high_change"]].to_numpy()
        ],
    )


def _first_symbols(page: View, indicator: str) -> pd.DataFrame:
    """Return, by area and period, the symbol that stands for the most deprived group's figure."""
    figures = page.assessment.table(frames.BREAKDOWN_FIGURES)
    first = figures["indicator"].eq(indicator) & figures["group"].eq(1)
    return figures.loc[first & figures["dimension"].eq("deprivation"), ["area", "order", "symbol"]]


def other_groups(page: View) -> Table | Fragment:
    """Return the indicators of the page's area by ethnicity, age or sex; a notice if none is."""
    figures = table_of(page, frames.BREAKDOWN_FIGURES)
    rows = figures[figures["dimension"] != "deprivation"]
    if rows.empty:
        return notice(
            f"Indicators of {page.name} by ethnicity, age or sex: {formats.Absent.NOT_LOADED}."
        )
    latest = rows[rows["order"] == rows.groupby("indicator")["order"].transform("max")]
    names = page.assessment.table(frames.INDICATORS).set_index("indicator")["short"]
    heading = latest["indicator"].map(names) + ", " + latest["period"] + ": " + latest["grouping"]
    return Table(
        f"Indicators by ethnicity, age and sex, {page.name}",
        [
            column("Group", latest["label"]),
            column("Value", map(_figure, latest["value"], latest["symbol"]), number=True),
            column("95% interval", map(_interval, latest["low"], latest["high"]), number=True),
        ],
        heading,
        folded=True,
    )


def whole_areas(page: View) -> Table | Fragment:
    """Return measures of the whole area, not broken down, in their latest period, with England's.

    England's Health Index is 100 in 2015 and is not in the file for later years.
    """
    mine = whole_areas_of(page)
    if mine.empty:
        return notice(f"Measures of {page.name} as a whole: {formats.Absent.NOT_LOADED}.")
    beside = [] if page.kind == "england" else [
        column("England", mine["england"].map(_one), number=True)
    ]  # fmt: skip
    return Table(
        f"Measures of {page.name} as a whole: they do not show who in it is behind",
        [
            column("Measure", mine["name"]),
            column("Period", mine["period"]),
            column("Unit", mine["unit"].map(formats.unit)),
            column("Value", mine["value"].map(_one), number=True),
            column("95% interval", map(_interval, mine["low"], mine["high"]), number=True),
            *beside,
        ],
        folded=True,
    )


def served(page: View) -> Table | Fragment:
    """Return the page's trusts with their segment and how deprived the boards are they serve."""
    rows = served_of(page)
    if rows.empty:
        return notice(
            f"Deprivation of the people that trusts of {page.name} serve: "
            f"{formats.Absent.NOT_LOADED}."
        )
    return Table(
        f"Segments of acute trusts of {page.name}, {page.period}, and the deprivation of the "
        "boards their admissions come from",
        [
            column("Trust", rows["name"].map(formats.text),
                   hrefs=[link("trust", code, on=page.kind) for code in rows["org"]]),
            column("Segment", rows["adjusted"].map(formats.whole), number=True),
            column("Small areas in the most deprived fifth", rows["most_deprived_fifth"].map(share),
                   number=True),
            column("Boards with 1% or more of admissions", rows["boards"].map(formats.whole),
                   number=True),
            column("Largest share from one board", rows["largest_share"].map(share), number=True),
        ],
        folded=True,
    )  # fmt: skip


def served_by_segment(page: View) -> Table | Fragment:
    """Return, by segment, how many trusts there are and how deprived the boards are they serve."""
    rows = served_of(page).dropna(subset=["adjusted"])
    if rows.empty:
        return nothing()
    shares = rows.groupby("adjusted")["most_deprived_fifth"]
    found = shares.agg(["size", "min", "median", "max"]).reset_index()
    return Table(
        f"Share of small areas in the most deprived fifth, by segment of acute trusts of "
        f"{page.name}, {page.period}",
        [
            column("Segment", found["adjusted"].map(formats.whole)),
            column("Trusts", found["size"].map(formats.whole), number=True),
            column("Lowest", found["min"].map(share), number=True),
            column("Median", found["median"].map(share), number=True),
            column("Highest", found["max"].map(share), number=True),
        ],
        folded=True,
    )


def share(part: float) -> str:
    """Return a share as a percentage with one decimal."""
    return str(formats.Absent.NOT_PUBLISHED) if pd.isna(part) else f"{_one(100 * part)}%"


def signed(figure: float) -> str:
    """Return a number with its sign, one decimal."""
    words = _one(figure)
    return f"+{words}" if figure > 0 else words


def _one(figure: float) -> str:
    return formats.number(figure, 1)


def _figure(value: float, symbol: object) -> str:
    return _one(value) if symbol is None or pd.isna(symbol) else str(symbol)  # type: ignore[call-overload]


def _interval(low: float, high: float) -> str:
    return f"{_one(low)} to {_one(high)}" if pd.notna(low) else str(formats.Absent.NOT_APPLICABLE)


def _heading(gradient: Gradient) -> str:
    unit = formats.unit(str(gradient.indicator["unit"]))
    return f"{gradient.indicator['short']}, {gradient.period} ({unit})"


def _named(gradient: Gradient) -> pd.DataFrame:
    rows, size = gradient.rows, len(gradient.rows)
    ends = {1: "1, most deprived", size: f"{size}, least deprived"}
    number: Callable[[int], str] = lambda group: ends.get(group, str(group))  # noqa: E731
    return rows.assign(
        words=rows["group"].map(number), heading=_heading(gradient),
        **{"from": rows["value"] - rows["half"], "to": rows["value"] + rows["half"]},
    )  # fmt: skip


def _measure(gradient: Gradient, name: str) -> str:
    row = gradient.measures.get(name)
    if row is None:
        return gradient.reason or str(formats.Absent.NOT_APPLICABLE)
    return _signed_with_limits(row["value"], row["low"], row["high"])


def _signed_with_limits(value: float, low: float, high: float) -> str:
    if pd.isna(value):
        return str(formats.Absent.NOT_PUBLISHED)
    return f"{signed(value)} ({signed(low)} to {signed(high)})"


def _clear(value: float, low: float, high: float) -> str:
    """Return a change whose interval excludes 0; else that there is no clear one."""
    if pd.isna(value):
        return str(formats.Absent.NOT_PUBLISHED)
    return _signed_with_limits(value, low, high) if low > 0 or high < 0 else "no clear change"
