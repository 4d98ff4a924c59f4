"""How firm a segment is, who is near a cut, what would move it: words that agree with frames."""

import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from oversight_lib.frames import DISTANCE, FINDINGS, FIRMNESS, LEAVE_OUT, RANGES, SENSITIVITY
from oversight_lib.method.findings import findings
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.periods import Quarter
from oversight_lib.report import charts, formats, narrative, tables
from oversight_lib.report.firmness import models, watched
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.ranges import touched
from oversight_lib.rules import load_framework
from tests.report.pages import changed, opened, page, page_of

Q1, Q3 = "2025-26-q1", "2025-26-q3"


def told(shown):
    return repr(shown).replace("\xa0", " ")


def rows_of(shown):
    html = BeautifulSoup(shown._repr_html_(), "lxml")
    return {
        row.th.text: [cell.text for cell in row.find_all("td")]
        for row in html.find_all("tr")
        if row.find("th", scope="row")
    }


def trust(org, quarter=Q3, **tables_):
    return page_of(opened(quarter).with_tables(tables_), "trust", org, quarter)


@pytest.mark.parametrize("quarter", [Q1, Q3])
def test_every_trusts_page_says_how_firm_and_what_would_move_it(quarter):
    assessment = opened(quarter)
    for org in assessment.overall["org"].iloc[:: 1 if quarter == Q3 else 4]:
        view = page("trust", org, quarter)
        words = told(narrative.firmness(view))
        mine = models(view)
        for model, lead in ((RESAMPLED, "With its own metrics"), (QUARTERLY, "With quarter-to-")):
            assert (lead in words) == mine["noise_model"].eq(model).any()
        assert "no chance" in words  # of segment 5
        for cells in rows_of(tables.firmness(view)).values():
            chances = [int(cell.removesuffix("%")) for cell in cells[:4]]
            assert sum(chances) == 100
            assert all(chance % 5 == 0 for chance in chances)
        assert told(narrative.leave_out(view)).startswith("Left out of this trust’s average")
        first = told(narrative.distance(view))
        better = view.trusts["unadjusted"].iloc[0] > 1
        assert first.startswith(
            "A calculation, not advice" if better else "By score alone it is in"
        )
        assert isinstance(tables.distance(view), Fragment) != better
        assert rows_of(tables.sensitivity(view))


def test_chances_in_words_are_those_of_the_frame():
    words = told(narrative.firmness(page("trust", "R1A", Q3)))
    row = opened(Q3).table(FIRMNESS).query("org == 'R1A' and noise_model == @QUARTERLY").iloc[0]
    shown = [f"{100 * row[f'p{n}']:.0f}% segment {n}" for n in (1, 2, 3, 4) if row[f"p{n}"] > 0]
    assert formats.listed(shown) in words
    assert f"Segment {row['segment']} is {row['label']}." in words


def test_another_segment_as_likely_is_said_as_a_sentence():
    rows = opened(Q3).table(FIRMNESS)
    org = rows.loc[rows["label"].eq("another segment is as likely"), "org"].iloc[0]
    assert "Another segment is as likely as segment" in told(
        narrative.firmness(page("trust", org, Q3))
    )


def test_without_three_quarters_the_second_model_is_said_to_lack():
    words = told(narrative.firmness(page("trust", "RHM")))
    assert "Quarter-to-quarter variation needs 3 quarters of acute trusts up to this one" in words
    assert "With quarter-to-quarter" not in words


def test_a_segment_that_is_not_known_has_no_chance():
    rows = opened(Q3).table(FIRMNESS)
    gone = dict.fromkeys(("p1", "p2", "p3", "p4"), np.nan)
    unknown = rows.assign(**gone, label=pd.Series(None, rows.index, dtype="str"))
    view = trust("RAT", **{FIRMNESS.name: FIRMNESS.arrange(unknown)})
    assert "its segment is not known, so no chance is given" in told(narrative.firmness(view))
    assert rows_of(tables.firmness(view))["Its own metrics resampled"][:4] == ["not applicable"] * 4


