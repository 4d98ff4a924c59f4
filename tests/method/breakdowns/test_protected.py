"""Breakdowns under a policy: what is shown, and what may not be seen."""

import numpy as np
import pandas as pd
import pytest

from oversight_lib.errors import UnknownNameError
from oversight_lib.method.breakdowns import secrets, shown
from oversight_lib.method.disclosure.policies import policy
from tests.method.breakdowns.test_measures import figures

HIDING = "nhs-secondary-care"


def local(counts, people=(40, 400, 400, 400, 400), area="QMF"):
    return figures([1.0] * 5, area=area).assign(
        count=np.asarray(counts, float), population=np.asarray(people, float),
        value=100 * np.asarray(counts) / np.asarray(people),
    )  # fmt: skip


def test_a_count_up_to_the_threshold_is_hidden_with_its_value_and_limits():
    table = shown(local([7, 8, 100, 100, 100]), policy_id=HIDING, per=100).set_index("group")
    assert table.loc[1, "symbol"] == "[c]"
    assert table.loc[1, ["value", "low", "high", "count"]].isna().all()
    assert table.loc[2, "count"] == 10
    assert table.loc[2, "value"] == pytest.approx(100 * 10 / 400)
    assert table.loc[2, ["low", "high"]].isna().all()


def test_hidden_is_never_0_and_none_is():
    table = shown(local([0, 3, 100, 100, 100]), policy_id=HIDING, per=100).set_index("group")
    assert (table.loc[1, "count"], table.loc[1, "value"]) == (0, 0)
    assert np.isnan(table.loc[2, "count"])


def test_england_and_what_its_publisher_made_safe_stay_as_they_are():
    rows = local([3, 3, 3, 3, 3], area="ENG")
    pd.testing.assert_frame_equal(shown(rows, policy_id=HIDING, per=100), rows)
    mine = local([3, 3, 3, 3, 3])
    pd.testing.assert_frame_equal(shown(mine, policy_id="already-protected", per=100), mine)
    assert secrets(rows, policy_id=HIDING, per=100, names={}) == []
    assert secrets(mine, policy_id="already-protected", per=100, names={}) == []


def test_a_symbol_that_came_with_the_data_stays():
    rows = local([100] * 5)
    rows.loc[0, ["count", "value"]] = np.nan
    rows["symbol"] = ["[x]", *[None] * 4]
    table = shown(rows, policy_id=HIDING, per=100).set_index("group")
    assert table.loc[1, "symbol"] == "[x]"


def test_a_secret_is_said_by_code_name_or_group_and_never_shows_a_rounded_number():
    found = secrets(local([7, 12, 100, 100, 100]), policy_id=HIDING, per=100,
                    names={"QMF": ("NHS North East London",)})  # fmt: skip
    by_group = {next(iter(one.labels[2] & set("12345"))): one for one in found}
    assert set(by_group) == {"1", "2"}  # 100 of 400 are multiples of 5 and stand as they are
    assert by_group["1"].numbers == {"7", "17.5"}  # 40 stands; 7 of 40 is 17.5%
    assert by_group["2"].numbers == {"12"}
    assert "nhs north east london" in by_group["1"].labels[1]


def test_an_unknown_policy_is_told():
    with pytest.raises(UnknownNameError, match="already-protected"):
        policy("mine")
