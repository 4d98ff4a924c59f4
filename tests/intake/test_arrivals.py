"""Files taken in: tables, cards, comparison, restatement, and nothing in between."""

import os
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight_lib.errors import StoreError
from oversight_lib.intake import DATA
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.cards import files_read, publications_read
from oversight_lib.intake.catalogue import Holding, read_source, read_table
from oversight_lib.intake.files import write_all
from oversight_lib.intake.layouts import Kind
from oversight_lib.intake.revisions import logged
from tests.intake.published import (
    FIGURES_FILE,
    FIRST_LEAGUE_FILE,
    FRAMEWORK,
    LEAGUE_FILE,
    MENTAL_HEALTH,
    Q1,
    Q2,
    Q3,
    Q4,
    as_published,
    cells,
    changed,
    snapshot,
    without,
    write,
)

ACUTE_Q1 = Holding(Q1, "acute", Kind.FIGURES)


def checksum(path):
    return sha256(path.read_bytes()).hexdigest()


def column(data, holding, name="value"):
    table = read_table(data, holding)
    return dict(zip(table["org"] + " " + table["item"], table[name], strict=True))


def test_a_file_of_mixed_trust_types_becomes_one_table_a_type(data):
    assert column(data, ACUTE_Q1) == {
        "RTF OF0013": 90.3,
        "RTF OF1013": 1.0,
        "RTF OF5000": 1.0,
        "RTF OF5002": 1.74,
        "RTF OF5004": 0.0,
        "RTF OF5005": 1.0,
    }
    assert column(data, Holding(Q1, MENTAL_HEALTH, Kind.FIGURES)) == {"RDY OF0079": -0.16}


def test_ranks_units_and_periods_are_tidy(data):
    table = read_table(data, ACUTE_Q1).set_index("item")
    assert table.loc["OF0013", "unit"] == "percent"
    assert table.loc["OF5000", "rank"] == 9
    assert table.loc["OF5004", "rank"] is pd.NA
    assert table.loc["OF0013", "period"] == "Q1 2025"
    assert pd.isna(table.loc["OF5005", "period"])


def test_a_league_table_is_read_with_its_ranges(data):
    league = read_table(data, Holding(Q4, MENTAL_HEALTH, Kind.LEAGUE)).set_index("org")
    kent = league.loc["RYY"]
    assert (kent["average"], kent["average_low"], kent["average_high"]) == (1.53, 1.2, 1.89)
    assert (kent["rank"], kent["rank_low"], kent["rank_high"]) == (1, 1, 11)
    assert (kent["segment"], kent["in_deficit"]) == (1, False)


def test_the_first_release_of_a_league_table_names_its_quarter_as_a_reporting_date(data):
    intake([FIRST_LEAGUE_FILE], data)
    first = read_table(data, Holding(Q1, MENTAL_HEALTH, Kind.LEAGUE))
    pd.testing.assert_frame_equal(first, read_table(data, Holding(Q4, MENTAL_HEALTH, Kind.LEAGUE)))


def test_a_league_table_without_any_quarter_takes_the_one_given(data, tmp_path):
    path = write(tmp_path / "league.csv", without(cells(LEAGUE_FILE), "Quarter"))
    (arrived,) = intake([path], data, quarter=Q3).arrivals
    assert arrived.holding == Holding(Q3, MENTAL_HEALTH, Kind.LEAGUE)


def test_a_file_without_a_quarter_column_takes_it_from_the_dates_of_results(tmp_path):
    # OF5005 has a blank date and OF0079 the date 2025/26: neither says a quarter.
    path = write(tmp_path / "acute.csv", without(cells(FIGURES_FILE), "Quarter"))
    report = intake([path], tmp_path / "data")
    assert {arrived.holding.quarter for arrived in report.arrivals} == {Q1}


def test_a_file_whose_results_have_no_date_takes_the_quarter_given(tmp_path):
    rows = [row | {"Reporting_date": ""} for row in without(cells(FIGURES_FILE), "Quarter")]
    report = intake([write(tmp_path / "acute.csv", rows)], tmp_path / "data", quarter=Q2)
    assert {arrived.holding.quarter for arrived in report.arrivals} == {Q2}