@pytest.mark.parametrize("org", ["R1A", "RAT", "R1D"])
def test_distances_to_both_cuts_are_those_of_the_frame(org):
    answers = rows_of(tables.sensitivity(page("trust", org, Q3)))
    row = opened(Q3).table(SENSITIVITY).set_index("org").loc[org]
    at = int(row["segment_without_override"])
    for question, name in (
        (f"How far above the cut to segment {at - 1}", "above_better_cut"),
        (f"How far below the cut to segment {at + 1}", "below_worse_cut"),
    ):
        assert (question in answers) == pd.notna(row[name])
        if question in answers:
            assert answers[question][0].startswith(formats.number(row[name], 3))


def test_lifting_the_override_is_told_where_it_applies():
    question = "What lifting the override alone would do"
    row = opened(Q3).table(SENSITIVITY).set_index("org").loc["RAT"]
    place = formats.ordinal(row["rank_without_override"])
    assert rows_of(tables.sensitivity(page("trust", "RAT", Q3)))[question] == [
        f"segment {row['segment_without_override']}, ranked {place} of 61"
    ]
    assert f"a rank of {place} of 61" in told(narrative.distance(page("trust", "RAT", Q3)))
    without = rows_of(tables.sensitivity(page("trust", "R1A", Q3)))[question]
    assert without == ["not applicable: the override does not apply"]


def test_missing_metrics_have_both_bounds():
    answers = rows_of(tables.sensitivity(page("trust", "R1A", Q3)))
    row = opened(Q3).table(SENSITIVITY).set_index("org").loc["R1A"]
    assert row["missing"] == "OF0067"
    assert answers["If they scored 1, the best"][0].startswith(
        formats.average(row["average_if_best"])
    )
    assert answers["If they scored 4, the lowest"][0].startswith(
        formats.average(row["average_if_lowest"])
    )


@pytest.mark.parametrize("org", ["G6V2S", "RAT"])
def test_what_is_left_out_is_shown_only_where_it_changes_the_segment(org):
    rows = opened(Q3).table(LEAVE_OUT)
    changing = rows[rows["org"].eq(org) & rows["changes"].eq(True).fillna(False)]
    shown = tables.leave_out(page("trust", org, Q3))
    if changing.empty:
        assert shown._repr_html_() == ""
        return
    html = BeautifulSoup(shown._repr_html_(), "lxml")
    assert len(html.find_all("th", scope="row")) == len(changing)
    own = changing[changing["reading"].eq("this trust") & changing["removed"].str.startswith("OF")]
    scored = rows[rows["org"].eq(org) & rows["reading"].eq("this trust")]
    metrics = int(scored["removed"].str.startswith("OF").sum())
    assert formats.out_of(len(own), metrics, "metric") in told(
        narrative.leave_out(page("trust", org, Q3))
    )


@pytest.mark.parametrize("quarter", [Q1, Q3])
def test_the_watch_list_is_who_has_a_chance_below_seventy_percent(quarter):
    england = watched(page("england", quarter=quarter))
    rows = opened(quarter).table(FIRMNESS)
    model = rows.groupby("org")["noise_model"].transform(
        lambda names: QUARTERLY if QUARTERLY in set(names) else RESAMPLED
    )
    used = rows[rows["noise_model"].eq(model)]
    own = [row[f"p{row['segment']}"] for _, row in used.iterrows()]
    assert set(england["org"]) == set(used["org"][np.array(own) < 0.7 - 1e-9])
    regions = sorted(set(opened(quarter).organisations["region"]))
    parts = [watched(page("region", code, quarter))["org"] for code in regions]
    assert sorted(pd.concat(parts)) == sorted(england["org"])
    assert england["own"].is_monotonic_increasing
    shown = tables.watch_list(page("england", quarter=quarter))
    assert len(rows_of(shown)) == len(england)
    assert "%" in next(iter(rows_of(shown).values()))[4]


def test_nobody_near_a_cut_is_said_and_no_table_stands_there():
    rows = opened(Q3).table(FIRMNESS)
    firm = rows.assign(p1=0.0, p2=0.0, p3=1.0, p4=0.0, segment=3)
    certain = opened(Q3).with_tables({FIRMNESS.name: FIRMNESS.arrange(firm)})
    framework = load_framework(Quarter.parse(Q3).year)
    noticed = certain.with_tables({FINDINGS.name: findings(certain, framework)})
    view = page_of(noticed, "england", quarter=Q3)
    assert told(narrative.watch_list(view)).startswith("For none of the 61 trusts")
    assert tables.watch_list(view)._repr_html_() == ""


