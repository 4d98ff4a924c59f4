"""Tables about systems: tests, series, survey, where patients come from, the map's key."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from oversight_lib.frames import ADMISSIONS
from oversight_lib.method.context import Result
from oversight_lib.report import formats, systems
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.links import link
from oversight_lib.report.sentences import say
from oversight_lib.report.survey import questions
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View
from oversight_lib.rules import measures
from oversight_lib.rules.context import ContextTest

_QUARTERS = {1: "lowest", 2: "second", 3: "third", 4: "highest"}
_YEARLY = ("rtt-18-week-yearly", "cancer-62-day-yearly", "ae-type-1-4-hour-yearly")


def contextual_tests(page: View) -> Table | Fragment:
    """Return the tests of a board: what each asks, its result, the figures and what lacks."""
    rules, results = systems.rules(page), systems.tests(page)
    if rules is None or results.empty:
        return notice(f"Contextual tests: {formats.Absent.NOT_APPLICABLE} for {page.period}.")
    rows = [(test, results[results["test"] == test.id].iloc[0]) for test in rules.test]
    return Table(
        say("captions.context.contextual_tests", name=page.name, period=page.period),
        [
            column("Test", [test.name for test, _ in rows]),
            column("Result", [str(row["result"]) for _, row in rows]),
            column("What it asks, and why this result", [_why(page, *row) for row in rows]),
            column("Boards with a figure", [_counted(row) for _, row in rows]),
        ],
    )


def _why(page: View, test: ContextTest, row: pd.Series) -> str:
    asks = formats.sentence(f"it asks for: {test.asks}")
    figures = _figures(page, test)
    shown = formats.sentence(f"Figures: {figures}") if figures else ""
    return f"{asks} {formats.sentence(str(row['reason']))} {shown}".strip()


def _counted(row: pd.Series) -> str:
    if not row["counted"]:
        return "none"
    return f"{formats.whole(row['counted'])} of {formats.whole(row['boards'])}"


def _figures(page: View, test: ContextTest) -> str:
    rows = systems.figures(page)
    mine = rows[(rows["test"] == test.id) & rows["value"].notna()]
    return "; ".join(_figure(row) for row in mine.to_dict("records"))


def _figure(row: dict[Any, Any]) -> str:
    when = _period(str(row["period"]))
    value = formats.number(float(str(row["value"])), 2)
    if formats.is_missing(row["quartile"]):
        return f"{measures()[str(row['measure'])].short}, {when}: {value}"
    return f"{when}: {value}, quartile {formats.number(float(str(row['quartile'])), 2)}"


def _period(period: str) -> str:
    is_month = len(period) == 7 and period[4] == "-" and not _financial(period)
    return systems.month(period) if is_month else period.replace("-", "/", 1)


def _financial(period: str) -> bool:
    """Say whether a period is a financial year: its second year follows its first."""
    return int(period[5:7]) == (int(period[2:4]) + 1) % 100 and int(period[5:7]) > 12


def contextual_by_icb(page: View) -> Table | Fragment:
    """Return the results of the page's boards side by side, a column a test."""
    rules, results = systems.rules(page), systems.tests(page)
    if rules is None or results.empty:
        return notice(f"Contextual tests: {formats.Absent.NOT_APPLICABLE} for {page.period}.")
    named = systems.boards(page)
    wide = results.pivot(index="icb", columns="test", values="result").loc[named["icb"]]
    return Table(
        say("captions.context.contextual_by_icb", name=page.name, period=page.period),
        [
            column("ICB", named["name"].map(formats.short_icb),
                   hrefs=[link("icb", code, on=page.kind) for code in named["icb"]]),
            *(column(test.name, wide[test.id]) for test in rules.test),
        ],
    )  # fmt: skip


