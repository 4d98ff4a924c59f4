"""The measures of areas, against the worked example of Humber and North Yorkshire."""

import numpy as np
import pandas as pd
import pytest

from oversight_lib.frames import BREAKDOWN_FIGURES
from oversight_lib.intake.breakdowns.cvdprevent import CHOLESTEROL
from oversight_lib.method.breakdowns import changed, measured
from tests.method.inequality.worked import CHOLESTEROL as WORKED
from tests.method.inequality.worked import ENGLAND

NATIONAL = "IMD 2019, national fifths"


def figures(values, *, area="QOQ", order="2023-12", population=None, grouping=NATIONAL, **columns):
    """BREAKDOWN_FIGURES of five fifths, half a point either side."""
    values = np.asarray(values, float)
    rows = pd.DataFrame(
        {"value": values, "low": values - 0.5, "high": values + 0.5, "group": range(1, 6)}
    ).assign(
        indicator="cvd-cholesterol", period=order, order=order, area=area, grouping=grouping,
        dimension="deprivation", count=np.nan, population=population or 1000, symbol=None,
        summed=False,
    )  # fmt: skip
    rows["label"] = "fifth " + rows["group"].astype(str)
    return BREAKDOWN_FIGURES.arrange(rows.assign(**columns))


def worked():
    rows = figures(WORKED["value"], population=list(WORKED["population"]))
    mine = rows.assign(low=WORKED["low"].to_numpy(float), high=WORKED["high"].to_numpy(float))
    whole = figures([66.48, 62.71, 59.71, 58.44, 57.15], area="ENG", population=ENGLAND)
    return pd.concat([mine, whole], ignore_index=True)


def of(table, measure, area="QOQ"):
    (row,) = table[(table["measure"] == measure) & (table["area"] == area)].to_dict("records")
    return row


def test_the_worked_example_with_englands_ranks_and_with_its_own():
    table = measured(CHOLESTEROL.row(), worked())
    national, local = of(table, "sii_national"), of(table, "sii_local")
    assert national["value"] == pytest.approx(-10.9823, abs=5e-5)
    # Limits of percentages are even in log odds: a thousandth from those even as they are.
    assert (national["low"], national["high"]) == pytest.approx((-12.133, -9.832), abs=1e-3)
    ends = (national["most_deprived_end"], national["least_deprived_end"])
    assert ends == pytest.approx((64.628, 53.645), abs=5e-4)
    assert local["value"] == pytest.approx(-10.407, abs=5e-4)
    assert of(table, "gap")["value"] == pytest.approx(-(65.61 - 55.46))
    assert national["most_deprived_value"] == 65.61
    given = worked()[["period", "order"]].drop_duplicates().to_dict("records")
    assert table[["period", "order"]].drop_duplicates().to_dict("records") == given


def test_groups_that_are_not_in_order_are_not_measured():
    unordered = figures([60.0, 61.0, 62.0, 63.0, 64.0], grouping="by service").assign(
        group=pd.array([pd.NA] * 5, dtype="Int64")
    )
    both = pd.concat([worked(), unordered], ignore_index=True)
    assert set(measured(CHOLESTEROL.row(), both)["grouping"]) == {NATIONAL}


def test_england_has_the_same_index_either_way():
    table = measured(CHOLESTEROL.row(), worked())
    assert of(table, "sii_local", "ENG")["value"] == pytest.approx(
        of(table, "sii_national", "ENG")["value"]
    )


def test_without_england_or_with_local_groups_there_are_no_ranks_of_england():
    alone = worked().query("area == 'QOQ'")
    within = pd.concat(
        [
            figures([60, 59, 58, 57, 56], area=a, grouping="deciles within area")
            for a in ("QOQ", "ENG")
        ]
    )
    for table in (measured(CHOLESTEROL.row(), alone), measured(CHOLESTEROL.row(), within)):
        assert not table["measure"].str.endswith("national").any()
        assert len(table)


def test_a_suppressed_group_leaves_an_area_without_measures_and_says_why():
    rows = worked()
    rows.loc[(rows["area"] == "QOQ") & (rows["group"] == 3), ["value", "low", "high"]] = np.nan
    table = measured(CHOLESTEROL.row(), rows)
    mine = table[table["area"] == "QOQ"]
    assert mine["value"].isna().all()
    assert set(mine["reason"]) == {"group 3 is missing or suppressed"}
    assert of(table, "sii_local", "ENG")["value"] == pytest.approx(-11.2, abs=0.1)


def test_more_than_a_tenth_without_a_stated_group_is_refused():
    rows = worked().query("area == 'QOQ'")
    people = WORKED["population"].sum()
    for share, refused in ((0.09, False), (0.12, True)):
        not_stated = rows.head(1).assign(
            label="not stated", group=pd.NA, value=np.nan, low=np.nan, high=np.nan,
            population=people * share / (1 - share),
        )  # fmt: skip
        both = pd.concat([rows, not_stated]).astype({"group": "Int64"})
        table = measured(CHOLESTEROL.row(), both)
        assert of(table, "sii_local")["value"] is not None
        assert np.isnan(of(table, "sii_local")["value"]) == refused


def test_ethnicity_age_and_sex_have_no_slope():
    rows = figures([1, 2, 3, 4, 5], dimension="ethnicity", group=pd.NA)
    assert measured(CHOLESTEROL.row(), rows).empty


def test_changes_are_from_quarter_to_quarter_and_from_the_first_to_the_last():
    rows = pd.concat(
        [
            figures(np.array([60, 58, 56, 54, 52.0]) * k, order=order)
            for k, order in ((1, "2023-03"), (1.02, "2023-06"), (1.1, "2023-09"))
        ]
    )
    table = changed(measured(CHOLESTEROL.row(), rows))
    pairs = list(zip(table["previous"], table["period"], strict=True))
    assert pairs == [("2023-03", "2023-06"), ("2023-03", "2023-09"), ("2023-06", "2023-09")]
    # Slopes: five equal groups falling by 2, 2.04 and 2.2 a group, so 10, 10.2 and 11 over all
    # ranks; higher is better, so the most deprived are better off and the index is below 0.
    assert table["value"].tolist() == pytest.approx([-0.2, -1.0, -0.8])


def test_one_period_has_no_change():
    assert changed(measured(CHOLESTEROL.row(), worked())).empty
