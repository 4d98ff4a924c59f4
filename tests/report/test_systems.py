"""What pages say about systems: figures of the frames, missing as missing, pictures readable."""

import re
import time
from dataclasses import replace
from functools import cache

import pytest

from oversight_lib import frames
from oversight_lib.intake import open_boundaries
from oversight_lib.method.spc import Assurance, Variation
from oversight_lib.report import charts, maps, narrative, systems, tables, theme
from oversight_lib.report.charts import icons
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.narrative.seasons import year_before
from tests.report import pictures
from tests.report.pages import opened, page, page_of

A, W = "ae-4-hour", "ae-admission-waits"
DRAWN = {
    "england": (lambda: charts.control(page("england"), A)),
    "board": (lambda: charts.control(page("icb", "QMF"), A)),
    "frimley": (lambda: charts.control(page("icb", "QNQ"), A)),
    "waits": (lambda: charts.control(page("icb", "QVV"), W)),
    "multiples": (lambda: charts.by_board(page("england"), A)),
    "london": (lambda: charts.by_board(page("region", "Y56"), A)),
    "survey": (lambda: charts.survey(page("icb", "QOX"))),
    "map": (lambda: maps.icbs(page("england"), open_boundaries("icb"), A)),
    "regions": (lambda: maps.regions(page("england"), open_boundaries("region"))),
}


@cache
def drawn(name):
    return pictures.drawn(DRAWN[name])


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_small_in_the_palette_and_in_letters_large_enough(name):
    svg = drawn(name)[0].svg
    assert len(svg.encode()) < 200_000
    pictures.in_the_palette(svg)


@pytest.mark.parametrize("name", DRAWN)
def test_words_lie_inside_the_picture_and_apart(name):
    pictures.legible(drawn(name)[1])


@pytest.mark.parametrize("name", ["multiples", "map", "regions", "board"])
def test_a_picture_is_quick_and_the_same_each_time(name):
    before, times = drawn(name)[0], []
    for _ in range(3):
        began = time.process_time()
        again = DRAWN[name]()
        times.append(time.process_time() - began)
    assert min(times) < 0.3
    assert again.svg == before.svg


def test_the_words_of_a_control_chart_are_those_of_its_points():
    alt = drawn("england")[0].alt
    assert "Latest: 76.4 in July 2025" in alt
    assert "Control chart of 26 months" in alt
    found = systems.charted(page("england"), A)
    assert found.chart.variation.value in alt
    causes = found.chart.points["judgement"].notna().sum()
    assert len(re.findall(r"\((?:trend|shift|two of three|beyond)", alt)) == causes


def test_a_chart_says_no_verb_that_its_licence_does_not_give():
    for code in ("QMF", "QNQ", "QVV"):
        view = page("icb", code)
        found = systems.charted(view, A)
        title = charts.control(view, A).alt.split(".")[0]
        licensed = found.chart.verb_licence.verb.value != "none"
        assert ("improvement" in title or "deterioration" in title) == licensed


def test_no_excluded_month_is_drawn():
    points = systems.charted(page("icb", "QNQ"), A).chart.points
    assert str(points["period"].iloc[0]) == "2023-06"
    assert points["value"].max() < 95
    told = repr(narrative.control_notes(page("icb", "QNQ"), A))
    assert "14 months left out (did not report: " in told


def test_the_latest_month_stands_beside_the_same_month_a_year_before_without_a_verb_of_change():
    view = page("icb", "QOX")
    found = systems.charted(view, A)
    values = found.recorded.set_index(found.recorded["period"].astype("str"))["value"].round(1)
    told = year_before(view, found)
    assert f"{values['2025-07']}% of attendances in July 2025" in told
    assert f"and {values['2024-07']}% of attendances in July 2024" in told
    apart = round(values["2024-07"] - values["2025-07"], 1)
    assert f"{apart} percentage points lower" in told
    assert not re.search("improve|deteriorat|rose|fell", told)


def test_a_series_of_fewer_than_24_months_stands_beside_no_year_before():
    view = page("icb", "QOX")
    found = systems.charted(view, A)
    short = replace(found.chart, points=found.chart.points.tail(23))
    assert not year_before(view, replace(found, chart=short))


ICONS = {
    **{v: icons.variation(v) for v in Variation if v is not Variation.NO_ICON},
    **{a: icons.assurance(a) for a in Assurance if a is not Assurance.NO_ICON},
}


@pytest.mark.parametrize("icon", ICONS.values(), ids=[str(key) for key in ICONS])
def test_icons_are_told_by_shape_sign_and_words_and_can_be_seen(icon):
    assert icon.words
    assert theme.contrast(icon.colour, theme.WHITE) >= 3
    ground = theme.WHITE if icon.form == "ring" else icon.colour
    assert theme.contrast(theme.text_on(ground), ground) >= 4.5


def test_no_two_icons_of_a_kind_have_one_shape_and_sign():
    for kind in (Variation, Assurance):
        seen = [(i.form, i.sign) for verdict, i in ICONS.items() if isinstance(verdict, kind)]
        assert len(set(seen)) == len(seen)


def test_without_an_icon_none_is_drawn():
    assert icons.variation(Variation.NO_ICON) is None
    assert icons.assurance(Assurance.NO_ICON) is None


def texts(table, heading):
    return list(next(c.texts for c in table.columns if c.heading == heading))


