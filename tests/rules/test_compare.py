"""The difference between two years is said rule by rule, from the rules themselves."""

from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from oversight_lib.rules.compare import compare
from oversight_lib.rules.unknowns import unknowns
from oversight_lib.rules.words import NOT_KNOWN, SUBJECTS, in_words
from tests.rules.test_overlay import OWN

OLD, NEW = load_framework(FrameworkYear(2025)), load_framework(FrameworkYear(2026))


def test_all_nineteen_subjects_differ_between_2025_26_and_2026_27():
    differences = compare(OLD, NEW)
    assert [found.number for found in differences] == list(range(1, 20))
    assert [found.id for found in differences] == list(SUBJECTS)


def test_a_year_does_not_differ_from_itself():
    assert compare(OLD, OLD) == compare(NEW, NEW) == ()


def test_what_is_said_is_what_the_rules_are():
    old, new = ({said.id: said for said in in_words(year)} for year in (OLD, NEW))
    assert old["kinds"].says == "providers"
    assert new["kinds"].says.startswith("providers and integrated care boards")
    assert old["cuts"].says.endswith("at 25%, 50% and 75%")
    assert new["cuts"].says == "defined thresholds; the numbers are not known"
    assert old["weights"].says == (
        "equal, but 3 metrics count together as 1, 2 are published and not averaged"
    )
    assert new["weights"].says == NOT_KNOWN
    assert (old["aggregate"].says, new["aggregate"].says) == (
        "raw delivery score", "average metric score",
    )  # fmt: skip
    assert "not better than 3" in old["cap"].says
    assert "not known" in new["cap"].says
    assert (old["publication"].says, new["publication"].says) == ("2025-06-26", "2026-06-11")


def test_every_subject_has_its_evidence():
    for year in (OLD, NEW):
        assert {statement.id for statement in year.statement} == set(SUBJECTS)
    evidence = {found.id: found.new_evidence for found in compare(OLD, NEW)}
    assert evidence["steps"] == "manual"
    assert evidence["icb-output"] == "secondary"
    assert evidence["weights"] == "unknown"


def test_a_file_of_ones_own_changes_what_is_said():
    own = {said.id: said.says for said in in_words(load_framework(FrameworkYear(2026), OWN))}
    assert own["cuts"] == (
        "defined thresholds for all trusts and integrated care boards: 1.75, 2.25 and 2.75"
    )
    assert own["final"].startswith("a flag apart if the test says so")


def test_what_a_year_does_not_know_is_listed_with_where_it_is_published():
    assert {str(found) for found in unknowns(OLD)} == {
        f"{fact.what}: not known; published in {fact.where}" for fact in OLD.unknown
    }
    lines = [str(found) for found in unknowns(NEW)]
    assert len(lines) == len(set(lines)) > 15
    assert all("published in" in line for line in lines)
    assert any(line.startswith("metric_list trust") for line in lines)


def test_candidate_standards_are_marked_and_score_nothing():
    assert len(NEW.candidate) == 17
    assert {candidate.evidence for candidate in NEW.candidate} == {"unconfirmed"}
    assert NEW.metric == ()
    assert OLD.candidate == ()