def test_columns_may_stand_in_any_order_and_others_beside_them(data, tmp_path):
    rows = [dict(reversed(row.items())) | {"": "", "Note": "x"} for row in cells(FIGURES_FILE)]
    before = {path: text for path, text in snapshot(data).items() if path.endswith(".csv")}
    intake([write(tmp_path / "figures.csv", rows)], data)
    assert {path: text for path, text in snapshot(data).items() if path.endswith(".csv")} == before


def test_a_row_without_a_value_is_read_and_not_kept(tmp_path):
    path = write(tmp_path / "acute.csv", changed(cells(FIGURES_FILE), 2, Value=""))
    arrived = intake([path], tmp_path / "data").arrivals[0]
    assert (arrived.rows_read, arrived.rows_kept) == (6, 5)
    assert "RTF OF0013" not in column(tmp_path / "data", ACUTE_Q1)


def test_hard_spaces_and_trailing_ones_do_not_get_in(tmp_path):
    rows = changed(cells(FIGURES_FILE), 2, Metric_description="A\xa0 name\xa0", Trust_code="RTF ")
    intake([write(tmp_path / "acute.csv", rows)], tmp_path / "data")
    assert read_source(tmp_path / "data", ACUTE_Q1).names["OF0013"] == "A name"


def test_an_ambulance_file_is_read_by_the_same_rules(tmp_path):
    ambulance = {
        "Trust_type": "Ambulance trust",
        "Trust_subtype": "Ambulance",
        "Trust_code": "RX7",
        "Trust_name": "North West Ambulance Service NHS Trust",
        "Region": "North West",
    }
    rows = [row | ambulance for row in cells(FIGURES_FILE)]
    rows = changed(rows, 2, Metric_ID="OF0017", Units="mins", Value="25.33")
    (arrived,) = intake([write(tmp_path / "ambulance.csv", rows)], tmp_path / "data").arrivals
    table = read_table(tmp_path / "data", arrived.holding).set_index("item")
    assert arrived.holding == Holding(Q1, "ambulance", Kind.FIGURES)
    assert (table.loc["OF0017", "value"], table.loc["OF0017", "unit"]) == (25.33, "minutes")


def test_a_five_character_code_is_a_code(tmp_path):
    north_london = {"Trust_code": "G6V2S", "Trust_name": "North London NHS Foundation Trust"}
    row = cells(FIGURES_FILE)[-1] | north_london | {"Region": "London"}
    (arrived,) = intake([write(tmp_path / "f.csv", [row])], tmp_path / "data").arrivals
    assert arrived.unlike_ours == ()
    assert column(tmp_path / "data", arrived.holding) == {"G6V2S OF0079": -0.16}


def test_the_card_names_the_file_and_holds_no_path(data):
    card = read_source(data, ACUTE_Q1)
    assert card.file == "figures.csv"
    assert card.title == "NHS Oversight Framework 2025/26: acute trust data, Q1 2025/26"
    assert card.licence == "Open Government Licence v3.0"
    assert (card.rows_read, card.rows_kept) == (6, 6)
    assert card.sub_domains["OF0013"] == "Urgent and emergency care"
    assert str(data).encode() not in ACUTE_Q1.card_path(data).read_bytes()


def test_reading_a_file_again_changes_nothing(data):
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    report = intake([FIGURES_FILE, LEAGUE_FILE], data)
    assert {arrived.status for arrived in report.arrivals} == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_a_restated_quarter_replaces_the_old_one_as_a_whole_and_is_logged(data, tmp_path):
    # The value of row 2 changes, row 3 goes, and a row that was not there comes.
    rows = changed(cells(FIGURES_FILE)[:6], 2, Value="90.4", Rank="2.0")
    rows[1] = rows[1] | {"Metric_ID": "OF1014", "Rank": ""}
    report = intake([write(tmp_path / "v2.csv", rows)], data)
    assert [arrived.status for arrived in report.arrivals] == ["restated"]
    assert column(data, ACUTE_Q1).keys() == {
        f"RTF {item}" for item in ("OF0013", "OF1014", "OF5000", "OF5002", "OF5004", "OF5005")
    }
    log = logged(data).set_index("item")[["old", "new"]].astype(object)
    changes = {item: tuple(None if pd.isna(x) else x for x in log.loc[item]) for item in log.index}
    gone = {"OF1013": "1.0", "OF1013.period": "Q1 2025", "OF1013.unit": "score", "OF1013.rank": "3"}
    came = {"OF1014": "1.0", "OF1014.period": "Q1 2025", "OF1014.unit": "score"}
    assert changes == {
        "OF0013": ("90.3", "90.4"),
        "OF0013.rank": ("3", "2"),
        **{item: (old, None) for item, old in gone.items()},
        **{item: (None, new) for item, new in came.items()},
    }
    assert report.arrivals[0].revised == 2 + len(gone) + len(came)
    assert f"{2 + len(gone) + len(came)} cells differ from what was published" in str(report)
    assert set(logged(data)["old_sha256"]) == {checksum(FIGURES_FILE)}
    assert set(logged(data)["new_sha256"]) == {read_source(data, ACUTE_Q1).sha256}


