"""Charts: they show what the frames hold, say it in words, and can be read by everybody."""

import time
import xml.etree.ElementTree as ET
from functools import cache
from unittest.mock import patch

import pytest

from oversight_lib.report import charts, profiles, theme
from oversight_lib.report.charts import canvas
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.metrics import metrics
from tests.report import pictures
from tests.report.pages import QUARTERS, changed, only, opened, page, page_of

AREAS = ("segments", "override", "averages", "domain_profile")
OF = {
    "england": (*AREAS, "segments_by_region"),
    "region": (*AREAS, "segments_by_icb"),
    "icb": AREAS,
    "trust": ("domain_strips", "metric_scores"),
}
# The longest name, the most metrics, no access domain; the region and the ICB with most trusts.
CODES = {"england": [""], "region": ["Y60"], "icb": ["QYG"], "trust": ["RJE", "R1F", "RPY", "RXG"]}
EVERY = [(kind, code, name) for kind, names in OF.items() for code in CODES[kind] for name in names]


@cache
def drawn(kind, code, name):
    """A chart, and the figure it was saved from."""
    with patch.object(theme, "svg", side_effect=theme.svg) as save:
        chart = getattr(charts, name)(page(kind, code))
    return chart, save.call_args.args[0]


def draw(kind, code, name):
    return drawn(kind, code, name)[0]


def test_segment_bars_tell_the_published_counts():
    # Totals of the published files: acute 16/11/76/31, mental health and community 13/12/19/17.
    alt = charts.segments(page("england")).alt
    assert "Acute: 16 in segment 1, 11 in segment 2, 76 in segment 3 and 31 in segment 4." in alt
    assert (
        "Mental health and community: 13 in segment 1, 12 in segment 2, 19 in segment 3 and 17 in "
        "segment 4." in alt
    )
    assert alt.startswith(f"{76 + 19} of {134 + 61} trusts are in segment 3.")


def test_the_override_is_shown_beside_the_score_alone():
    alt = charts.override(page("england")).alt
    assert "Acute: by score alone: 34 in segment 1, 31 in segment 2, 38 in segment 3" in alt
    assert "Acute: after the override: 16 in segment 1, 11 in segment 2, 76 in segment 3" in alt
    moved = (34 - 16) + (31 - 11) + (16 - 13) + (16 - 12)
    assert alt.startswith(f"The override sets the segment of {moved} of 195 trusts.")


def test_domain_strips_tell_every_domain_score_and_segment(southampton):
    alt = charts.domain_strips(southampton).alt
    rows = southampton.own_domains.set_index("scope")
    for domain, name in southampton.domain_names.items():
        row = rows.loc[domain]
        assert f"{name}: {row['average']:.2f}, segment {row['unadjusted']}" in alt


def test_a_domain_without_a_score_is_said_to_be_unpublished():
    # The three cancer specialists have no access metrics.
    alt = charts.domain_strips(page("trust", "RPY")).alt
    assert "Access to services: not published" in alt
    assert "of its type in all 4 domains" in alt


def test_an_areas_profile_counts_trusts_on_one_side_of_the_median(london):
    alt = charts.domain_profile(london).alt
    for row in profiles.domains(london):
        nearer = sum(round(x * 100) < round(row.median * 100) for x in row.mine["average"])
        assert f"{row.name}: {nearer} of {row.counted} nearer 1; median {row.median:.2f}" in alt


def test_metric_scores_are_those_that_are_averaged(southampton):
    alt = charts.metric_scores(southampton).alt
    rows = metrics(southampton)
    for row in rows[rows["weight"] > 0].itertuples():
        assert f"{row.short}: {row.score:.2f}, median" in alt
    assert "Variance to financial plan" not in alt  # published, but not averaged


def test_averages_tell_both_ends(london):
    scores = london.trusts["average"]
    alt = charts.averages(london).alt
    assert alt.startswith(f"Average scores from {scores.min():.2f} to {scores.max():.2f}.")


