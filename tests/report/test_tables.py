"""Tables: accessible, escaped, and the figures of the frames."""

import re
from itertools import chain

import pytest
from bs4 import BeautifulSoup

from oversight_lib.frames import RANGES
from oversight_lib.report import systems, tables
from oversight_lib.report.formats import ordinal, short_icb
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.tables import Table, column
from tests.report.pages import changed, opened, page, page_of, renamed

AREA = (
    "segments", "override", "averages", "domain_profile", "domain_medians", "domain_scores",
    "trusts", "absent", "disputed", "standards", "periods", "cuts", "moves", "watch_list",
)  # fmt: skip
OF = {
    ("england", ""): (
        *AREA,
        "segments_by_region",
        "checks",
        "causes",
        "differences",
        "flows",
        "range_widths",
    ),
    ("region", "Y56"): (*AREA, "segments_by_icb", "flows"),
    ("icb", "QMF"): AREA,
    ("icb", "QHG"): AREA,
    ("trust", "RV3"): (
        "facts",
        "organisation",
        "domain_strips",
        "metrics",
        "periods",
        "cuts",
        "drivers",
        "firmness",
        "sensitivity",
        "leave_out",
        "distance",
    ),
}
BESIDE_WORDS = {
    "disputed",
    "moves",
    "flows",
    "drivers",
    "watch_list",
    "leave_out",
    "distance",
    "range_widths",
}
EVERY = [(kind, code, name) for (kind, code), names in OF.items() for name in names]


def parsed(shown):
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def cells(shown, row):
    """The texts of the row whose heading has these words."""
    found = [
        tr for tr in parsed(shown).find_all("tr")
        if tr.find("th", scope="row") and tr.find("th", scope="row").text == row
    ]  # fmt: skip
    return [cell.text for cell in found[0].find_all("td")]


@pytest.mark.parametrize(("kind", "code", "name"), EVERY)
def test_a_table_can_be_read_by_everybody(kind, code, name, quarter):
    shown = getattr(tables, name)(page(kind, code, quarter))
    if isinstance(shown, Fragment):
        said = any(word in repr(shown) for word in ("not ", "loaded", "No source"))
        # Where words beside it have said why there is no table, there is nothing at all.
        assert said or (name in BESIDE_WORDS and shown._repr_html_() == "")
        return
    html = parsed(shown)
    region = html.find("div", class_="table-scroll")
    assert (region["tabindex"], region["role"]) == ("0", "region")
    assert region["aria-label"] == region.table.caption.text == shown.caption
    assert all(head.text.strip() for head in html.find_all("th"))
    assert {head["scope"] for head in html.thead.find_all("th")} == {"col"}
    width = len(html.thead.find_all("th"))
    for row in html.find("table").find_all("tbody"):
        for line in row.find_all("tr"):
            group = line.find("th", scope="rowgroup")
            assert (int(group["colspan"]) if group else len(line.find_all(["th", "td"]))) == width
            assert group or line.find("th")["scope"] == "row"
    assert all(cell.text.strip() for cell in html.find_all("td"))
    assert not html.find_all(style=True)
    assert "nan" not in html.text.lower().split()
    assert "<NA>" not in html.text


@pytest.mark.parametrize(("kind", "code", "name"), EVERY)
def test_numbers_stand_to_the_right_under_their_heading(kind, code, name):
    shown = getattr(tables, name)(page(kind, code))
    if isinstance(shown, Fragment):
        return
    html = parsed(shown)
    right = ["number" in head.get("class", []) for head in html.thead.find_all("th")]
    for line in html.find_all("tr")[1:]:
        found = line.find_all(["th", "td"])
        if len(found) == len(right):
            assert ["number" in cell.get("class", []) for cell in found] == right


@pytest.mark.parametrize(("kind", "code"), OF)
def test_no_two_tables_of_a_page_have_one_name(kind, code):
    shown = [getattr(tables, name)(page(kind, code)) for name in OF[kind, code]]
    captions = [table.caption for table in shown if isinstance(table, Table)]
    assert len(captions) == len(set(captions))


def test_a_name_is_shown_and_not_obeyed():
    name = "</td><script>alert('x')</script> & Sons"
    view = page_of(renamed(opened("2025-26-q1"), "RHM", name), "icb", "QRL")
    html = tables.trusts(view)._repr_html_()
    assert "<script" not in html
    assert name in parsed(tables.trusts(view)).text


def test_an_address_cannot_leave_its_attribute():
    table = Table("caption", [column("One", ["a"], hrefs=['x" onclick="y'])])
    link = parsed(table).find("a")
    assert link["href"] == 'x" onclick="y'
    assert not link.has_attr("onclick")


