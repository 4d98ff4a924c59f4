"""A trust's metric scores: one row a metric, its score from 1 to 4, and its peers' median."""

from typing import Any

import pandas as pd

from oversight_lib.frames import SCORES
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.metrics import metrics
from oversight_lib.report.numbers import cell, named, out_of, shown
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_EDGE = 10.0
_ROW = theme.LINE + 20.0
_HEAD = theme.LINE * 1.4
_KEY = theme.LINE * 1.3


@recorded
def metric_scores(page: View) -> Chart | Fragment:
    """Draw the metric scores of a trust, by domain, each beside the median of its type."""
    rows = metrics(page)
    rows = rows[rows["score"].notna() & rows["weight"].gt(0)].reset_index(drop=True)
    if rows.empty:
        return notice(say("charts.metrics.absent", absent=formats.Absent.NOT_PUBLISHED))
    best = int(rows["score"].eq(page.framework.scale.best).sum())
    subtitle = say("charts.metrics.subtitle", name=page.name, period=page.period)
    groups = rows["domain_name"].ne(rows["domain_name"].shift())
    below = _KEY + groups.cumsum() * _HEAD + pd.Series(range(len(rows))) * _ROW
    sheet = Sheet(_title(page, best, len(rows)), subtitle, float(below.iloc[-1]) + _ROW)
    _key(sheet)
    for row, y, starts in zip(rows.to_dict("records"), below + sheet.top, groups, strict=True):
        if starts:
            sheet.ends(y - theme.LINE / 2, str(row["domain_name"]), weight="bold")
        _row(sheet, float(y), row)
    return sheet.chart(_alt(page, rows))


def _title(page: View, best: int, scored: int) -> Bound:
    at = shown(page, "metrics", "scored_best"), shown(page, "metrics", "scored")
    of = out_of(best, scored, "scored metric", at)
    return say(f"charts.metrics.title_{'one' if 1 in (best, scored) else 'many'}", of=of)


def _key(sheet: Sheet) -> None:
    y = sheet.top + theme.LINE / 2
    sheet.axes.plot([8], [y], "o", color=theme.BLUE, ms=9)
    sheet.write(18, y, "this trust")
    sheet.axes.vlines([105], y - 9, y + 9, color=theme.ORANGE, lw=3.5)
    sheet.write(112, y, "median of its type")


def _row(sheet: Sheet, y: float, row: dict[Any, Any]) -> None:
    sheet.ends(y + theme.LINE / 2, str(row["short"]), formats.average(row["score"]))
    middle = y + theme.LINE + 8
    sheet.axes.hlines(middle, _x(1), _x(4), color=theme.QUIET, lw=0.8)
    sheet.axes.hlines(middle, _x(1), _x(row["score"]), color=theme.BLUE, lw=4)
    sheet.axes.vlines(
        _x(row["peer_score"]), middle - 8, middle + 8, color=theme.ORANGE, lw=3.5, zorder=4
    )
    sheet.axes.plot(
        _x(row["score"]), middle, "o", color=theme.BLUE, mec=theme.WHITE, ms=9, zorder=5
    )


def _x(score: float) -> float:
    return _EDGE + (score - 1) / 3 * (theme.POINTS - 2 * _EDGE)


def _alt(page: View, rows: pd.DataFrame) -> Bound:
    """Return every score in words, with the median of the type."""
    told = [_metric(page, row) for row in rows.to_dict("records")]
    return say("charts.metrics.alt", metrics=joined(told, by=". "))


def _metric(page: View, row: dict[Any, Any]) -> Bound:
    metric, kind = row["metric"], page.trust["trust_type"]
    peers = Cell.of(SCORES.name, "median(score)", metric=metric, trust_type=kind)
    return say(
        "charts.metrics.metric",
        metric=named(row["short"]),
        score=bound(formats.average(row["score"]), cell(page, SCORES, "score", metric=metric)),
        median=bound(formats.average(row["peer_score"]), peers),
    )
