import json

import pytest

from oversight_lib import report
from oversight_lib.frames import OBSERVATIONS
from oversight_lib.method import reading
from oversight_lib.report import conditions, metrics, profiles
from oversight_lib.report.conditions.holds import OF_THE_TYPE
from oversight_lib.report.questions import bank
from tests.conftest import ROOT
from tests.report.pages import changed, only, opened, page, page_of

Q1 = "2025-26-q1"


def test_a_page_is_about_its_own_trusts(england, london):
    assert len(england.trusts) == 195
    assert set(london.trusts["region"]) == {"Y56"}
    assert page("trust", "RHM").trusts["org"].tolist() == ["RHM"]
    board = page("icb", "QMF")
    assert set(board.trusts["icb"]) == {"QMF"}
    assert set(board.scores["org"]) == set(board.trusts["org"]) == set(board.own_domains["org"])


def test_regions_share_out_england(england):
    regions = sorted(set(england.trusts["region"]))
    parts = [page("region", region).trusts["org"] for region in regions]
    assert sum(map(len, parts)) == len(england.trusts)
    assert set().union(*parts) == set(england.trusts["org"])


def test_trusts_come_by_type_and_then_by_place_in_the_league(england):
    acute = england.trusts[england.trusts["trust_type"] == "acute"]
    assert acute["rank"].is_monotonic_increasing
    assert england.trusts["trust_type"].is_monotonic_increasing


def test_what_is_absent_is_in_the_register_and_not_loaded(england):
    assert set(england.absent["trust_type"]) == {"ambulance"}
    assert not set(england.absent["org"]) & set(england.assessment.organisations["org"])


def test_segments_are_counted_with_their_zeros():
    counts = page("icb", "QMF").segment_counts("trust_type")
    assert counts.columns.tolist() == [1, 2, 3, 4]
    assert counts.to_numpy().sum() == len(page("icb", "QMF").trusts)


def test_the_overridden_are_those_whose_segment_differs(england):
    rows = england.overridden
    assert rows["override"].all()
    assert set(rows["adjusted"]) == {3}
    assert set(rows["unadjusted"]) == {1, 2}


def test_a_segment_that_is_not_known_is_not_overridden():
    view = page_of(changed(opened(Q1), "RHM", adjusted=None), "trust", "RHM")
    assert view.overridden.empty


def test_a_profile_compares_printed_averages_strictly():
    # Three trusts: the middle one is the median and is not nearer 1 than itself.
    orgs = ["RPY", "RHM", "RCX"]
    (row,) = profiles.averages(page_of(only(opened(Q1), orgs), "england"))
    assert row.median == 2.13
    assert (row.nearer, row.counted) == (1, 3)


def test_a_trusts_profile_is_among_its_type_and_an_areas_among_all():
    trust, area = profiles.domains(page("trust", "RHM")), profiles.domains(page("icb", "QRL"))
    people = list(page("trust", "RHM").domain_names).index("people")
    assert len(trust[people].crowd) == 134
    assert len(area[people].crowd) == 195


def test_peers_are_trusts_of_the_type(southampton):
    scores = southampton.assessment.scores.merge(southampton.everyone[["org", "trust_type"]])
    acute = scores.query("trust_type == 'acute' and metric == 'OF0082'")["score"]
    assert metrics.peer_scores(southampton)["OF0082"] == acute.median()


def test_metrics_are_in_the_order_of_domains_and_rules(southampton):
    rows = metrics.metrics(southampton)
    assert rows["domain_name"].drop_duplicates().tolist() == list(southampton.domain_names.values())
    assert len(rows) == len(southampton.scores)


def test_a_floor_is_called_a_floor(framework):
    assert metrics.standard(framework.find("OF0057")) == "floor: at least 70%"
    assert metrics.standard(framework.find("OF0010")) == "at least 80%"
    assert metrics.standard(framework.find("OF0082")) == "none"


def test_those_above_a_floor_meet_it(england):
    rows = metrics.standards(england).set_index("standard")
    floor = rows.loc["floor: at least 70%"]
    # 80 were ranked above the floor in Q1, the others scored 4.
    assert (floor["meets"], floor["counted"]) == (80, 88)


@pytest.fixture
def asked_for():
    """What was asked for, by table: the values of `org` the rows were asked for by; None if all."""
    reading.forget()
    yield lambda: [
        (table, where.get("org"))
        for table, where in map(json.loads, reading.reads())
        if "org" in where or not where
    ]
    reading.forget()


def run(kind, code):
    """Run every cell of a template on a page that has asked for nothing."""
    opened(Q1).kept.clear()
    view = page_of(opened(Q1), kind, code)
    cells = json.loads((ROOT / "notebooks" / f"{kind}.ipynb").read_text("utf-8"))["cells"]
    for cell in cells:
        source = "".join(cell["source"])
        if source.startswith("report."):
            eval(source, {"report": report, "page": view})


def test_a_trusts_page_rests_on_its_own_rows_and_on_those_of_its_type(asked_for):
    run("trust", "RAT")
    peers = set(page("trust", "RAT").everyone["org"])
    assert len(peers) == 61
    # Who there is and where segments end is everybody's; the rest is the type's or its own.
    assert {table for table, orgs in asked_for() if orgs is None} == {"organisations", "cuts"}
    of_others = {table for table, orgs in asked_for() if orgs and set(orgs) == peers}
    assert of_others == {"segments", "scores", "movement"}
    assert all(orgs is None or set(orgs) in (peers, {"RAT"}) for _, orgs in asked_for())


@pytest.mark.parametrize(("kind", "code"), [("icb", "QMF"), ("region", "Y56")])
def test_an_area_rests_on_the_values_of_its_own_trusts(kind, code, asked_for):
    run(kind, code)
    mine = page(kind, code).orgs
    by_org = {table: set(orgs) for table, orgs in asked_for() if orgs is not None}
    assert by_org["observations"] == mine
    assert "observations" not in {table for table, orgs in asked_for() if orgs is None}


def test_what_is_made_of_each_rests_on_its_own_rows_alone(asked_for):
    view = page_of(opened(Q1), "trust", "RAT")
    made = view.each("rows of each", lambda every: counted(every.among(OBSERVATIONS)), OBSERVATIONS)
    assert made == {"RAT": len(view.further(OBSERVATIONS))}
    assert [orgs for table, orgs in asked_for() if table == "observations"] == [["RAT"]]


def counted(rows):
    return rows["org"].value_counts().to_dict()


@pytest.mark.parametrize("org", ["RHM", "RAT", "RPY", "RNK", "RXG"])
def test_a_condition_looks_at_nobody_but_the_trust_itself(org):
    whole, alone = page("trust", org), page_of(only(opened(Q1), [org]), "trust", org)
    of = [one.when for one in (*bank(whole).question, *bank(whole).line)]
    looked = [when for when in of if when.kind not in OF_THE_TYPE]
    assert len(looked) > 20
    for when in looked:
        assert conditions.found(whole, when) == conditions.found(alone, when), when
