"""The words of charts: every figure leads to its cell, where it is found again, or has a reason."""

import json
import re
from functools import cache
from unittest.mock import patch

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from oversight_lib.intake import open_boundaries
from oversight_lib.method.cells import APART, Cell, Ledger, prints
from oversight_lib.report import charts, maps, movement, tables, theme
from oversight_lib.report.bound import Numeral
from oversight_lib.report.charts import scores
from oversight_lib.report.charts.canvas import Chart
from oversight_lib.report.metrics import metrics
from oversight_lib.report.recorded import numerals
from oversight_lib.rules import measures
from tests.conftest import ROOT
from tests.report.pages import page
from tests.report.test_approved import LOOSE

PAGES = {
    "england-q1": ("england", "", "2025-26-q1"),
    "england-q3": ("england", "", "2025-26-q3"),
    "region-q1": ("region", "Y60", "2025-26-q1"),
    "region-q3": ("region", "Y60", "2025-26-q3"),
    "icb-q1": ("icb", "QYG", "2025-26-q1"),
    "icb-q3": ("icb", "QYG", "2025-26-q3"),
    "acute-trust-q1": ("trust", "RHM", "2025-26-q1"),
    "trust-without-a-domain-q1": ("trust", "RPY", "2025-26-q1"),
    "trust-q3": ("trust", "RAT", "2025-26-q3"),
}
DATES = re.compile(LOOSE.pattern.replace(r"\u00a0", " "))
BOUND_TO_NOTHING = {
    r"Mean [\d.\N{MINUS SIGN}]+, process limits [\d.\N{MINUS SIGN}]+ to [\d.]+":
        "the lines of a control chart are worked out as it is drawn, and stand in no table",
}  # fmt: skip


def calls(kind):
    """The charts and maps of a kind of page, as its notebook calls them."""
    names = {"england": ("england", "inequalities"), "region": ("region",)}.get(kind, (kind,))
    for name in names:
        notebook = json.loads((ROOT / f"notebooks/{name}.ipynb").read_text("utf-8"))
        for cell in notebook["cells"]:
            if found := re.match(r"report\.(charts|maps)\.(\w+)\((.*)\)$", "".join(cell["source"])):
                yield found[1], found[2], tuple(re.findall(r'"([\w-]+)"', found[3]))


def draw(view, module, name, args):
    """What a call of a notebook gives, without drawing the picture itself."""
    make = getattr({"charts": charts, "maps": maps}[module], name)
    shapes = (open_boundaries(args[0]),) if module == "maps" else ()
    with patch.object(theme, "svg", return_value=""):
        return make(view, *shapes, *(args[1:] if shapes else args))


@cache
def drawn(name):
    """Every chart of a page that is one, with the name of its function."""
    view = page(*PAGES[name])
    made = [(call[1], draw(view, *call)) for call in calls(view.kind)]
    return [(function, chart) for function, chart in made if isinstance(chart, Chart)]


def loose(words):
    """The words without what is tied to something, without dates and what has a reason."""
    text = list(str(words))
    for mark in words.marks:
        text[mark.start : mark.end] = " " * (mark.end - mark.start)
    return DATES.sub(" ", "".join(text))


def column(table, heading):
    return list(next(one for one in table.columns if one.heading.startswith(heading)).texts)


def row(table, first, heading):
    """The text in the row of a table whose first column says this."""
    (at,) = [n for n, name in enumerate(table.columns[0].texts) if name == first]
    return column(table, heading)[at]


def _nearer_its_median(view, _):
    table = tables.domain_strips(view)
    pairs = zip(column(table, "Score"), column(table, "Median"), strict=True)
    return sum(score < median for score, median in pairs if score[0].isdigit())


def _mostly_nearer(view, _):
    table = tables.domain_profile(view)
    pairs = zip(column(table, "Nearer"), column(table, "Trusts"), strict=True)
    return sum(int(nearer) * 2 > int(trusts) for nearer, trusts in pairs)


def _nearer(table):
    def found(view, key):
        name = view.type_names.get(key.get("trust_type"), view.domain_names.get(key["scope"]))
        return int(row(getattr(tables, table)(view), name, "Nearer"))

    return found


def _scored(view, _):
    table = tables.metrics(view)
    both = zip(column(table, "Score"), column(table, "Weight"), strict=True)
    return [score for score, weight in both if score[0].isdigit() and weight != "none"]


def _width(view, key):
    many = int(key["segments"])
    heading = f"{many} segment" + ("s" if many > 1 else "")
    return int(row(tables.range_widths(view), view.type_names[key["trust_type"]], heading))