def series(page: View, measure: str) -> Table | Fragment:
    """Return every month of a measure: figure, what the chart labels it, why it is missing."""
    rule, found = measures()[measure], systems.charted(page, measure)
    if found is None:
        return notice(f"{rule.name}: {formats.Absent.NOT_LOADED}.")
    points = found.chart.points
    return Table(
        say("captions.context.series", measure=rule.name, unit=rule.unit, name=page.name),
        [
            column("Month", points["period"].map(systems.month)),
            column("Figure", points["value"].map(_two), number=True),
            column("On the chart", points["label"]),
            column("Judged", points["judgement"].map(_judged)),
        ],
        folded=True,
    )


def _judged(judgement: object) -> str:
    return "" if formats.is_missing(judgement) else str(judgement)


def _two(value: float) -> str:
    return formats.number(value, 2)


def survey(page: View) -> Table | Fragment:
    """Return the survey's questions: percentage, interval, base, England, overlap."""
    rows = questions(page)
    if rows.empty:
        return notice(f"GP Patient Survey: {formats.Absent.NOT_LOADED}.")
    ends = [f"{formats.number(low, 1)} to {formats.number(high, 1)}"
            for low, high in zip(rows["low"], rows["high"], strict=True)]  # fmt: skip
    return Table(
        say("captions.context.survey", year=rows["period"].iloc[0], name=page.name),
        [
            column("Question", rows["name"]),
            column("Percent", rows["value"].map(_one), number=True),
            column("95% interval", ends, number=True),
            column("People who answered", rows["denominator"].map(formats.whole), number=True),
            column("England", rows["england"].map(_one), number=True),
            column("Intervals", rows["apart"].map({True: "apart", False: "overlap"})),
        ],
        folded=True,
    )


def _one(value: float) -> str:
    return formats.number(value, 1)


def admissions(page: View) -> Table | Fragment:
    """Return the trusts whose admitted patients live in the board's area: shares of 5% or more."""
    rows = page.assessment.table(ADMISSIONS)
    mine = rows[(rows["icb"] == page.code) & (rows["share"] >= _FROM)]
    if mine.empty:
        return notice(f"Where patients go: {formats.Absent.NOT_LOADED} for {page.name}.")
    known = pd.concat([page.register, page.assessment.organisations])
    trusts = known.drop_duplicates("org").set_index("org")
    named = mine.merge(trusts[["name", "icb_name", "icb"]].rename(columns={"icb": "counted_in"}),
                       left_on="org", right_index=True, how="inner")  # fmt: skip
    ordered = named.sort_values(["share", "org"], ascending=[False, True])
    loaded = set(page.everyone["org"])
    hrefs = [link("trust", org, on=page.kind) if org in loaded else "" for org in ordered["org"]]
    return Table(
        say("captions.context.admissions", share=f"{_FROM:.0%}", name=page.name),
        [
            column("Trust", ordered["name"].map(formats.text), hrefs=hrefs),
            column("Share of its admissions", [_share(s) for s in ordered["share"]], number=True),
            column("Counted in", ordered["icb_name"].map(formats.short_icb)),
        ],
    )


_FROM = 0.05


def _share(share: float) -> str:
    return f"{formats.number(100 * share, 1)}%"


def duties(page: View) -> Table | Fragment:
    """Return two panels that are never mixed: what the board answers for; what its providers are.

    The first is of measures by board, whoever provided the care; the second of trusts' segments.
    """
    rows = [*_own(page), *_of_providers(page)]
    groups, names, figures, notes = zip(*rows, strict=True)
    return Table(
        say("captions.context.duties", name=page.name, period=page.period),
        [column("What", names), column("Figure", figures), column("What it is", notes)],
        pd.Series(groups, dtype="str"),
    )


_BOARD = "The board itself: measures of its population, whoever provided the care"
_PROVIDERS = "Its providers: the segments of trusts counted in it"