def test_a_restated_league_table_is_logged_by_column(data, tmp_path):
    rows = changed(cells(LEAGUE_FILE), 2, Rank="2.0", Trust_in_financial_deficit="Yes")
    intake([write(tmp_path / "v2.csv", rows)], data)
    log = logged(data)
    assert log[["kind", "org", "item", "old", "new"]].to_numpy().tolist() == [
        ["league", "RYY", "in_deficit", "False", "True"],
        ["league", "RYY", "rank", "1", "2"],
    ]


def test_revisions_of_revisions_are_kept(data, tmp_path):
    for value in ("80.0", "70.0"):
        rows = changed(cells(FIGURES_FILE), 2, Value=value)
        intake([write(tmp_path / f"{value}.csv", rows)], data)
    assert sorted(zip(logged(data)["old"], logged(data)["new"], strict=True)) == [
        ("80.0", "70.0"),
        ("90.3", "80.0"),
    ]


def test_a_cumulative_file_adds_its_new_quarter_and_leaves_the_others_as_they_are(tmp_path):
    quarters = {Q1: "Q1 2025/26", Q2: "Q2 2025/26", Q3: "Q3 2025/26"}
    three = [row for q, label in quarters.items() for row in as_published(q, MENTAL_HEALTH, label)]
    fourth = as_published(Q3, MENTAL_HEALTH, "Q4 2025/26")
    data = tmp_path / "data"
    intake([write(tmp_path / "q3.csv", three)], data)
    report = intake([write(tmp_path / "q4.csv", three + fourth)], data)
    assert [(arrived.holding.quarter, arrived.status) for arrived in report.arrivals] == [
        (Q1, "unchanged"),
        (Q2, "unchanged"),
        (Q3, "unchanged"),
        (Q4, "new"),
    ]
    for quarter in quarters:
        holding = Holding(quarter, MENTAL_HEALTH, Kind.FIGURES)
        stored = holding.table_path(data).read_bytes()
        assert stored == holding.table_path(DATA).read_bytes()
    assert report.arrivals[-1].since == Q3
    assert not (data / "oversight" / "revisions.csv").exists()


def test_the_report_says_what_is_new_missing_and_renamed_since_the_last_quarter(data, tmp_path):
    rows = [row | {"Quarter": "Q3 2025/26"} for row in cells(FIGURES_FILE)[:5]]
    rows = changed(rows, 2, Metric_description="A&E", Metric_ID="OF0013", Value="80")
    rows = changed(rows, 3, Metric_ID="OF1014")
    rows.append(rows[2] | {"Trust_code": "RMC", "Trust_name": "Bolton", "Region": "North West"})
    (arrived,) = intake([write(tmp_path / "q3.csv", rows)], data).arrivals
    assert arrived.since == Q1
    assert arrived.new == ("OF1014", "RMC")
    assert arrived.missing == ("OF1013", "OF5005")
    assert [renamed.what for renamed in arrived.renamed] == ["OF0013"]
    assert str(arrived) == "\n".join(
        [
            "Q3 2025/26, acute, figures: new",
            "  from q3.csv: 6 rows read, 6 kept",
            "  2 trusts, 5 identifiers",
            "  since Q1 2025/26: new OF1014, RMC; missing OF1013, OF5005",
            "  renamed: OF0013: “A&E”, not “Percentage of emergency department attendances "
            "admitted, transferred or discharged within four hours”",
            "  not as in our list: RMC, name: “Bolton”, not “Bolton NHS Foundation Trust”",
        ]
    )


