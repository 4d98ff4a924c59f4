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
        ("metrics.toml", ", { score = 4 }]", "]", "the last has none"),
        ("metrics.toml", "[2, 3, 4, 4]]", "[2, 3, 4]]", "as wide as it is high"),
        ("metrics.toml", 'better    = "lower"', 'better    = "none"', "standard has a direction"),
        ("metrics.toml", "[0, 100]", "[100, 0]", r"a range is \[lowest, highest\]"),
        ("segmentation.toml", "segment   = 5", "segment = 5\nflag_apart = true", "replaces no"),
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


def test_a_rule_that_lacks_a_part_is_named_where_it_begins(rules):
    text = (rules / "metrics.toml").read_text()
    last = text.rindex("[[metric]]")
    start = text.index("unit", last)
    (rules / "metrics.toml").write_text(text[:start] + text[text.index("\n", start) + 1 :])
    number = text[:last].count("\n") + 1
    with pytest.raises(RulesError, match=rf"metrics\.toml, line {number}: .*unit: Field required"):
        read_framework(rules)


def test_a_part_that_no_file_has_is_named_with_the_year(rules):
    spoil(rules, "segmentation.toml", "[final]", "[finally]")
    with pytest.raises(RulesError, match=r"rules/2025-26: final: Field required"):
        read_framework(rules)


def test_a_number_that_is_none_is_refused_with_its_place(rules):
    spoil(rules, "segmentation.toml", "[0.25, 0.5, 0.75]", "[0.25, nan, 0.75]")
    with pytest.raises(RulesError, match=r"segmentation\.toml cannot be used[\s\S]*cuts\.probab"):
        read_framework(rules)


def test_rules_that_are_not_utf_8_are_refused(rules):
    (rules / "metrics.toml").write_bytes("name = 'Août'".encode("latin-1"))
    with pytest.raises(RulesError, match=r"cannot be read[\s\S]*not UTF-8"):
        read_framework(rules)


def test_the_cuts_are_one_fewer_than_the_segments(framework):
    assert len(framework.cuts.probabilities) == framework.segments - 1 == 3


def test_in_a_message_rules_are_told_by_their_year(framework):
    assert repr(framework) == "Framework(2025-26)"


def test_what_is_said_of_the_programme_where_no_segment_stands_for_it(framework):
    last = framework.final
    assert last.apart == f"A flag apart from the segments says if {last.when}."
    unknown = last.model_copy(update={"when": Unknown(unknown="Annex B")})
    assert unknown.apart.endswith("is not known.")


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
