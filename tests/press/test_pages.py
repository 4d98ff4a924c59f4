"""Which pages an edition has, where they stand, and what their templates are told."""

import pytest

from oversight_lib.errors import PageError, UnknownNameError
from oversight_lib.press.pages import KINDS, Selection, address, plan
from tests.press.conftest import QUARTER, TEMPLATES


def slugs(pages):
    return [page.slug for page in pages]


def test_england_comes_first_then_each_kind_by_name(plan):
    assert slugs(plan) == [
        "england",
        "regions/y56",  # London
        "regions/y60",  # Midlands
        "icbs/qhl",  # NHS Birmingham and Solihull
        "icbs/qmf",  # NHS North East London
        "trusts/r1h",
        "trusts/rqx",
        "trusts/rrk",
        "inequalities",
        "rules",
        "back-test",
    ]


def test_the_order_of_rows_changes_nothing(plan, organisations, icbs, regions, request):
    backwards = (table[::-1].reset_index(drop=True) for table in (organisations, icbs, regions))
    assert request.getfixturevalue("plan") == _plan(*backwards)


def _plan(organisations, icbs, regions, **options):
    return plan(QUARTER, organisations, icbs, regions, templates=TEMPLATES, **options)


def test_a_page_stands_below_its_icb_region_and_england(plan):
    above = {page.slug: page.above for page in plan}
    assert above["trusts/r1h"] == "icbs/qmf"
    assert above["icbs/qmf"] == "regions/y56"
    assert above["regions/y56"] == "england"
    assert above["england"] is None


@pytest.mark.parametrize("kind", ["inequalities", "rules", "back-test"])
def test_some_pages_stand_among_the_hand_written_ones(plan, kind):
    assert next(page for page in plan if page.kind == kind).above is None


def test_parameters_are_the_quarter_and_the_code(plan):
    told = {page.slug: page.parameters for page in plan}
    assert told["england"] == {"quarter": "2025-26-q1"}
    assert told["back-test"] == {"quarter": "2025-26-q1"}
    assert told["trusts/rrk"] == {"quarter": "2025-26-q1", "code": "RRK"}


def test_none_is_all_and_empty_is_none(organisations, icbs, regions):
    def chosen(selection):
        return slugs(_plan(organisations, icbs, regions, selection=selection))

    none = Selection(regions=(), icbs=(), trusts=())
    assert chosen(none) == ["england", "inequalities", "rules", "back-test"]
    one_trust = Selection(regions=(), icbs=(), trusts=["RRK"])
    assert chosen(one_trust) == ["england", "trusts/rrk", "inequalities", "rules", "back-test"]


@pytest.mark.parametrize(
    ("selection", "above"),
    [
        (Selection(icbs=()), "regions/y60"),
        (Selection(icbs=(), regions=()), "england"),
    ],
)
def test_a_page_without_its_icb_stands_below_the_next_page_up(
    organisations, icbs, regions, selection, above
):
    pages = _plan(organisations, icbs, regions, selection=selection)
    assert {page.slug: page.above for page in pages}["trusts/rrk"] == above


def test_unknown_codes_are_all_named_at_once(organisations, icbs, regions):
    wrong = Selection(regions=["Y99"], trusts=["RRK", "XXX"])
    with pytest.raises(UnknownNameError) as raised:
        _plan(organisations, icbs, regions, selection=wrong)
    assert "region Y99" in str(raised.value)
    assert "trust XXX" in str(raised.value)
    assert "RRK" not in str(raised.value)


def test_an_address_is_safe_and_lower_case():
    assert address("trusts", "R0A") == "trusts/r0a"
    with pytest.raises(PageError, match=r"\.\./etc"):
        address("trusts", "../etc")


def test_every_kind_has_a_template_of_its_own_and_those_of_many_pages_a_folder():
    templates = [kind.template for kind in KINDS.values()]
    assert len(set(templates)) == len(KINDS)
    assert {name: kind.folder for name, kind in KINDS.items()} == {
        "england": "",
        "region": "regions",
        "icb": "icbs",
        "trust": "trusts",
        "inequalities": "",
        "rules": "",
        "back-test": "",
    }
