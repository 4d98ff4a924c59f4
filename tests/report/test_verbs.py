"""Verbs of change: rare where nothing changed, turned by the direction, blind to the unit."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from oversight_lib.frames import ICBS
from oversight_lib.method.spc import control_chart
from oversight_lib.report.narrative.context import licensed
from oversight_lib.report.systems import Charted, charted
from oversight_lib.rules import measures
from tests.method.test_spc_simulation import stable_series
from tests.report.pages import page

MEASURE = "ae-admission-waits"
VERBS = re.compile(r"\b(improved|deteriorated)\b")
SWAPPED = {"improved": "deteriorated", "deteriorated": "improved"}
REPORTS, MONTHS = 120, 24


def told(values, measure="ae-4-hour", better=None, *, scale=1.0):
    """What the report of an area says may be said of the latest month."""
    rule = measures()[measure]
    bounds = tuple(scale * end for end in rule.bounds)
    chart = control_chart(
        scale * values, better=better or rule.better, bounds=bounds, stock=rule.stock
    )
    return str(licensed(page("icb", "QMF"), Charted(rule, chart)))


def simulated(carry):
    months = pd.period_range("2023-04", periods=MONTHS, freq="M")
    series = stable_series(carry, REPORTS, seed=30, length=MONTHS)
    return [pd.Series(70 + 2 * values, months) for values in series]


@pytest.mark.parametrize(("carry", "at_most"), [(0, 0.03), (0.64, 0.05)])
def test_few_reports_of_a_stable_series_say_that_it_improved_or_deteriorated(carry, at_most):
    said = [bool(VERBS.search(told(values))) for values in simulated(carry)]
    assert np.mean(said) <= at_most


@cache
def real():
    """The latest month of every board, as its months and what is said of it."""
    view, every = page("england"), []
    for code in view.assessment.table(ICBS)["icb"]:
        if found := charted(view, MEASURE, code):
            values = found.chart.points.set_index("period")["value"]
            every.append((values, told(values, MEASURE)))
    return every


def test_real_series_say_both_verbs_and_mostly_none():
    said = [VERBS.findall(words) for _, words in real()]
    assert {verb for verbs in said for verb in verbs} == set(SWAPPED)
    assert sum(map(bool, said)) < len(said) / 10


def test_turning_what_is_better_swaps_the_verbs_and_nothing_else():
    assert measures()[MEASURE].better == "lower"
    for values, words in real():
        swapped = VERBS.sub(lambda verb: SWAPPED[verb[1]], words)
        assert told(values, MEASURE, "higher") == swapped


def test_another_unit_changes_no_word():
    for values, words in real():
        assert told(values, MEASURE, scale=100.0) == words


def test_a_series_with_a_missing_latest_month_says_no_direction_of_it():
    months = pd.period_range("2023-04", periods=MONTHS, freq="M")
    values = pd.Series([*[70.0, 71.0] * 11, 70.0, np.nan], months)
    assert not VERBS.search(told(values))


def test_a_chart_without_limits_has_no_verb():
    chart = charted(page("icb", "QMF"), "ae-4-hour")
    short = control_chart(chart.chart.points.set_index("period")["value"].tail(4), better="higher")
    assert not VERBS.search(str(licensed(page("icb", "QMF"), replace(chart, chart=short))))