def test_a_board_has_six_tests_with_figures_or_where_to_get_them():
    table = tables.contextual_tests(page("icb", "QMF"))
    assert texts(table, "Result") == ["not met", *["cannot be said"] * 3, "not met",
                                      "cannot be said"]  # fmt: skip
    why = texts(table, "What it asks, and why this result")
    assert "July 2025: 78.38, quartile 73.31" in why[0]
    assert "it is published at https://" in why[1]
    assert texts(table, "Boards with a figure")[:2] == ["42 of 42", "none"]


def test_the_caveat_is_with_the_tests():
    told = repr(narrative.contextual_caveat(page("icb", "QMF")))
    assert "did not apply them in 2025/26" in told
    assert "Of 6 results on this page, 0 are met, 2 are not met and 4 cannot be said" in told


@pytest.mark.parametrize(("kind", "code", "count"), [("england", "", 42), ("region", "Y56", 5)])
def test_boards_stand_side_by_side(kind, code, count):
    assert len(texts(tables.contextual_by_icb(page(kind, code)), "ICB")) == count
    assert len(texts(tables.signals_by_board(page(kind, code), A), "ICB")) == count


def test_the_map_s_key_has_every_board_once_with_its_number():
    table = tables.icb_map(page("england"), A)
    assert texts(table, "Number on the map") == [str(n) for n in range(1, 43)]
    alt = drawn("map")[0].alt
    for number, figure in zip(texts(table, "Number on the map"), texts(table, "Figure"),
                              strict=True):  # fmt: skip
        assert re.search(rf"\b{number} .* {re.escape(figure)}", alt)


def test_a_map_without_the_boundaries_of_a_board_is_not_drawn():
    told = maps.icbs(page("england"), open_boundaries("icb")[1:], A)
    assert isinstance(told, Fragment)
    assert "boundaries of the boards of this quarter: not loaded" in repr(told)


def test_own_duties_and_providers_are_two_panels():
    table = tables.duties(page("icb", "QMF"))
    assert [group.name.split(":")[0] for group in table.groups] == [
        "The board itself", "Its providers",
    ]  # fmt: skip
    assert "Trusts in segment" not in str(table.groups[0])


def test_a_survey_question_is_apart_only_where_intervals_do_not_meet():
    rows = systems.series(page("icb", "QOX"), "gp-listened").set_index("area")
    mine, england = rows.loc["QOX"], rows.loc["ENG"]
    apart = mine["low"] > england["high"] or mine["high"] < england["low"]
    table = tables.survey(page("icb", "QOX"))
    place = texts(table, "Question").index("Healthcare professional was good at listening")
    assert texts(table, "Intervals")[place] == ("apart" if apart else "overlap")


def test_patients_go_to_trusts_that_are_counted_elsewhere_too():
    table = tables.admissions(page("icb", "QNQ"))
    assert texts(table, "Trust")[0] == "Frimley Health NHS Foundation Trust"
    assert any(board != "Frimley" for board in texts(table, "Counted in"))


def test_the_succession_of_a_split_board_says_by_which_share():
    told = repr(narrative.succession(page("icb", "QNQ")))
    assert "Frimley (QNQ) to Hampshire and Isle of Wight (QRL), 22.9% of its population" in told
    assert "no population share is known" in repr(narrative.succession(page("icb", "QM7")))
    assert "No succession" in repr(narrative.succession(page("icb", "QYG")))


def test_false_signals_to_be_expected_stand_beside_those_found():
    told = repr(narrative.multiples_caution(page("england"), A))
    assert f"{42 * 0.013:.1f} labels would be expected by chance" in told


def without_series(kind, code=""):
    tables_of = {frame.name: frame.empty() for frame in (frames.SERIES, frames.CONTEXT)}
    return page_of(opened("2025-26-q1").with_tables(tables_of), kind, code)


@pytest.mark.parametrize(
    "made",
    [
        lambda view: charts.control(view, A),
        charts.survey,
        lambda view: charts.by_board(view, A),
        tables.contextual_tests,
        tables.contextual_by_icb,
        lambda view: tables.series(view, A),
        tables.survey,
        tables.yearly,
        lambda view: tables.signals_by_board(view, A),
        lambda view: tables.icb_map(view, A),
        narrative.contextual_caveat,
        lambda view: narrative.control_notes(view, A),
        lambda view: narrative.multiples_caution(view, A),
        lambda view: maps.icbs(view, open_boundaries("icb"), A),
    ],
)
def test_what_is_not_loaded_is_said(made):
    told = made(without_series("icb", "QMF"))
    assert isinstance(told, Fragment)
    assert re.search("not loaded|not applicable", repr(told))


def test_no_number_on_the_map_stands_on_another():
    drawn = maps.icbs(page("england"), open_boundaries("icb"), A).svg
    found = re.findall(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>(\d+)</text>', drawn)
    assert len(found) == 42
    # Points: a digit of the size in which charts are written is 7.3 wide and 9.5 high.
    boxes = {words: (float(x), float(y), 7.3 * len(words)) for x, y, words in found}
    on_another = [
        (one, other)
        for one, (x, y, width) in boxes.items()
        for other, (x2, y2, width2) in boxes.items()
        if one < other and abs(x - x2) < (width + width2) / 2 and abs(y - y2) < 9.5
    ]
    assert on_another == []