def _served(view, key):
    heading = {"trusts": "Trusts"}.get(key["column"], key["column"].capitalize())
    return row(tables.served_by_segment(view), key["segment"], heading)


def _part(view, key):
    short = {metric.id: metric.short for metric in view.framework.metric}[key["metric"]]
    table = tables.drivers(view)
    rows = zip(*(list(one.texts) for one in table.columns[:3]), strict=True)
    (part,) = [p for name, p, what in rows if (name, what) == (short, movement.KINDS[key["kind"]])]
    return part


SHOWN = {
    ("domain_strips", "nearer_the_median"): _nearer_its_median,
    ("domain_profile", "mostly_nearer"): _mostly_nearer,
    ("domain_profile", "nearer"): _nearer("domain_profile"),
    ("averages", "nearer"): _nearer("averages"),
    ("metrics", "scored"): lambda view, key: len(_scored(view, key)),
    ("metrics", "scored_best"): lambda view, key: _scored(view, key).count("1.00"),
    ("range_widths", "trusts"): _width,
    ("survey", "apart"): lambda view, _: column(tables.survey(view), "Intervals").count("apart"),
    ("survey", "count"): lambda view, _: len(column(tables.survey(view), "Question")),
    ("by_board", "count"): lambda view, _: len(tables.by_board(view, "ae-4-hour").columns[0].texts),
    ("segments_by_region", "count"): lambda view, _: len(
        column(tables.segments_by_region(view), "Region")
    ),
    ("deprivation", "share"): lambda view, key: row(
        tables.deprivation(view), key["decile"], "Share"
    ),
    ("served_by_segment", "trusts"): _served,
    ("served_by_segment", "lowest"): _served,
    ("served_by_segment", "median"): _served,
    ("served_by_segment", "highest"): _served,
    ("drivers", "part"): _part,
}
"""Where a figure is found again that stands in a table of the page, and in none of the edition."""


def found_again(view, one):
    """Whether a figure is the one that stands in its cell."""
    cell = Cell.parse(one.cell)
    key = {**dict(cell.key), "column": cell.column}
    if cell.table == "rules":
        return float(one.words) == measures()[key["of"]].target
    if cell.table == "shown":
        again = SHOWN[key["of"], cell.column](view, key)
        return again == one.words if isinstance(again, str) else prints(one.words, again)
    return prints(one.words, Ledger(view.assessment.tables).figure(cell))


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_a_chart_is_found_again_in_the_cell_it_is_bound_to(name):
    view = page(*PAGES[name])
    ledger, counted = Ledger(view.assessment.tables), 0
    for function, chart in drawn(name):
        for one in chart.words.numerals:
            cell = Cell.parse(one.cell)
            counted += 1
            if cell.table in APART:
                assert found_again(view, one), (function, one)
            else:
                assert prints(one.words, ledger.figure(cell)), (function, one, ledger.figure(cell))
    assert counted > 20


@pytest.mark.parametrize("name", PAGES)
def test_no_figure_of_a_chart_is_bound_to_nothing_without_a_reason(name):
    for function, chart in drawn(name):
        words = loose(chart.words)
        for pattern in BOUND_TO_NOTHING:
            words = re.sub(pattern, " ", words)
        assert not re.findall(r"\d", words), (function, words)


def test_every_reason_is_needed():
    said = " ".join(chart.alt for name in PAGES for _, chart in drawn(name))
    assert [pattern for pattern in BOUND_TO_NOTHING if not re.search(pattern, said)] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_last_table_of_a_page_leads_the_figures_of_its_charts_to_their_cells(name):
    view, made = page(*PAGES[name]), drawn(name)
    printed = set(numerals(view))
    assert {one for _, chart in made for one in chart.words.numerals} <= printed
    table = tables.figures(view)
    assert len(table.columns[0].texts) == len(printed)


