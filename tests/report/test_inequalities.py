"""What pages say of inequality: sizes with intervals, no ranking, no cause, suppressed as such."""

import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from oversight_lib import frames
from oversight_lib.report import charts, narrative, tables
from oversight_lib.report.charts import Chart
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.inequalities import boards, gradients, whole_areas
from oversight_lib.report.narrative.gradients import moved
from oversight_lib.report.sentences import say
from tests.report import pictures
from tests.report.pages import opened, page, page_of

DRAWN = {
    "england": lambda: charts.gradients(page("england")),
    "board": lambda: charts.gradients(page("icb", "QOQ")),
    "region": lambda: charts.gradients(page("region", "Y56")),
    "deprivation": lambda: charts.deprivation(page("icb", "QHM")),
    "boards": lambda: charts.deprivation_by_board(page("england")),
    "served": lambda: charts.served(page("england")),
    "served in London": lambda: charts.served(page("region", "Y56")),
}
SPOKEN = (
    narrative.deprivation, narrative.gradient, narrative.changes_within, narrative.coverage,
    narrative.core20plus5_frame, narrative.served, narrative.disclosure,
)  # fmt: skip
PAGES = [("england", ""), ("region", "Y56"), ("icb", "QOQ"), ("icb", "QHG")]


@cache
def drawn(name):
    return pictures.drawn(DRAWN[name])


def with_tables(view, **replaced):
    """The page with some tables about inequality replaced."""
    return replace(view, assessment=view.assessment.with_tables(replaced))


def without(view):
    """The page as if nothing about inequality were loaded."""
    names = (
        frames.INDICATORS, frames.BREAKDOWN_FIGURES, frames.AREA_INEQUALITIES,
        frames.AREA_INEQUALITY_CHANGES, frames.DEPRIVATION_DECILES, frames.ICB_DEPRIVATION,
        frames.AREA_MEASURES, frames.SERVED, frames.INEQUALITY_SOURCES, frames.SERIES,
    )  # fmt: skip
    return with_tables(view, **{frame.name: frame.empty() for frame in names})


def cells(table, heading):
    return next(c.texts.tolist() for c in table.columns if c.heading.startswith(heading))


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_in_the_palette_and_in_letters_large_enough(name):
    pictures.in_the_palette(drawn(name)[0].svg)


@pytest.mark.parametrize("name", DRAWN)
def test_words_lie_inside_the_picture_and_apart(name):
    pictures.legible(drawn(name)[1])


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_drawn_twice_is_the_same(name):
    assert DRAWN[name]().svg == drawn(name)[0].svg


def test_the_words_of_a_gradient_are_the_published_figures_of_every_group():
    alt = drawn("board")[0].alt
    assert "65.6% in the most deprived fifth, 55.5% in the least" in alt
    assert "1 most deprived: 65.6%; fifth 2: 60.5%; fifth 3: 57.3%; fifth 4: 57.3%" in alt
    assert "83.4% intervals" in alt
    assert "Humber and North Yorkshire" in alt


def test_a_gap_and_an_index_have_intervals_and_the_most_deprived_beside_them():
    table = tables.gradient_measures(page("icb", "QOQ"))
    assert cells(table, "Most deprived") == ["65.6"]
    assert cells(table, "Slope index, ranks within") == ["−10.4 (−11.5 to −9.3)"]
    assert cells(table, "Slope index, England") == ["−11.0 (−12.1 to −9.8)"]
    assert "positive is worse for the most deprived" in table.caption
    words = repr(narrative.gradient(page("icb", "QOQ")))
    assert "−10.4 (95% interval −11.5 to −9.3)" in words
    assert words.index("65.6% in the most deprived fifth") < words.index("−10.4")
    assert "higher is better, and the most deprived fifth has the better figure" in words


def test_a_change_is_told_only_where_its_interval_excludes_0():
    clear = repr(narrative.gradient(page("icb", "QMF")))
    assert "The slope index within the area changed by +2.0" in clear
    assert "the difference narrowed" in clear
    unclear = repr(narrative.gradient(page("icb", "QOQ")))
    assert "No clear change in the slope index within the area between" in unclear
    assert "changed by" not in unclear
    table = tables.changes_within(page("england"))
    changes = cells(table, "Change since")
    told = [words for words in changes if words != "no clear change"]
    assert len(changes) == 42
    assert len(told) == 5
    for words in told:
        low, high = re.fullmatch(r"\S+ \((\S+) to (\S+)\)", words).groups()
        assert low[0] == high[0]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (-12.5, -11.2, "the difference narrowed"),
        (-11.2, -12.5, "the difference widened"),
        (4.0, 6.0, "the difference widened"),
        (6.0, 4.0, "the difference narrowed"),
        (-1.0, 1.0, "the difference changed sides"),
    ],
)
def test_a_difference_widens_whichever_end_is_better_off(before, after, words):
    assert f"the difference {say(f'inequalities.change.{moved(before, after)}')}" == words