def test_links_lead_to_the_pages_of_trusts_regions_and_icbs(london):
    found = {link["href"] for link in parsed(tables.trusts(london)).table.find_all("a")}
    trusts = {f"../trusts/{org.lower()}.html" for org in london.trusts["org"]}
    boards = {f"../icbs/{icb.lower()}.html" for icb in london.trusts["icb"]}
    assert found == trusts | boards


def test_the_league_is_in_the_order_of_its_ranks(england):
    html = parsed(tables.league(england, "acute"))
    ranks = [int(re.match(r"\d+", row.find_all("td")[0].text)[0]) for row in html.tbody("tr")]
    assert ranks == sorted(ranks)
    assert len(ranks) == 134
    assert (ranks[0], ranks[-1]) == (1, 134)


def test_a_row_of_the_league(england):
    row = cells(
        tables.league(england, "acute"), "University Hospital Southampton NHS Foundation Trust"
    )
    ranges = england.assessment.table(RANGES).set_index("org").loc["RHM"]
    places = f"{ordinal(ranges['rank_low'])} to {ordinal(ranges['rank_high'])}"
    ends = f"{ranges['average_low']:.2f} to {ranges['average_high']:.2f}"
    # Rank and its range, segment, average and its range, by score alone, override, final, region.
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] == [
        "48th of 134", places, "3", "2.13", ends, "2", "Yes", "5", "South East",
    ]  # fmt: skip


def test_a_final_segment_nobody_has_is_no_column():
    heads = parsed(tables.league(page("england", quarter="2025-26-q3"), "mental-health-community"))
    assert "Final segment" not in heads.thead.text
    assert "Range of the rank" in heads.thead.text


def test_a_league_that_is_not_loaded_says_how_many_trusts_lack(england):
    assert repr(tables.league(england, "ambulance")) == (
        "Ambulance trusts: not loaded for Q1\xa02025/26 (10 trusts)."
    )


def test_a_league_nobody_is_in_is_not_applicable():
    told = repr(tables.league(page("icb", "QMF"), "ambulance"))
    assert told.startswith("Ambulance trusts: not applicable, none is counted in NHS North East")


def test_trusts_that_are_not_loaded_are_named():
    shown = tables.absent(page("icb", "QHG", "2025-26-q3"))
    html = parsed(shown)
    assert {row.th.text for row in html.tbody.find_all("tr")[1:]} == {
        "Bedfordshire Hospitals NHS Foundation Trust",
        "Milton Keynes University Hospital NHS Foundation Trust",
    }


def test_a_final_segment_whose_flag_lacks_is_not_published():
    facts = tables.facts(page("trust", "RX4", "2025-26-q3"))
    assert cells(facts, "Final segment") == ["not published this quarter"]


def test_facts_of_a_trust(southampton):
    facts = tables.facts(southampton)
    assert cells(facts, "Average score (1 is best, 4 is lowest)") == ["2.13"]
    assert cells(facts, "Rank among acute trusts") == ["48th of 134"]
    assert cells(facts, "Segment by score alone") == ["2"]
    assert cells(facts, "Financial override") == ["Yes"]
    assert cells(facts, "Segment after the override") == ["3"]
    assert cells(facts, "Final segment") == ["5"]


def test_a_metric_has_value_unit_period_standard_median_score_and_reason():
    # Northumbria in Q1: 52-week waits 0.05% meet the standard; the three infection metrics
    # weigh a third; of the inpatient survey only the score is published.
    shown = tables.metrics(page("trust", "RTF"))
    waits = cells(shown, "Waits over 52 weeks, elective")
    assert waits[:3] == ["0.05", "%", "1.00"]
    assert waits[4:7] == ["below 1%", "Meets the standard of below 1%.", "Jun-25"]
    assert waits[8] == "1"
    assert cells(shown, "MRSA infections")[0] == "3"
    assert cells(shown, "MRSA infections")[8] == "1/3"
    survey = cells(shown, "Adult inpatient survey")
    assert survey[0] == "not published"
    assert survey[4] == "none"


def test_a_short_name_says_its_full_one_to_whoever_points_at_it():
    shown = parsed(tables.metrics(page("trust", "RTF")))
    full = {span.text: span["title"] for span in shown.find_all("span", title=True)}
    assert full["MRSA infections"] == "Number of MRSA infections"


def test_metrics_stand_under_their_domains_in_the_order_of_the_rules(southampton):
    heads = parsed(tables.metrics(southampton)).find_all("th", scope="rowgroup")
    assert [head.text for head in heads] == list(southampton.domain_names.values())


def test_the_standards_count_trusts_on_their_right_side(england):
    # 28-day faster diagnosis, at least 80%: 90 of the 118 with a figure were ranked below it.
    row = cells(
        tables.standards(england),
        "Cancer diagnosed or ruled out in 4 weeks",
    )
    assert row == ["at least 80%", str(118 - 90), "118", "23.7%"]