@pytest.mark.parametrize(("quarter", "kind"), [(Q1, "acute"), (Q3, "mental-health-community")])
def test_the_caterpillar_counts_what_the_ranges_touch(quarter, kind):
    view = page("england", quarter=quarter)
    cuts = view.assessment.cuts.query("scope == 'overall'")["cut"].tolist()
    mine = view.trusts.loc[view.trusts["trust_type"].eq(kind), "org"]
    ranges = view.assessment.table(RANGES).set_index("org").loc[mine]
    counts = [
        1
        + sum(
            round(row.average_low + 1e-9, 2) <= cut < round(row.average_high + 1e-9, 2)
            for cut in cuts
        )
        for row in ranges.itertuples()
    ]
    assert sorted(touched(view, kind)["segments"]) == sorted(counts)
    alt = charts.caterpillar(view, kind).alt
    wide = sum(count > 1 for count in counts)
    assert alt.startswith(f"The range of {wide} of {len(counts)} trusts touches more than one")
    for many in set(counts):
        noun = "segment" if many == 1 else "segments"
        some = formats.count(counts.count(many), "trust")
        assert f"{some} with a range that touches {many} {noun}" in alt


def test_ranges_of_a_type_that_is_not_loaded_are_said_to_be():
    assert told(charts.caterpillar(page("england"), "ambulance")) == (
        "Ranges of ambulance trusts: not loaded."
    )


def test_the_range_is_named_and_said_not_to_be_precision_or_forecast():
    words = told(narrative.ranges(page("england")))
    assert "range across its metrics, which NHS England calls the likely range" in words
    assert "neither how precisely anything was measured nor what the next quarter will be" in words
    assert "10,000 times" in words
    assert "Ambulance trusts are not loaded, so the cut points are held in every draw." in words


def test_a_distance_that_cannot_be_had_is_said_to_be_out_of_reach_by_one_metric():
    rows = opened(Q3).table(DISTANCE)
    org = rows.loc[~rows["reachable"], "org"].iloc[0]
    needed = [cells[1] for cells in rows_of(tables.distance(page("trust", org, Q3))).values()]
    assert (
        needed.count("not by this metric alone") == (~rows["reachable"] & rows["org"].eq(org)).sum()
    )


def test_values_needed_are_shown_with_their_relation_where_they_can_be_told():
    rows = opened(Q3).table(DISTANCE)
    mine = rows["org"].eq("RAT") & rows["metric"].eq("OF0005")
    valued = rows.assign(
        value_needed=rows["value_needed"].mask(mine, 4.25),
        relation=rows["relation"].mask(mine, "at_most"),
    )
    view = trust("RAT", **{DISTANCE.name: DISTANCE.arrange(valued)})
    shown = rows_of(tables.distance(view))
    assert shown["Waits over 52 weeks, community"][2:4] == ["5.25", "at most 4.25"]
    assert shown["Sickness absence"][3] == "cannot be told"
    assert "Everybody was scored again" in told(narrative.distance(view))


def test_a_segment_inside_a_bracket_has_no_distance():
    assessment = changed(opened(Q3), "RAT", unadjusted=None, adjusted=None)
    view = page_of(assessment, "trust", "RAT", Q3)
    assert told(narrative.distance(view)) == (
        "Its segment by score is not known, so no distance can be told."
    )
    assert "not known: the average lies inside a bracket" in tables.sensitivity(view)._repr_html_()


@pytest.mark.parametrize("name", ["changes", "ranges", "watch_list"])
def test_tables_that_were_not_made_are_said_to_lack(name):
    bare = opened(Q3).from_tables(
        {key: table for key, table in opened(Q3).tables.items() if key not in opened(Q3).further}
    )
    words = told(getattr(narrative, name)(page_of(bare, "england", quarter=Q3)))
    assert re.search("not loaded", words)
    assert isinstance(tables.range_widths(page_of(bare, "england", quarter=Q3)), Fragment)
