import pytest

from oversight_lib import report
from oversight_lib.errors import UnknownNameError
from tests.report.pages import opened, page, register

Q1 = "2025-26-q1"


def test_a_page_is_found_by_its_code_and_has_the_name_of_whom_it_is_about():
    assert page("england").name == "England"
    assert page("region", "Y56").name == "London"
    assert page("icb", "QMF").name == "NHS North East London Integrated Care Board"
    assert page("trust", "RAT").name == "North East London NHS Foundation Trust"


def test_a_trusts_page_is_set_among_its_type_and_the_others_among_all():
    assert page("trust", "RAT").of_type == "mental-health-community"
    assert [page(*whom).of_type for whom in (("england",), ("region", "Y56"))] == [None, None]


def test_a_trust_the_register_does_not_know_is_on_its_page_all_the_same():
    few = register(Q1).query("org != 'RHM'")
    assert "RHM" in set(report.england(opened(Q1), few).register["org"])


@pytest.mark.parametrize(
    ("make", "code"), [(report.region, "Y99"), (report.icb, "QQQ"), (report.region, "y56")]
)
def test_a_code_that_is_not_there_is_refused(make, code):
    with pytest.raises(UnknownNameError, match=f'"{code}"'):
        make(opened(Q1), register(Q1), code)


def test_a_trust_that_is_not_loaded_has_no_page():
    with pytest.raises(UnknownNameError, match='there is no trust "RYA"'):
        report.trust(opened(Q1), "RYA")  # an ambulance trust
