"""The rule set is complete, cites its sources, and refuses to contradict itself."""

import re
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

import oversight_lib.rules
from oversight_lib.errors import RulesError, UnknownNameError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework, read_framework, years
from oversight_lib.rules.base import Unknown, known

FOLDER = Path(oversight_lib.rules.__file__).parent


@pytest.fixture
def rules(tmp_path):
    """A copy of the 2025/26 rules that a test may spoil."""
    return Path(shutil.copytree(FOLDER / "2025-26", tmp_path / "2025-26"))


def spoil(folder, file, before, after):
    text = (folder / file).read_text()
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1))


@pytest.mark.parametrize("year", years(), ids=str)
def test_every_rule_cites_a_source_and_says_what_its_evidence_is(year):
    framework = load_framework(year)
    sources = {source.id for source in framework.source}
    for metric in framework.metric:
        assert metric.reference.source in sources, metric.id
        assert metric.reference.section, metric.id
        assert metric.unit, metric.id
        assert metric.basis, metric.id
        assert metric.series, metric.id
        assert re.fullmatch(r"OF0\d{3}", metric.id)
        assert metric.score_id == f"OF1{metric.id[3:]}"


def test_the_infection_trio_counts_as_one_metric(framework):
    trio = [metric.weight for metric in framework.metric if 0 < metric.weight < 1]
    assert trio == [pytest.approx(1 / 3)] * 3


def test_plan_and_variance_are_published_but_not_averaged(framework):
    unweighted = {metric.id for metric in framework.metric if metric.weight == 0}
    assert unweighted == {framework.find("OF0080").scoring.rows, "OF0081"}


def test_rules_cannot_be_changed_by_accident(framework):
    with pytest.raises(ValidationError):
        framework.metric[0].weight = 2


def test_a_year_without_rules_names_the_years_there_are():
    with pytest.raises(UnknownNameError, match="2025-26"):
        load_framework(FrameworkYear(1999))


@pytest.mark.parametrize(
    ("file", "before", "after", "complaint"),
    [
        ("metrics.toml", 'better    = "lower"', 'better    = "up"', r"line \d+: metric\.0\.better"),
        (
            "metrics.toml",
            'domain    = "access"',
            'domain    = "acces"',
            r'no domain "acces"; known:',
        ),
        ("metrics.toml", 'pool      = "acute"', 'pool      = "cute"', r'no pool "cute"'),
        ("metrics.toml", 'id        = "OF0005"', 'id        = "OF0003"', "OF0003: defined twice"),
        ("metrics.toml", 'columns = "OF0081"', 'columns = "OF9999"', 'no metric "OF9999"'),
        ("metrics.toml", "above = -1.0", "above = -3.0", "edges of bands must descend"),
        ("metrics.toml", "[2, 3, 4, 4]]", "[2, 3, 4]]", "as wide as it is high"),
        ("metrics.toml", 'weight    = "1"', 'weight    = "2"', r"metric\.0\.weight"),
        (
            "framework.toml",
            'id    = "ambulance"',
            'id    = "ambulances"',
            'no trust_type "ambulance"',
        ),
        (
            "segmentation.toml",
            "[0.25, 0.5, 0.75]",
            "[0.25, 0.5, 7.5]",
            r"segmentation\.toml, line \d+",
        ),
        ("segmentation.toml", "misplaced = 1", "misplaced = 1, extra = 2", "extra"),
    ],
)
def test_a_contradiction_is_refused_with_file_and_line(rules, file, before, after, complaint):
    spoil(rules, file, before, after)
    with pytest.raises(RulesError, match=complaint) as error:
        read_framework(rules)
    assert "2025-26" in str(error.value)


def test_the_line_named_is_the_line_at_fault(rules):
    spoil(rules, "metrics.toml", 'better    = "lower"', 'better    = "up"')
    with pytest.raises(RulesError) as error:
        read_framework(rules)
    number = int(re.search(r"line (\d+)", str(error.value))[1])
    assert 'better    = "up"' in (rules / "metrics.toml").read_text().splitlines()[number - 1]


def test_all_contradictions_are_told_at_once(rules):
    spoil(rules, "metrics.toml", 'pool      = "acute"', 'pool      = "cute"')
    spoil(rules, "metrics.toml", 'domain    = "access"', 'domain    = "acces"')
    with pytest.raises(RulesError, match="2 problems"):
        read_framework(rules)


def test_what_is_not_toml_is_refused(rules):
    (rules / "metrics.toml").write_text("[[metric\n")
    with pytest.raises(RulesError, match="not TOML"):
        read_framework(rules)


def test_an_unknown_number_says_where_it_is_published():
    assert known(2.0, "the cut") == 2.0
    with pytest.raises(RulesError, match=r"the cut is not known[\s\S]*Annex B"):
        known(Unknown(unknown="Annex B"), "the cut")