def test_boards_stand_in_alphabetical_order_and_are_ranked_nowhere():
    names = boards(page("england"))["name"].tolist()
    assert names == sorted(names)
    assert len(names) == 42
    for table in (tables.changes_within, tables.deprivation_by_board):
        assert cells(table(page("england")), "ICB") == names
        assert not [
            c.heading for c in table(page("england")).columns if c.heading.lower() == "rank"
        ]
    assert "boards are not compared" in tables.changes_within(page("england")).caption


@pytest.mark.parametrize(("kind", "code"), PAGES)
def test_no_sentence_names_a_cause_a_merit_or_a_place(kind, code):
    words = " ".join(repr(say(page(kind, code))) for say in SPOKEN)
    banned = (
        r"\b(because of deprivation|due to|caused|driven|best|worst|top|bottom|significant\w*)\b"
    )
    assert re.findall(banned, words) == []
    assert not re.search(r"\b\d+(st|nd|rd|th) of \d+", words)


def test_deprivation_is_counted_in_small_areas_and_says_so():
    view = page("icb", "QMF")
    words = repr(narrative.deprivation(view))
    # North East London: 63 + 230 small areas in the first two tenths of 1,087.
    assert "293 of the 1,087 small areas" in words
    assert "27.0%" in words
    assert "not people" in words
    shares = cells(tables.deprivation(view), "Share")
    assert sum(float(share.rstrip("%")) for share in shares) == pytest.approx(100, abs=0.5)
    assert cells(tables.deprivation(page("england")), "Share") == ["10.0%"] * 10


def test_a_region_says_that_it_adds_up_its_boards():
    assert "the region’s boards added up" in repr(narrative.gradient(page("region", "Y56")))
    assert "added up" not in repr(narrative.gradient(page("icb", "QOQ")))


def test_segments_and_people_served_are_description_with_their_caveat():
    words = repr(narrative.served(page("england")))
    assert "This is description." in words
    assert "what holds for areas need not hold for the people in them" in words
    alt = drawn("served")[0].alt
    counts = [int(n) for n in re.findall(r"Segment \d: (\d+) trusts", alt)]
    assert sum(counts) == len(tables.served(page("england")).columns[0].texts) == 134
    summed = tables.served_by_segment(page("england"))
    assert [int(text) for text in summed.columns[1].texts] == counts
    assert all(text in alt for one in summed.columns[2:] for text in one.texts)


def test_every_metric_is_in_the_table_of_coverage_with_four_answers():
    table = tables.coverage(page("england"))
    metrics = page("england").framework.metric
    assert len(table.columns[0].texts) == len(metrics)
    for heading in ("Deprivation", "Ethnicity", "Age", "Sex"):
        assert set(cells(table, heading)) <= {
            "published", "part", "not established", "not applicable",
        }  # fmt: skip
    words = repr(narrative.coverage(page("england")))
    assert f"2 of {len(metrics)} metrics all four breakdowns were found" in words
    read = tables.coverage_evidence(page("england"))
    where = cells(read, "Where")
    links = next(c for c in read.columns if c.heading == "Where").hrefs
    assert [bool(link) for link in links] == [words == "page read" for words in where]


def test_core20plus5_shows_the_areas_own_figures_and_says_why_not_the_rest():
    table = tables.approach(page("icb", "QOQ"))
    shown = dict(zip(cells(table, "Part"), cells(table, "What is shown"), strict=True))
    assert "65.6% in the most deprived fifth" in shown["Core20"]
    assert "66.9%" in shown["Severe mental illness"]  # MH021, adjustments in the base
    assert shown["Maternity"] == "nothing"
    why = dict(zip(cells(table, "Part"), cells(table, "Why no more"), strict=True))
    assert why["Maternity"] == "No series on continuity of carer is loaded."


