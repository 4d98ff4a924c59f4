"""Two editions beside one another: every figure that differs is found, and no other."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight_lib.errors import StoreError
from oversight_lib.press.editions import difference, figures, read, telling
from tests.press.editions.shelf import FEW, PARAGRAPH, put, tables, with_average


@pytest.fixture
def two(tmp_path):
    """Editions of the second quarter and of the third."""
    return put(tmp_path / "a", quarter="2025-26-q2"), put(tmp_path / "b", commit="decade")


def test_an_edition_is_read_from_where_it_was_built_and_from_where_it_stands(tmp_path):
    there = put(tmp_path / "built" / "html", pages=[("trusts/rat", "")])
    for folder in (tmp_path / "built", tmp_path / "built" / "html"):
        assert read(folder) == there
    assert str(there.quarter) == "2025-26-q3"
    assert there.addresses == ("downloads", "england", "trusts/rat")
    assert set(there.tables) == set(tables())
    with pytest.raises(StoreError, match="no edition"):
        read(tmp_path)


def test_the_same_tables_do_not_differ():
    assert figures.changed(tables(), tables()).empty


def test_one_figure_that_changes_is_found_with_its_row_and_both_values():
    was = tables()["segments"].query("org == 'RAT' and scope == 'overall'")["average"].iloc[0]
    found = figures.changed(tables(), with_average(tables(), "RAT", 1.5))
    assert found.to_dict("records") == [
        {
            "table": "segments",
            "where": "quarter=2025-26-q3, org=RAT, scope=overall",
            "column": "average",
            "before": f"{was:.10g}",
            "after": "1.5",
        }
    ]


@settings(derandomize=True, deadline=None, max_examples=20)
@given(
    org=st.sampled_from(FEW),
    nudge=st.floats(-1, 1).filter(lambda n: abs(n) > 1e-6),
)
def test_any_change_of_a_figure_is_found_and_goes_back_the_same_way(org, nudge):
    mine = tables()["segments"].query("org == @org and scope == 'overall'")
    other = with_average(tables(), org, mine["average"].iloc[0] + nudge)
    there, back = figures.changed(tables(), other), figures.changed(other, tables())
    assert len(there) == 1
    assert there[["before", "after"]].to_numpy().tolist() == (
        back[["after", "before"]].to_numpy().tolist()
    )


def test_noise_of_a_machine_is_no_difference():
    was = tables()["segments"].query("org == 'RAT' and scope == 'overall'")["average"].iloc[0]
    assert figures.changed(tables(), with_average(tables(), "RAT", was + 1e-13)).empty


def test_a_row_that_goes_and_a_table_that_comes_are_differences():
    fewer = {**tables(), "segments": tables()["segments"].query("org != 'RAT'")}
    gone = figures.changed(tables(), fewer)
    assert set(gone["after"]) == {""}
    assert gone["where"].str.contains("org=RAT").all()
    without = {name: table for name, table in tables().items() if name != "ranges"}
    assert set(figures.changed(without, tables())["table"]) == {"ranges"}
    # A figure that is missing on both sides is none.
    assert "" not in set(gone["before"])


def test_between_quarters_a_row_is_the_same_row(two):
    found = difference(*two)
    assert found.across
    assert not found.figures["where"].str.contains("quarter=").any()
    assert found.trusts["org"].tolist() == sorted(FEW, key=lambda org: name_of(found, org))
    assert found.only_before == found.only_after == ()


def name_of(found, org):
    return found.trusts.set_index("org")["name"][org]


def test_who_moved_is_who_has_another_segment(two):
    found = difference(*two)
    before, after = (
        one.tables["segments"].query("scope == 'overall'").set_index("org")["adjusted"]
        for one in two
    )
    moved = [org for org in FEW if before[org] != after[org]]
    assert moved
    assert sorted(found.moved["org"]) == sorted(moved)


def test_metrics_are_counted_by_where_their_scores_went(two):
    found = difference(*two)
    scores = [one.tables["scores"].set_index(["org", "metric"])["score"].dropna() for one in two]
    both = scores[0].index.intersection(scores[1].index)
    better = sum(scores[1][key] < scores[0][key] - 1e-9 for key in both)
    assert found.metrics["better"].sum() == better
    kept = found.metrics[["better", "worse", "same"]].to_numpy().sum()
    assert kept == len(both)
    assert found.metrics["gone"].sum() == len(scores[0].index.difference(scores[1].index))


def test_words_differ_by_sentence_and_not_by_the_names_of_quarter_and_commit(tmp_path):
    old = [("how-to-read", "<p>One and two are not three.</p><p>It stays as it always was.</p>")]
    new = [("how-to-read", "<p>One and two are three, now.</p><p>It stays as it always was.</p>")]
    one = put(tmp_path / "a", quarter="2025-26-q2", pages=old, commit="c0ffee00" * 5)
    two = put(tmp_path / "b", pages=[*new, ("method", "")], commit="decade00" * 5)
    found = difference(one, two)
    assert [(w.page, w.gone, w.new) for w in found.words] == [
        ("how-to-read", ("One and two are not three.",), ("One and two are three, now.",))
    ]
    assert found.pages_new == ("method",)
    # England's page names its quarter; between builds of one quarter it is compared too.
    again = put(tmp_path / "c", pages=new, commit="facade00" * 5)
    assert PARAGRAPH.format("Q3 2025/26", "x")[3:10] in again.words("england")[0]
    assert difference(two, again).words == ()
    assert difference(two, again).pages_gone == ("method",)


def test_two_builds_of_one_edition_list_each_figure(tmp_path):
    one = put(tmp_path / "a")
    two = put(tmp_path / "b", with_average(tables(), "RAT", 1.5), commit="decade")
    found = difference(one, two)
    parts = {part.heading: part for part in telling.parts(found)}
    assert telling.title(found) == "What changed between two builds of Q3 2025/26"
    assert parts["Figures"].rows[0][0] == "segments"
    assert parts["Figures"].rows[0][-1] == "1.5"
    assert "1 of " in parts["Figures"].sentences[0]
    assert parts["Rules"].sentences == ("Both apply the rules of 2025/26, with other code.",)
    assert [row["after"] for row in telling.as_data(found)["figures"]["each"]] == ["1.5"]


def test_two_quarters_are_told_in_sentences_that_read_well(two):
    found = difference(*two)
    parts = {part.heading: part for part in telling.parts(found)}
    assert telling.title(found) == "What changed from Q2 2025/26 to Q3 2025/26"
    sentence = parts["Segments"].sentences[0]
    assert sentence.startswith("3 trusts are in both; ")
    assert "in another segment after the override" in sentence
    assert [part.heading for part in telling.parts(found)] == [
        "Editions", "Segments", "Metrics", "Figures", "Words", "Rules"
    ]  # fmt: skip
    for part in parts.values():
        assert all(len(row) == len(part.headings) for row in part.rows)
        assert not re.search(r"\bnan\b", str(part), re.IGNORECASE)


def test_everything_can_be_said_to_a_machine(two):
    told = json.loads(json.dumps(telling.as_data(difference(*two))))
    assert told["editions"][0]["quarter"] == "2025-26-q2"
    assert told["editions"][0]["tables"] == two[0].digest != two[1].digest
    assert told["figures"]["differ"] == sum(told["figures"]["by_table"].values())


def test_rules_of_two_years_are_compared_rule_by_rule(tmp_path):
    one, two = put(tmp_path / "a"), put(tmp_path / "b")
    found = difference(one, replace(two, rules="2026-27"))
    (rules,) = [part for part in telling.parts(found) if part.heading == "Rules"]
    assert len(rules.rows) == len(found.rules) > 3
