"""What a page rests on: quarter, files, rules, periods, cut points, the back-test."""

import pandas as pd

from oversight_lib.frames import CHECKS, CUTS, OVERALL
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, capital, joined, listed
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.metrics import periods_behind
from oversight_lib.report.numbers import count, found, out_of, segment, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def sources(page: View) -> Fragment:
    """Return which quarter, which files, which rules, and how many periods lie behind them."""
    kinds = [page.type_names[kind].lower() for kind in page.types_loaded]
    files = say(
        "sources.files",
        period=page.period,
        kinds=formats.listed(kinds),
        rules=page.framework.title,
    )
    return paragraphs(files, _periods(page))


@recorded
def cut_points(page: View) -> Fragment:
    """Return where the segments of the average end, and how exactly that is known."""
    return page.once("cut points", _cut_points)


def _cut_points(page: View) -> Fragment:
    rows = page.assessment.cuts
    rows = rows[rows["scope"] == OVERALL].sort_values("boundary")
    pool = next(pool for pool in page.framework.pool if pool.id == page.framework.cuts.pool)
    defined = bool(rows["method"].eq("defined").any())
    rule = say("sources.cuts.defined") if defined else say("sources.cuts.quartiles", pool=pool.name)
    if not rows["method"].eq("bracketed").any():
        cuts = [_cut(row, "cut") for _, row in rows.iterrows()]
        return paragraphs(joined([rule, say("sources.cuts.computed", cuts=listed(cuts))]))
    lacking = str(rows["lacking"].iloc[0]).split(", ")
    names = [page.type_names[kind].lower() for kind in lacking]
    held = say(
        "sources.cuts.bracketed",
        kinds=capital(formats.listed(names)),
        absent=formats.Absent.NOT_LOADED,
        brackets=listed([_bracket(row) for _, row in rows.iterrows()]),
    )
    return paragraphs(joined([rule, held]))


def _bracket(row: pd.Series) -> Bound:
    first = int(row["boundary"])
    return say(
        "sources.cuts.bracket",
        first=segment(first),
        second=segment(first + 1),
        low=_cut(row, "low"),
        high=_cut(row, "high"),
    )


def _cut(row: pd.Series, column: str) -> Bound:
    at = Cell.of(CUTS.name, column, scope=OVERALL, boundary=row["boundary"])
    return bound(formats.average(row[column]), at)


@recorded
def back_test(page: View) -> Fragment:
    """Return how many published figures are reproduced, in one paragraph."""
    return page.once("back-test", _back_test)


def _back_test(page: View) -> Fragment:
    checks = page.assessment.checks.set_index(["check", "subject"])
    compared, equal = (checks[name].astype(int).to_dict() for name in ("compared", "equal"))
    told = [
        out_of(equal[check, OVERALL], compared[check, OVERALL], *nouns[:1], _check(check), nouns[1])
        for check, nouns in _TOLD.items()
        if (check, OVERALL) in checks.index
    ]
    both = say(
        "sources.back_test.is",
        told=listed(told),
        equal=whole(sum(equal.values()), Cell.of(CHECKS.name, "sum(equal)")),
        compared=whole(sum(compared.values()), Cell.of(CHECKS.name, "sum(compared)")),
    )
    return paragraphs(joined([both, _verdict(page)]))


_TOLD = {
    "average of exact scores": ("average score", "average scores"),
    "unadjusted segment": ("segment by score alone", "segments by score alone"),
    "adjusted segment": ("segment after the override", "segments after the override"),
    "league rank": ("league rank", "league ranks"),
}


def _check(check: str) -> tuple[Cell, Cell]:
    """Return where it stands how many figures of a check were equal, and how many compared."""
    equal, compared = (
        Cell.of(CHECKS.name, column, check=check, subject=OVERALL)
        for column in ("equal", "compared")
    )
    return equal, compared


def _verdict(page: View) -> Bound:
    failing = int((~page.assessment.checks["passes"]).sum())
    if not failing:
        return say("sources.back_test.passes")
    number = count(failing, "check", Cell.of(CHECKS.name, "count", passes="No"))
    return say(f"sources.back_test.{'one' if failing == 1 else 'many'}", number=number)


def _periods(page: View) -> Bound:
    behind = periods_behind(page)
    every = {
        period: month
        for org in page.trusts["org"]
        for period, month in behind.get(str(org), {}).items()
    }
    if not every:
        return Bound()
    dated = sorted(month for month in every.values() if month)
    number = len(every)
    return say(
        "sources.periods",
        periods=count(number, "reporting period", found(page, "reporting_periods")),
        ends=say("sources.ends", first=dated[0].label, last=dated[-1].label) if dated else "",
    )