TITLES = {
    ("england-q1", "segments"): "95 of 195 trusts are in segment 3",
    ("england-q1", "override"): "The override sets the segment of 45 of 195 trusts",
    ("england-q1", "segments_by_region"): "Segment 1 holds from 1 to 9 trusts of a region",
    ("england-q1", "regions"): "From 1 of 31 to 9 of 31 trusts of a region are in segment 1",
    ("england-q1", "icbs"): "Within four hours, emergency departments: boards from 62.9 to 82.9",
    ("england-q1", "by_board"): "From 62.9 to 82.9 percent in July 2025",
    ("england-q1", "averages"): "Average scores from 1.39 to 3.35",
    ("england-q1", "domain_profile"): (
        "The median nearest 1 is that of effectiveness and experience"
    ),
    ("england-q1", "deprivation_by_board"): (
        "Boards have from 0.8% to 48.5% of small areas in the most deprived fifth"
    ),
    ("england-q1", "gradients"): (
        "Lipid-lowering therapy at high risk: 66.5% in the most deprived fifth, 57.2% in the least"
    ),
    ("england-q1", "served"): "The median goes from 15.3% in segment 2 to 19.9% in segment 3",
    ("england-q3", "flows"): "14 of 61 trusts are in another segment than before",
    ("england-q3", "caterpillar"): "The range of 59 of 61 trusts touches more than one segment",
    ("region-q1", "segments_by_icb"): "Segment 1 holds trusts of 3 of 11 ICBs",
    ("region-q1", "domain_profile"): (
        "More than half of trusts are nearer 1 than England’s median in 1 of 5 domains"
    ),
    ("region-q1", "deprivation"): (
        "24.2% of small areas are in England’s most deprived fifth"
    ),
    ("icb-q1", "control"): (
        "Within four hours, emergency departments: within its usual variation"
    ),
    ("icb-q1", "survey"): "Interval apart from England’s in 5 of 8 questions",
    ("trust-q3", "waterfall"): "Combined finance is the largest part of the change of +0.004",
    ("trust-q3", "domain_strips"): "Nearer 1 than the median of its type in 4 of 5 domains",
    ("trust-q3", "metric_scores"): "1 of 11 scored metrics has the best score",
}  # fmt: skip


@pytest.mark.parametrize(("name", "function"), TITLES)
def test_a_chart_is_titled_with_what_it_shows(name, function):
    alt = next(chart.alt for drawn_by, chart in drawn(name) if drawn_by == function)
    assert alt.startswith(f"{TITLES[name, function]}. ")


def test_every_chart_of_the_notebooks_has_its_title_tested():
    called = {name for kind in ("england", "region", "icb", "trust") for _, name, _ in calls(kind)}
    assert called == {function for _, function in TITLES}


@pytest.mark.parametrize(
    ("moved", "stayed", "title"),
    [
        (0, 1, "No trust is in another segment than before"),
        (0, 5, "None of the 5 trusts are in another segment than before"),
        (1, 0, "The only trust is in another segment than before"),
        (1, 1, "1 of 2 trusts is in another segment than before"),
        (2, 0, "Both trusts are in another segment than before"),
        (3, 4, "3 of 7 trusts are in another segment than before"),
        (8, 0, "All 8 trusts are in another segment than before"),
    ],
)
def test_flows_are_titled_rightly_for_none_one_and_many(moved, stayed, title):
    counts = pd.DataFrame([[stayed, moved], [0, 0]], index=[1, 2], columns=[1, 2])
    with patch.object(movement, "flows", return_value=counts):
        chart = draw(page("england", "", "2025-26-q3"), "charts", "flows", ())
    assert chart.alt.startswith(f"{title}. ")


@pytest.mark.parametrize(
    ("best", "title"),
    [
        (0, "None of the 11 scored metrics have the best score"),
        (1, "1 of 11 scored metrics has the best score"),
        (2, "2 of 11 scored metrics have the best score"),
        (11, "All 11 scored metrics have the best score"),
    ],
)
def test_metric_scores_are_titled_rightly_for_none_one_and_many(best, title):
    rows = metrics(page("trust", "RAT", "2025-26-q3"))
    counted = rows["score"].notna() & rows["weight"].gt(0)
    assert counted.sum() == 11
    made = rows[counted].assign(score=[1.0] * best + [2.0] * (11 - best))
    with patch.object(scores, "metrics", return_value=made):
        chart = draw(page("trust", "RAT", "2025-26-q3"), "charts", "metric_scores", ())
    assert chart.alt.startswith(f"{title}. ")


def test_words_of_a_chart_are_text_where_text_is_wanted():
    (chart,) = (made for function, made in drawn("icb-q1") if function == "survey")
    _, metadata = chart._repr_mimebundle_()
    assert type(metadata["image/svg+xml"]["alt"]) is type(chart.alt) is type(repr(chart)) is str


def test_the_last_table_holds_the_cell_of_each_figure_where_the_book_is_read_for_it():
    view, _ = page(*PAGES["icb-q3"]), drawn("icb-q3")
    shown = BeautifulSoup(tables.figures(view)._repr_html_(), "lxml").find_all("data")
    held = [Numeral(one.text, one["data-cell"]) for one in shown]
    assert held == numerals(view)
    assert {one.parent.name for one in shown} == {"th"}
