"""Sentences: exact words for known trusts, grammar for any number, no merit and no cause."""

import re
from dataclasses import replace

import pytest

from oversight_lib.frames import FINDINGS, OBSERVATIONS
from oversight_lib.report import narrative
from oversight_lib.report.narrative.ranges import own_range
from tests.report.pages import changed, only, opened, page, page_of

PAGES = [("england", ""), ("region", "Y56"), ("icb", "QMF"), ("icb", "QHG")]
FOR_AREAS = (
    "opening", "disputes", "order", "sources", "cut_points", "back_test", "changes", "ranges",
    "watch_list",
)  # fmt: skip
FOR_TRUSTS = (
    "position", "override", "unscored", "sources", "cut_points", "changes", "firmness",
    "leave_out", "distance", "peers", "headline",
)  # fmt: skip
Q1 = "2025-26-q1"
IS_HERE = "is in segment 3 because of it"
ARE_HERE = "are in segment 3 because of it"
NEVER = re.compile(
    r"\b(better|worse|worst|good|bad|poor|strong|weak|improv\w*|declin\w*|slipp\w*|fail\w*|"
    r"significant\w*|due to|causes|caused|therefore|driven|unfortunately|only just)\b",
    re.IGNORECASE,
)


def told(fragment):
    return repr(fragment).replace("\xa0", " ")


def position(org, quarter=Q1, **values):
    return told(
        narrative.position(page_of(changed(opened(quarter), org, **values), "trust", org, quarter))
    )


def told_range(view):
    return own_range(view).replace("\xa0", " ")


def opening(orgs, kind="england", code=""):
    return told(narrative.opening(page_of(only(opened(Q1), orgs), kind, code)))


def test_the_override_is_said_with_what_the_score_alone_would_give(southampton):
    assert told(narrative.position(southampton)) == (
        "Segment 3 because of the financial override; its score alone would give 2. Its average "
        "score is 2.13, from 1 (best) to 4 (lowest). It is ranked joint 48th of 134 acute trusts, "
        "by segment first and then by average; by average alone it is 38th of 134. "
        f"{told_range(southampton)}\n\n"
        "Final segment 5: the trust is in the recovery programme."
    )


@pytest.mark.parametrize(
    ("org", "quarter", "begins"),
    [
        ("RXG", Q1, "Segment 3 because of the financial override; its score alone would give 1."),
        ("RPY", Q1, "Segment 1 by its score alone; the financial override does not apply."),
        (
            "RCX", Q1,
            "Segment 4 by its score alone; the financial override applies and changes nothing.",
        ),
    ],
)  # fmt: skip
def test_a_position_says_why(org, quarter, begins):
    assert told(narrative.position(page("trust", org, quarter))).startswith(begins)


def test_a_final_segment_like_the_adjusted_one_is_said_once():
    ending = (
        "Final segment 1, as published; 5 would mean that the trust is in the recovery programme."
    )
    assert told(narrative.position(page("trust", "RPY"))).endswith(ending)


def test_a_final_segment_that_is_not_published_is_not_guessed():
    assert told(narrative.position(page("trust", "RXG", "2025-26-q3"))).endswith(
        "Final segment: not published this quarter. Segment 5 means that the trust is in the "
        "recovery programme; NHS England can say whether it is."
    )


def test_a_segment_inside_a_bracket_is_not_known():
    words = position("RHM", unadjusted=None, adjusted=None, rank=None)
    assert words.startswith("Segment not known: the average lies inside the bracket of a cut point")
    assert "Its rank cannot be told without its segment." in words


def test_an_override_that_is_not_published_leaves_the_score_alone():
    words = position("RHM", override=None, adjusted=None, rank=None)
    assert words.startswith(
        "Its score alone would give segment 2; whether the financial override applies is not "
        "published."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "It applies to this trust; without it, the segment would be 2. Whether it applies"),
        ({}, "Whether it applies is the publisher’s own flag."),
        (
            {"adjusted": 2},
            "It applies to this trust, and without it the segment would be the same.",
        ),
        ({"adjusted": 2, "override": False}, "It does not apply to this trust."),
        ({"adjusted": 2, "override": None}, "With it or without it, the segment is the same."),
        ({"override_basis": "estimated"}, "The flag is not published; it is estimated from"),
        ({"adjusted": None}, "What the segment would be without it cannot be told."),
        ({"override_basis": None}, "Whether it applies is not published."),
    ],
)
def test_the_override_says_what_it_changes_and_how_that_is_known(values, words):
    view = page_of(changed(opened(Q1), "RHM", **values), "trust", "RHM")
    assert words in told(narrative.override(view))


