"""Coverage, Core20PLUS5 and disclosure policies: every claim has where it is written down."""

import pytest
from pydantic import ValidationError

from oversight_lib.intake import DATA
from oversight_lib.intake.breakdowns import cards
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework, measures
from oversight_lib.rules.core20plus5 import core20plus5
from oversight_lib.rules.coverage import DIMENSIONS, Series, load_coverage
from oversight_lib.rules.disclosure import policies

YEAR = FrameworkYear(2025)


def test_every_metric_has_one_series_and_every_series_metrics():
    coverage = load_coverage(YEAR)
    named = [metric for series in coverage.series for metric in series.metrics]
    assert sorted(named) == sorted(metric.id for metric in load_framework(YEAR).metric)
    assert coverage.of("OF0003").id == coverage.of("OF0023").id == "rtt"


def test_a_year_without_a_table_has_none():
    assert load_coverage(FrameworkYear(1999)) is None


@pytest.mark.parametrize("series", load_coverage(YEAR).series, ids=lambda series: series.id)
def test_a_series_says_its_page_and_on_what_it_rests(series):
    assert series.page.startswith("https://")
    assert series.evidence
    if any(getattr(series, name) in ("published", "part") for name in DIMENSIONS):
        assert series.evidence_page.startswith("https://")


def test_a_claim_without_evidence_is_refused():
    claim = {"id": "x", "metrics": ["OF0001"], "publisher": "P", "title": "T", "page": "https://x",
             "age": "not established", "sex": "not established", "ethnicity": "published",
             "deprivation": "not established", "evidence": "somebody said so"}  # fmt: skip
    with pytest.raises(ValidationError, match="no page of evidence"):
        Series.model_validate(claim)
    assert Series.model_validate(claim | {"evidence_page": "https://y"})


def test_core20plus5_is_two_groups_and_twice_five_areas_each_shown_or_explained():
    approach = core20plus5()
    groups = [part.group for part in approach.part]
    assert groups.count("Whom it is for") == 2
    assert groups.count("Five areas, adults") == 5
    assert groups.count("Five areas, children and young people") == 5
    for part in approach.part:
        assert bool(part.shown) != bool(part.why_not), part.id
        assert approach.source_of(part).url.startswith("https://www.england.nhs.uk/")


def test_what_core20plus5_shows_is_at_hand():
    there = {card.indicator.indicator for card in cards(DATA) if card.indicator} | set(measures())
    shown = {measure for part in core20plus5().part for measure in part.measures}
    assert shown
    assert shown <= there


def test_policies_are_sourced_and_the_hospital_rule_is_that_of_its_publisher():
    assert all(rule.reference.page.startswith("https://") for rule in policies().values())
    rule = policies()["nhs-secondary-care"]
    # 1 to 7 are starred, the others rounded to the nearest 5.
    assert (rule.threshold, rule.rounding_base, rule.protected) == (7, 5, False)
    assert policies()["already-protected"].protected
