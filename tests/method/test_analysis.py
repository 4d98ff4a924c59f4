"""The further tables together: which there are, from which quarters, and ranges back-tested."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from oversight_lib.frames import DRIVERS, FIRMNESS, FLOWS, LEAGUE, MOVEMENT, RANGES
from oversight_lib.method import analysis
from oversight_lib.method.rounding import half_up
from oversight_lib.method.uncertainty import likely_ranges
from tests.method.quarters import FRAMEWORK, assessed, whole_quarter

QUARTERS = [f"2025-26-q{number}" for number in (1, 2, 3)]


def analysed(quarter, earlier):
    publication = whole_quarter(3, quarter=quarter)
    assessment = assessed(3, quarter=quarter)
    return analysis.analysed(assessment, publication, FRAMEWORK, earlier=earlier)


def league_of(assessment, *, off=0.0):
    """A league table that publishes our own ranges, its low ends moved by `off`."""
    ranges = likely_ranges(assessment, FRAMEWORK)
    both = assessment.overall.merge(ranges, on=["quarter", "org"])
    return LEAGUE.arrange(
        both.assign(
            average=half_up(both["average"]),
            average_low=(half_up(both["average_low"]) + off).clip(upper=4),
            average_high=half_up(both["average_high"]),
            segment=both["adjusted"],
            in_deficit=both["override"],
        )
    )


def test_every_table_is_there_and_is_its_frame():
    after = analysed(QUARTERS[1], [assessed(2, quarter=QUARTERS[0])])
    assert set(after.further) == {frame.name for frame in analysis.TABLES}
    for frame in analysis.TABLES:
        frame.check(after.table(frame))
        assert len(after.table(frame))


@pytest.mark.parametrize("earlier", [[], QUARTERS[:1]], ids=["none", "one before the last"])
def test_without_the_quarter_just_before_the_tables_of_change_have_no_rows(earlier):
    after = analysed(QUARTERS[2], [assessed(2, quarter=quarter) for quarter in earlier])
    for frame in (MOVEMENT, DRIVERS, FLOWS):
        assert after.further[frame.name].empty
    assert len(after.table(RANGES))


def test_it_is_compared_with_the_quarter_just_before_in_whatever_order_they_come():
    earlier = [assessed(2, quarter=quarter) for quarter in QUARTERS[:2]]
    for order in (earlier, earlier[::-1]):
        assert set(analysed(QUARTERS[2], order).table(MOVEMENT)["previous"]) == {QUARTERS[1]}


def test_a_second_model_of_noise_needs_three_quarters():
    earlier = [assessed(2, quarter=QUARTERS[0]), assessed(1, quarter=QUARTERS[1])]
    models = [
        analysed(QUARTERS[2], some).table(FIRMNESS)["noise_model"].nunique()
        for some in (earlier[1:], earlier)
    ]
    assert models == [1, 2]


@pytest.mark.parametrize(("off", "passes"), [(0.0, True), (0.5, False)])
def test_published_ranges_are_part_of_the_back_test(off, passes):
    publication, assessment = whole_quarter(3), assessed(3)
    published = replace(publication, league=league_of(assessment, off=off))
    light = analysis.back_tested(assessment, published, FRAMEWORK)
    whole = analysis.analysed(assessment, published, FRAMEWORK)
    for found in (light, whole):
        rows = found.checks[found.checks["check"].str.startswith("likely range")]
        ends = ["average high", "average low", "rank high", "rank low"]
        assert rows["check"].tolist() == [f"likely range: {end}" for end in ends]
        assert rows.set_index("check")["passes"]["likely range: average low"] == passes
    assert not light.further


def test_the_back_test_draws_nothing_where_no_range_is_published():
    publication, assessment = whole_quarter(3), assessed(3)
    with patch.object(analysis, "likely_ranges", side_effect=AssertionError("drawn")):
        assert analysis.back_tested(assessment, publication, FRAMEWORK) is assessment
