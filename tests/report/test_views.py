import pytest

from oversight_lib import report
from oversight_lib.errors import UnknownNameError
from oversight_lib.report import metrics, profiles
from tests.report.pages import changed, only, opened, page, page_of, register

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


def test_a_trust_the_register_does_not_know_is_on_its_page_all_the_same():
    few = register(Q1).query("org != 'RHM'")
    assert "RHM" in set(report.england(opened(Q1), few).register["org"])


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


@pytest.mark.parametrize(
    ("make", "code"), [(report.region, "Y99"), (report.icb, "QQQ"), (report.region, "y56")]
)
def test_a_code_that_is_not_there_is_refused(make, code):
    with pytest.raises(UnknownNameError, match=f'"{code}"'):
        make(opened(Q1), register(Q1), code)


def test_a_trust_that_is_not_loaded_has_no_page():
    with pytest.raises(UnknownNameError, match='there is no trust "RYA"'):
        report.trust(opened(Q1), "RYA")  # an ambulance trust


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