def test_the_override_is_the_rule_in_words(southampton):
    assert told(narrative.override(southampton)).startswith(
        "Financial override: if the trust reports a deficit for the year to date, or receives "
        "deficit support, a segment 1 or 2 becomes 3."
    )


def test_metrics_a_trust_is_not_scored_on_are_named():
    words = told(narrative.unscored(page("trust", "RXG", "2025-26-q3")))
    assert words.startswith(
        "1 metric that other trusts of its type are scored on is not published for this trust: "
        "CQC safe rating."
    )


def test_a_trust_scored_on_everything_is_told_so():
    view = page_of(only(opened(Q1), ["RHM"]), "trust", "RHM")
    assert told(narrative.unscored(view)) == (
        "Every metric that trusts of its type are scored on is published for it."
    )


def test_a_trust_is_placed_among_its_type_by_quarters_and_not_compared():
    words = told(narrative.peers(page("trust", "RHM")))
    # OF0014, over 12 hours: 2.1%, and the lower quartile of acute trusts is 4.14%; lower is better.
    assert words.startswith("17 values of this trust have published quartiles of acute trusts")
    assert "3 in the quarter on the side of score 1, 13 in the middle half and 1 in the" in words
    assert "In the quarter on the side of score 1: A&E over 12 hours; " in words
    assert "In the quarter on the side of score 4: Days from ready to discharge." in words
    assert "tests nothing" in words


def test_a_trust_without_quartiles_is_told_so():
    assessment = opened(Q1)
    rows = assessment.observations.assign(lower_quartile=None, upper_quartile=None)
    bare = replace(assessment, observations=OBSERVATIONS.arrange(rows))
    empty = bare.with_tables({"findings": FINDINGS.empty()})
    words = told(narrative.peers(page_of(empty, "trust", "RHM")))
    assert words == "No metric of this trust is published with the quartiles of its type."


def test_england_opens_with_counts_the_override_and_what_lacks(england):
    assert told(narrative.opening(england)) == (
        "This page is about 195 trusts in England in Q1 2025/26: 134 acute and 61 mental health "
        "and community. 29 are in segment 1, 23 are in segment 2, 95 are in segment 3 and 48 are "
        "in segment 4.\n\n"
        "The financial override sets the segment of 45 of 195 trusts: they are in segment 3 "
        "because of it; their scores alone would put 21 in segment 1 and 24 in segment 2. The "
        "final segment of 17 of 195 trusts is 5, whatever the segment above: segment 5 means that "
        "the trust is in the recovery programme.\n\n"
        "Not loaded for Q1 2025/26, and so on no chart or table: 10 ambulance trusts."
    )


@pytest.mark.parametrize(
    ("orgs", "words"),
    [
        # RHM and RXG are overridden from 2 and from 1; RPY and RP6 are in segment 1, RCX in 4.
        (["RPY"], "about 1 acute trust in England in Q1 2025/26. It is in segment 1."),
        (["RPY", "RP6"], "about 2 acute trusts in England in Q1 2025/26. Both are in segment 1."),
        (["RPY", "RP6", "RBV"], "All 3 are in segment 1."),
        (["RPY", "RCX"], "1 is in segment 1 and 1 is in segment 4."),
        (
            ["RPY"],
            "The financial override changes no segment here. The final segment of no trust is 5",
        ),
        (["RHM"], f"of the only trust: it {IS_HERE}; its score alone would give 2."),
        (["RHM", "RPY"], f"of 1 of 2 trusts: it {IS_HERE}; its score alone would give 2."),
        (
            ["RHM", "RXG"],
            f"of both trusts: they {ARE_HERE}; their scores alone would put 1 in segment 1 and 1 "
            "in segment 2.",
        ),
        (["RPY", "RP6"], "The final segment of neither of the 2 trusts is 5, whatever"),
        (["RHM", "RPY"], "The final segment of 1 of 2 trusts is 5, whatever"),
    ],
)
def test_openings_agree_with_any_number(orgs, words):
    assert words in opening(orgs)