def test_a_region_cut_short_is_the_region_and_another_is_reported(tmp_path):
    rows = [row | {"Region": "North East"} for row in cells(FIGURES_FILE)[:6]]
    (short,) = intake([write(tmp_path / "f.csv", rows)], tmp_path / "a").arrivals
    assert short.unlike_ours == ()
    rows = [row | {"Region": "London"} for row in rows]
    (other,) = intake([write(tmp_path / "f.csv", rows)], tmp_path / "b").arrivals
    assert [str(odd) for odd in other.unlike_ours] == [
        "RTF, region: “London”, not “North East and Yorkshire”"
    ]


def test_files_that_were_not_there_are_gone_again_if_one_cannot_be_written(tmp_path, monkeypatch):
    replace = os.replace

    def fail_at_the_second(source, target):
        if Path(target).name == "b":
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_at_the_second)
    with pytest.raises(OSError, match="no space left"):
        write_all({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_card_names_the_files_and_publications_behind_its_table(data, tmp_path):
    card = ACUTE_Q1.card_path(data)
    ((file, digest),) = files_read(card)
    assert file == read_source(data, ACUTE_Q1).file
    assert len(digest) == 64
    ((publisher, title, page),) = publications_read(card)
    assert publisher == "NHS England"
    assert title
    assert page.startswith("https://")
    (tmp_path / "no.toml").write_text("[[")
    with pytest.raises(StoreError, match="is not a source card"):
        files_read(tmp_path / "no.toml")


def test_if_one_file_cannot_be_put_in_its_place_none_is(data, tmp_path, monkeypatch):
    before = snapshot(data)
    replace = os.replace
    calls = []

    def fail_at_the_third(source, target):
        calls.append(target)
        if len(calls) == 3:
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_at_the_third)
    rows = [row | {"Value": "1.0", "Quarter": "Q2 2025/26"} for row in cells(FIGURES_FILE)]
    rows += changed(cells(FIGURES_FILE), 2, Value="91")
    with pytest.raises(OSError, match="no space left"):
        intake([write(tmp_path / "f.csv", rows)], data)
    assert len(calls) == 3
    assert snapshot(data) == before


def test_a_stored_table_without_its_card_is_said_to_be_so(data):
    ACUTE_Q1.card_path(data).unlink()
    with pytest.raises(StoreError, match="is not a source card"):
        intake([LEAGUE_FILE], data)


ROWS = cells(FIGURES_FILE)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(len(ROWS))))
def test_the_order_of_rows_does_not_matter(order, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shuffled")
    intake([FIGURES_FILE], folder / "as-published")
    intake([write(folder / "figures.csv", [ROWS[row] for row in order])], folder / "shuffled")
    one, other = snapshot(folder / "as-published"), snapshot(folder / "shuffled")
    sha = checksum(FIGURES_FILE), checksum(folder / "figures.csv")
    assert other == {
        path: content.replace(sha[0].encode(), sha[1].encode()) for path, content in one.items()
    }


def test_every_item_of_the_framework_has_its_bounds(tmp_path):
    # One file with each identifier at a legal figure is taken in whole.
    row = cells(FIGURES_FILE)[2] | {"Rank": ""}
    segments = {domain.segment_id for domain in FRAMEWORK.domain} | {"OF5000", "OF5003", "OF5005"}
    ids = [metric.id for metric in FRAMEWORK.metric]
    ids += [metric.score_id for metric in FRAMEWORK.metric]
    ids += (
        [domain.score_id for domain in FRAMEWORK.domain]
        + sorted(segments)
        + ["OF5002", "OF5004", "OF5007"]
    )
    units = {metric.id: [*metric.published_units, metric.unit][0] for metric in FRAMEWORK.metric}
    rows = [
        row | {"Metric_ID": item, "Value": "1.0", "Units": units.get(item, row["Units"])}
        for item in ids
    ]
    (arrived,) = intake([write(tmp_path / "all.csv", rows)], tmp_path / "data").arrivals
    assert arrived.rows_kept == len(rows)