def _own(page: View) -> Iterator[tuple[str, str, str, str]]:
    results = systems.tests(page)
    counts = results["result"].value_counts()
    told = [f"{counts.get(said, 0)} {said}" for said in (r.value for r in Result)]
    yield _BOARD, "Contextual tests", formats.listed(told), "not applied in 2025/26; no segment"
    for measure in ("ae-4-hour", "smi-checks", "cervical-25-49", "cervical-50-64"):
        rows = systems.series(page, measure)
        mine = rows[(rows["area"] == page.code) & rows["value"].notna()].sort_values("period")
        if mine.empty:
            yield _BOARD, measures()[measure].short, str(formats.Absent.NOT_LOADED), ""
        else:
            last = mine.iloc[-1]
            figure = f"{formats.number(last['value'], 1)}%, {_period(last['period'])}"
            yield _BOARD, measures()[measure].short, figure, measures()[measure].name


def _of_providers(page: View) -> Iterator[tuple[str, str, str, str]]:
    counts = page.trusts["adjusted"].value_counts().sort_index()
    if counts.empty:
        yield _PROVIDERS, "Trusts", f"{formats.Absent.NOT_LOADED} for {page.period}", ""
    for segment, many in counts.items():
        what = f"Trusts in segment {segment}"
        yield _PROVIDERS, what, formats.whole(int(many)), "after the financial override"


def yearly(page: View) -> Table | Fragment:
    """Return the yearly history of a board: 18 weeks, 62 days, four hours at major departments."""
    columns = {}
    for measure in _YEARLY:
        rows = systems.series(page, measure)
        mine = rows[rows["area"] == page.code].set_index("period")["value"]
        columns[measures()[measure].short] = mine
    wide = pd.DataFrame(columns).sort_index()
    if wide.empty:
        return notice(f"Yearly history: {formats.Absent.NOT_LOADED}.")
    return Table(
        say("captions.context.yearly", name=page.name),
        [
            column("Year", wide.index),
            *(column(str(name), wide[name].map(_one), number=True) for name in wide),
        ],
        folded=True,
    )


def icb_map(page: View, measure: str) -> Table | Fragment:
    """Return the map's key: number, board, figure, quarter of boards."""
    rows, rule = systems.latest(page, measure), measures()[measure]
    if rows["value"].notna().sum() == 0:
        return notice(f"{rule.name}: {formats.Absent.NOT_LOADED}.")
    when = systems.month(rows["period"].dropna().iloc[0])
    return Table(
        say("captions.context.icb_map", measure=rule.name, unit=rule.unit, when=when),
        [
            column("ICB", rows["name"].map(formats.short_icb),
                   hrefs=[link("icb", code, on=page.kind) for code in rows["icb"]]),
            column("Number on the map", rows["number"].map(formats.whole), number=True),
            column("Code", rows["icb"]),
            column("Figure", rows["value"].map(_one), number=True),
            column("Quarter of boards", [_QUARTERS.get(q, "none") for q in rows["quarter"]]),
        ],
        folded=True,
    )  # fmt: skip


def signals_by_board(page: View, measure: str) -> Table | Fragment:
    """Return, for each board of the page, its latest figure and what its control chart says."""
    named = systems.boards(page)
    found = {code: systems.charted(page, measure, code) for code in named["icb"]}
    kept = named[[found[code] is not None for code in named["icb"]]]
    charts = [chart for code in kept["icb"] if (chart := found[code])]
    if not charts:
        return notice(f"{measures()[measure].name}: {formats.Absent.NOT_LOADED}.")
    when = systems.month(charts[0].latest["period"])
    return Table(
        say("captions.context.signals_by_board", when=when,
            measure=measures()[measure].name, unit=measures()[measure].unit),
        [
            column("ICB", kept["name"].map(formats.short_icb),
                   hrefs=[link("icb", code, on=page.kind) for code in kept["icb"]]),
            column("Code", kept["icb"]),
            column("Latest", [_one(chart.latest["value"]) for chart in charts], number=True),
            column("Mean", [_one(chart.latest["mean"]) for chart in charts], number=True),
            column("Variation", [chart.chart.variation.value for chart in charts]),
            column("Against the target", [chart.chart.assurance.value for chart in charts]),
        ],
        folded=True,
    )  # fmt: skip