def test_a_segment_that_is_not_known_is_counted_as_such():
    assessment = changed(only(opened(Q1), ["RHM", "RPY"]), "RHM", adjusted=None)
    words = told(narrative.opening(page_of(assessment, "england")))
    assert "1 is in segment 1 and the segment of 1 is not known." in words


def test_a_page_without_a_trust_says_that_they_are_not_loaded():
    words = told(narrative.opening(page("icb", "QHG", "2025-26-q3")))
    assert words == (
        "No trust of NHS Bedfordshire, Luton and Milton Keynes Integrated Care Board is loaded for "
        "Q3 2025/26. Not loaded for Q3 2025/26, and so on no chart or table: 2 acute trusts."
    )


def test_where_some_of_a_type_lack_their_number_has_a_base():
    words = opening(["R1H", "RQX"], "icb", "QMF")
    assert "1 acute trust of 3 and 2 mental health and community trusts" in words


def test_disputed_trusts_are_named(london):
    words = told(narrative.disputes(london))
    assert words.startswith("Sources dispute the ICB of 4 trusts counted in London: Royal National")
    assert told(narrative.disputes(page("icb", "QMF"))).startswith(
        "No source disputes the ICB of a"
    )


def test_brackets_are_given_for_every_cut(england):
    assert told(narrative.cut_points(england)) == (
        "Segments end at quartiles of the average scores of all NHS trusts together. Ambulance "
        "trusts are not loaded, so the cut points cannot be computed; the published segments "
        "bracket them. The cut lies between segments 1 and 2 from 2.05 to 2.06, between segments 2 "
        "and 3 from 2.32 to 2.33 and between segments 3 and 4 from 2.60 to 2.61."
    )


def test_computed_cuts_are_given_as_they_are(england):
    cuts = england.assessment.cuts.assign(method="computed")
    tables = {**england.assessment.tables, "cuts": cuts}
    words = told(narrative.cut_points(page_of(england.assessment.from_tables(tables), "england")))
    assert words.endswith("The three cut points are 2.05, 2.32 and 2.60.")


def test_a_page_names_quarter_files_rules_and_how_many_periods(southampton):
    words = told(narrative.sources(southampton))
    for part in (
        "Quarter: Q1 2025/26.",
        "data files for acute and mental health and community trusts",
        "Rules: NHS Oversight Framework 2025/26.",
        "Data behind one quarter come from many periods",
        "the earliest ending in December 2023 and the latest in June 2025",
    ):
        assert part in words


def test_the_back_test_counts_what_is_equal(england):
    words = told(narrative.back_test(england))
    assert (
        "all 195 average scores, all 195 segments by score alone, all 195 segments after the "
        "override and all 195 league ranks" in words
    )
    assert words.endswith("Every check lies inside the tolerance that the rules declare.")


def test_a_check_that_fails_is_said_to(england):
    checks = england.assessment.checks.copy()
    checks.loc[0, "passes"] = False
    tables = {**england.assessment.tables, "checks": checks}
    words = told(narrative.back_test(page_of(england.assessment.from_tables(tables), "england")))
    assert words.endswith("1 check lies outside the declared tolerance.")


@pytest.mark.parametrize(("kind", "code"), PAGES)
@pytest.mark.parametrize("name", FOR_AREAS)
def test_areas_are_told_without_merit_or_cause(kind, code, name, quarter):
    check_voice(told(getattr(narrative, name)(page(kind, code, quarter))))


@pytest.mark.parametrize("org", ["G6V2S", "RXG", "RX4", "TAJ"])
@pytest.mark.parametrize("name", FOR_TRUSTS)
def test_trusts_are_told_without_merit_or_cause(org, name, quarter):
    check_voice(told(getattr(narrative, name)(page("trust", org, quarter))))


def check_voice(words):
    assert words
    assert not NEVER.findall(words)
    assert not re.findall(r"\bnan\b|<NA>|\bNone\b(?! of)|  ", words)
    # The one cause there is is the rule's own.
    assert set(re.findall(r"because of (?:the financial override|it)\b|because", words)) <= {
        "because of the financial override",
        "because of it",
    }
    for paragraph in words.split("\n\n"):
        assert paragraph.endswith(".")
        assert paragraph[0].isupper() or paragraph[0].isdigit()
