"""Regions: boards added up, all of them or none."""

import pandas as pd
import pytest

from oversight_lib.frames import ADMISSIONS, DEPRIVATION_DECILES, ICBS
from oversight_lib.method.breakdowns import deciles_of_areas, fifths, served, with_regions
from tests.method.breakdowns.test_measures import figures

BOARDS = ICBS.arrange(
    pd.DataFrame(
        [("QA", "E-QA", "A", "Y1", None, None), ("QB", "E-QB", "B", "Y1", None, None),
         ("QC", "E-QC", "C", "Y2", None, None)],
        columns=ICBS.names,
    )
)  # fmt: skip


def counted(area, counts, people=100):
    return figures([50] * 5, area=area).assign(count=list(map(float, counts)), population=people)


def test_a_regions_figures_are_the_counts_of_its_boards_added_up():
    both = pd.concat(
        [counted("QA", [10, 20, 30, 40, 50]), counted("QB", [30, 30, 30, 30, 30], 300)]
    )
    table = with_regions(both, BOARDS, per=100)
    region = table[table["area"] == "Y1"].sort_values("group")
    assert region["value"].tolist() == pytest.approx(
        [100 * (10 + 30) / 400, 100 * 50 / 400, 100 * 60 / 400, 100 * 70 / 400, 100 * 80 / 400]
    )
    assert region["summed"].all()
    assert region[["low", "high"]].isna().all(axis=None)
    assert not table[table["area"].isin(["QA", "QB"])]["summed"].any()


def test_a_region_that_lacks_a_board_has_no_figures():
    table = with_regions(counted("QA", [10] * 5), BOARDS, per=100)
    assert "Y1" not in set(table["area"])


def test_a_group_that_one_board_suppresses_is_not_there_for_the_region():
    hidden = counted("QB", [30] * 5)
    hidden.loc[0, "count"] = None
    table = with_regions(pd.concat([counted("QA", [10] * 5), hidden]), BOARDS, per=100)
    assert sorted(table.loc[table["area"] == "Y1", "group"]) == [2, 3, 4, 5]


def test_a_region_with_figures_of_its_own_keeps_them():
    own = figures([70] * 5, area="Y2")
    table = with_regions(pd.concat([own, counted("QC", [10] * 5)]), BOARDS, per=100)
    assert set(table.loc[table["area"] == "Y2", "value"]) == {70}


def deciles(**counts):
    """Two deciles filled an area: the first and the last."""
    rows = [(a, d, {1: n[0], 10: n[1]}.get(d, 0)) for a, n in counts.items() for d in range(1, 11)]
    return DEPRIVATION_DECILES.arrange(pd.DataFrame(rows, columns=DEPRIVATION_DECILES.names))


def test_small_areas_add_up_to_regions_and_england():
    table = deciles_of_areas(deciles(QA=(1, 9), QB=(5, 5), QC=(0, 10)), BOARDS)
    first = table[table["decile"] == 1].set_index("area")["small_areas"]
    assert first.to_dict() == {"ENG": 6, "QA": 1, "QB": 5, "QC": 0, "Y1": 6, "Y2": 0}


def test_the_most_deprived_fifth_is_the_first_two_deciles():
    table = deciles(QA=(1, 9)).assign(small_areas=lambda t: t["decile"])
    assert fifths(table).loc["QA"] == pytest.approx((1 + 2) / 55)


def test_whom_a_trust_serves_is_the_mean_of_its_boards_by_admissions():
    rows = [("R1", "QA", 0.75), ("R1", "QB", 0.245), ("R1", "QC", 0.005), ("R2", "QC", 1.0)]
    shares = ADMISSIONS.arrange(pd.DataFrame(rows, columns=ADMISSIONS.names))
    table = served(shares, deciles(QA=(1, 9), QB=(5, 5), QC=(0, 10))).set_index("org")
    assert table.loc["R1", "most_deprived_fifth"] == pytest.approx(0.75 * 0.1 + 0.245 * 0.5)
    assert table.loc["R1", "boards"] == 2  # the third has less than 1%
    assert table.loc["R1", "largest_share"] == 0.75
    assert table.loc["R2", "most_deprived_fifth"] == 0


def test_admissions_from_boards_that_are_not_known_do_not_count():
    shares = ADMISSIONS.arrange(
        pd.DataFrame([("R1", "QA", 0.5), ("R1", "QZ", 0.5)], columns=ADMISSIONS.names)
    )
    table = served(shares, deciles(QA=(1, 9)))
    assert table["most_deprived_fifth"].tolist() == pytest.approx([0.1])
    assert table["largest_share"].tolist() == [1.0]