@pytest.mark.parametrize(("kind", "code", "name"), EVERY)
def test_words_travel_beside_the_picture(kind, code, name):
    chart = draw(kind, code, name)
    data, metadata = chart._repr_mimebundle_()
    assert data["image/svg+xml"] == chart.svg
    assert metadata["image/svg+xml"]["alt"] == chart.alt == data["text/plain"] == repr(chart)
    assert page(kind, code).name in chart.alt
    assert "Q1 2025/26" in chart.alt
    assert "\n" not in chart.alt


@pytest.mark.parametrize(("kind", "code", "name"), EVERY)
def test_a_picture_is_drawn_in_the_palette_and_in_letters_large_enough(kind, code, name):
    svg = draw(kind, code, name).svg
    pictures.in_the_palette(svg)
    assert "<image" not in svg
    root = ET.fromstring(svg)
    assert root.get("width") == f"{theme.POINTS:g}pt"


@pytest.mark.parametrize(("kind", "code", "name"), EVERY)
def test_words_lie_inside_the_picture_and_apart(kind, code, name):
    pictures.legible(drawn(kind, code, name)[1])


@pytest.mark.parametrize(("kind", "name"), [(k, names[0]) for k, names in OF.items()])
def test_the_same_page_has_the_same_picture(kind, name):
    again = getattr(charts, name)(page(kind, CODES[kind][0]))
    assert again.svg == draw(kind, CODES[kind][0], name).svg


@pytest.mark.parametrize("quarter", QUARTERS[1:])
@pytest.mark.parametrize("name", AREAS)
def test_where_nobody_is_loaded_words_say_so_and_nothing_is_drawn(name, quarter):
    # No mental health or community trust is counted in this ICB, and no acute file is bundled.
    told = getattr(charts, name)(page("icb", "QHG", quarter))
    assert isinstance(told, Fragment)
    assert "not loaded" in repr(told)


def test_one_trust_alone_is_told_in_the_singular():
    alt = charts.segments(page_of(only(opened("2025-26-q1"), ["RHM"]), "england")).alt
    assert alt.startswith("The only trust is in segment 3.")


def test_a_segment_that_is_not_known_is_counted_nowhere():
    assessment = changed(opened("2025-26-q1"), "RHM", adjusted=None)
    assert "75 in segment 3" in charts.segments(page_of(assessment, "england")).alt


def test_a_chart_is_quick():
    view = page("trust", "RHM")
    times = []
    for _ in range(5):
        began = time.process_time()
        charts.domain_strips(view)
        times.append(time.process_time() - began)
    assert min(times) < 0.2


CHANGES = [
    ("caterpillar", ("england", "", "2025-26-q1"), ("acute",)),
    ("caterpillar", ("england", "", "2025-26-q3"), ("mental-health-community",)),
    ("flows", ("england", "", "2025-26-q3"), ()),
    ("flows", ("region", "Y60", "2025-26-q2"), ()),
    ("waterfall", ("trust", "RAT", "2025-26-q3"), ()),
    ("waterfall", ("trust", "R1L", "2025-26-q2"), ()),
]


@pytest.mark.parametrize(("name", "whose", "told"), CHANGES)
def test_charts_of_ranges_and_change_can_be_read_too(name, whose, told):
    chart, figure = pictures.drawn(lambda: getattr(charts, name)(page(*whose), *told))
    pictures.legible(figure)
    pictures.in_the_palette(chart.svg)
    assert page(*whose).name in chart.alt
    assert getattr(charts, name)(page(*whose), *told).svg == chart.svg


def test_every_metric_has_a_short_name_that_fits_beside_its_figure(framework):
    sheet = canvas.Sheet("title", "subtitle", 100)
    for metric in framework.metric:
        sheet.ends(50, metric.short, "\N{MINUS SIGN}0.000")
        left, right = (text.get_window_extent() for text in sheet.axes.texts[-2:])
        assert left.x1 <= right.x0 + pictures.SLACK, metric.short