def test_measures_of_the_whole_area_stand_beside_englands_in_their_latest_period():
    rows = whole_areas(page("icb", "QOQ")).set_index("measure")
    assert rows.loc["VI001", "value"] == pytest.approx(100 * 13448 / (14281 + 291))
    assert rows.loc["VI001", "england"] == pytest.approx(100 * 513889 / (556397 + 14235))
    assert rows.loc["health-index", "period"] == "2021"
    assert "smi-checks" in rows.index
    assert rows["unit"].tolist() == sorted(rows["unit"], reverse=True)


def test_a_suppressed_group_is_a_symbol_without_a_mark_a_number_or_a_direction():
    view = page("icb", "QOQ")
    figures = view.assessment.table(frames.BREAKDOWN_FIGURES)
    mine = figures["area"].eq("QOQ") & figures["order"].eq("2023-12") & figures["group"].eq(1)
    hidden = figures.assign(
        **{name: figures[name].mask(mine) for name in ("value", "low", "high", "count")},
        symbol=figures["symbol"].mask(mine, "[c]"),
    )
    measures = view.assessment.table(frames.AREA_INEQUALITIES)
    gone = measures["area"].eq("QOQ") & measures["order"].eq("2023-12")
    refused = measures.assign(
        value=measures["value"].mask(gone),
        reason=measures["reason"].mask(gone, "group 1 is missing or suppressed"),
    )
    changed = with_tables(view, breakdown_figures=hidden, area_inequalities=refused)
    words = repr(narrative.gradient(changed))
    assert "no measure of inequality, because group 1 is missing or suppressed" in words
    assert "65.6" not in words
    assert "better figure" not in words
    chart = charts.gradients(changed)
    assert "1 most deprived: no figure" in chart.alt
    assert "[c]" in chart.svg
    assert "65.6" not in chart.svg + chart.alt
    assert cells(tables.gradient_groups(changed), "Value")[0] == "[c]"
    assert cells(tables.gradient_measures(changed), "Gap") == ["group 1 is missing or suppressed"]
    assert cells(tables.gradient_measures(changed), "Most deprived group") == ["[c]"]
    assert "[c]" in cells(tables.changes_within(changed), "Most deprived group")


@pytest.mark.parametrize(("kind", "code"), PAGES)
def test_without_data_every_piece_says_so(kind, code):
    view = without(page(kind, code))
    for draw in (charts.gradients, charts.deprivation, charts.deprivation_by_board, charts.served):
        assert isinstance(draw(view), Fragment)
        assert "not loaded" in repr(draw(view))
    for table in (
        tables.deprivation, tables.deprivation_by_board, tables.gradient_groups,
        tables.gradient_measures, tables.changes_within, tables.other_groups, tables.whole_areas,
        tables.served, tables.inequality_sources,
    ):  # fmt: skip
        assert "not loaded" in repr(table(view))
    assert gradients(view) == []
    assert all(repr(say(view)) for say in SPOKEN)


def test_other_groups_are_shown_where_somebody_brings_them():
    view = page("icb", "QOQ")
    figures = view.assessment.table(frames.BREAKDOWN_FIGURES)
    rows = figures[figures["area"].eq("QOQ") & figures["order"].eq("2023-12")].head(2).assign(
        dimension="ethnicity", grouping="Ethnic groups", label=["Asian", "White"], group=pd.NA
    )  # fmt: skip
    both = frames.BREAKDOWN_FIGURES.arrange(pd.concat([figures, rows]))
    table = tables.other_groups(with_tables(view, breakdown_figures=both))
    assert cells(table, "Group") == ["Asian", "White"]
    assert isinstance(charts.gradients(with_tables(view, breakdown_figures=both)), Chart)


def test_local_tables_are_named_where_small_numbers_are_spoken_of():
    view = page("england")
    assert "never filled in" in repr(narrative.disclosure(view))
    assert "Local tables" not in repr(narrative.disclosure(view))
    indicators = view.assessment.table(frames.INDICATORS)
    local = indicators.assign(
        indicator="local-clinics", short="Clinics", policy="nhs-secondary-care"
    )
    both = frames.INDICATORS.arrange(pd.concat([indicators, local]))
    words = repr(narrative.disclosure(with_tables(view, indicators=both)))
    assert "(Clinics)" in words
    assert "1 to 7 hidden" in words


def test_a_quarter_without_acute_trusts_has_no_picture_of_whom_they_serve():
    view = page_of(opened("2025-26-q3"), "england", quarter="2025-26-q3")
    assert isinstance(charts.served(view), Fragment)
    assert "acute trusts only" in repr(narrative.served(view))