def test_small_counts_have_no_threshold_to_meet(england):
    row = cells(tables.standards(england), "E. coli infections against threshold")
    assert row[2] == str(134 - 4)


def test_periods_begin_with_the_one_that_ended_first(england):
    rows = parsed(tables.periods(england)).tbody.find_all("tr")
    assert rows[0].td.text == "2023"
    assert [cell.text for cell in rows[-1].find_all("td")][1] == "not stated"


def test_cuts_are_brackets_while_a_trust_type_lacks(england):
    rows = parsed(tables.cuts(england)).tbody.find_all("tr")[1:4]
    brackets = [[cell.text for cell in row.find_all("td")][:3] for row in rows]
    assert brackets == [
        ["2.05", "2.06", "bracketed"],
        ["2.32", "2.33", "bracketed"],
        ["2.60", "2.61", "bracketed"],
    ]


def test_every_check_is_shown(england):
    rows = parsed(tables.checks(england)).find_all("th", scope="row")
    assert len(rows) == len(england.assessment.checks)


def test_causes_add_up_to_the_differences(england):
    rows = parsed(tables.causes(england)).tbody.find_all("tr")
    figures = sum(int(row.td.text) for row in rows)
    assert figures == len(england.assessment.backtest)
    shown = parsed(tables.differences(england)).find_all("th", scope="row")
    assert len(shown) == figures


def test_a_figure_whose_cause_is_not_known_says_so():
    view = page("england")
    assessment = view.assessment
    unexplained = assessment.backtest.assign(cause=None).astype({"cause": "str"})
    unknown = assessment.from_tables({**assessment.tables, "backtest": unexplained})
    told = tables.causes(page_of(unknown, "england"))
    assert "Not known." in parsed(told).text


def test_a_disputed_icb_is_marked_on_the_trusts_page_too():
    assert cells(tables.organisation(page("trust", "RV3")), "Sources dispute the ICB") == ["Yes"]
    assert cells(tables.organisation(page("trust", "R0A")), "Sources dispute the ICB") == ["No"]


def test_disputed_trusts_of_a_region_are_named(london):
    shown = parsed(tables.disputed(london))
    # Of the sources' disputed trusts, those in London whose figures are loaded.
    assert {row.th.a["href"] for row in shown.tbody.find_all("tr")} == {
        "../trusts/ran.html", "../trusts/rpg.html", "../trusts/rpy.html", "../trusts/rv3.html",
    }  # fmt: skip


def test_a_segment_inside_a_bracket_is_not_invented():
    view = page_of(
        changed(opened("2025-26-q1"), "RHM", unadjusted=None, adjusted=None), "trust", "RHM"
    )
    assert cells(tables.facts(view), "Segment after the override") == ["not published"]


def test_a_folded_table_is_closed_and_named(england):
    html = parsed(tables.segments(england))
    assert html.details.summary.text == f"Table: {html.table.caption.text}"
    assert not html.details.has_attr("open")
    assert parsed(tables.standards(england)).details is None


def test_a_table_reads_as_its_name():
    assert repr(Table("name", [column("One", chain("ab"))])) == "Table: name (2 rows)"


def test_behind_a_caterpillar_stand_the_ends_that_are_drawn(quarter):
    england = page("england", "", quarter)
    shown = tables.caterpillar(england, "mental-health-community")
    ranges = england.assessment.table(RANGES).set_index("org")
    known = england.trusts.set_index("name")
    assert len(shown.columns[0].texts) == known["trust_type"].eq("mental-health-community").sum()
    name = shown.columns[0].texts.iloc[0]
    mine = ranges.loc[known.loc[name, "org"]]
    ends = [f"{mine[end]:.2f}" for end in ("average_low", "average_high")]
    assert cells(shown, name)[1:3] == ends
    averages = [float(text) for text in shown.columns[1].texts]
    assert averages == sorted(averages)
    assert shown.folded
    assert tables.caterpillar(england, "ambulance")._repr_html_() == ""


def test_behind_small_charts_stands_every_board_with_every_month():
    london = page("region", "Y56")
    shown = tables.by_board(london, "ae-4-hour")
    rows = systems.series(london, "ae-4-hour")
    mine = rows[rows["area"] == "QMF"].dropna(subset=["value"]).set_index("period")["value"]
    headings = [column_.heading for column_ in shown.columns]
    (name,) = systems.boards(london).query("icb == 'QMF'")["name"]
    found = dict(zip(headings[1:], cells(shown, short_icb(name)), strict=True))
    assert found["Code"] == "QMF"
    for period, value in mine.items():
        assert found[systems.month(period)] == f"{value:.1f}"
    assert len(shown.columns[0].texts) == len(systems.boards(london))
