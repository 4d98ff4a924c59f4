"""Declared corrections: applied while the published figure is as expected, refused after."""

import pytest

from oversight_lib.errors import CorrectionError
from oversight_lib.intake import DATA
from oversight_lib.intake.corrections import corrected, read_corrections
from oversight_lib.intake.publication import load_publication
from tests.intake.published import FRAMEWORK, Q1, Q2, snapshot

GOOD = """
[[correction]]
quarter = "2025-26-q1"
org = "RTF"
item = "OF0013"
expect = 90.3
value = 91.5
reason = "Digits were swapped."
author = "A. Analyst"
date = 2026-01-31
"""


def declare(data, text):
    (data / "corrections.toml").write_text(text, encoding="utf-8")
    return data


def value_of(data, metric, column="value"):
    table = load_publication(data, Q1, FRAMEWORK).observations.set_index(["org", "metric"])
    return table[column].get(metric)


def test_the_bundled_corrections_are_none():
    assert (DATA / "corrections.toml").exists()
    assert read_corrections(DATA) == ()


def test_no_file_is_no_correction(tmp_path):
    assert read_corrections(tmp_path) == ()


def test_a_corrected_figure_is_loaded_and_the_stored_one_stays(data):
    before = snapshot(data / "oversight")
    declare(data, GOOD)
    assert value_of(data, ("RTF", "OF0013")) == 91.5
    assert value_of(data, ("RTF", "OF0013"), "rank") == 3
    assert value_of(data, ("RDY", "OF0079")) == -0.16
    assert snapshot(data / "oversight") == before


def test_a_figure_may_be_dropped(data):
    declare(data, GOOD.replace("value = 91.5", "drop = true"))
    assert value_of(data, ("RTF", "OF0013")) is None
    assert value_of(data, ("RDY", "OF0079")) == -0.16


def test_a_correction_to_zero_is_a_correction(data):
    assert value_of(declare(data, GOOD.replace("91.5", "0")), ("RTF", "OF0013")) == 0


def test_corrections_of_other_quarters_wait(data):
    figures = load_publication(data, Q1, FRAMEWORK).observations.rename(columns={"metric": "item"})
    waiting = read_corrections(declare(data, GOOD))
    assert corrected(figures, Q2, waiting)["value"].tolist() == figures["value"].tolist()


def test_corrections_that_no_longer_fit_fail_together(data):
    mended = GOOD.replace("90.3", "80.3")
    absent = GOOD.replace("RTF", "RZZ")
    with pytest.raises(CorrectionError) as caught:
        load_publication(declare(data, mended + absent), Q1, FRAMEWORK)
    message = str(caught.value)
    assert caught.value.exit_code == 7
    assert "2 declared corrections no longer fit" in message
    assert (
        "correction of RTF OF0013 in 2025-26-q1: the published figure is 90.3; expected 80.3"
        in message
    )
    assert "correction of RZZ OF0013 in 2025-26-q1: there is no such figure" in message
    assert "delete the entry from corrections.toml" in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("value = 91.5", ""), "entry 1: give either value, or drop = true"),
        (GOOD + "drop = true", "entry 1: give either value, or drop = true"),
        (GOOD.replace("2025-26-q1", "spring"), 'entry 1, quarter: "spring" is not a quarter'),
        (GOOD.replace('"Digits were swapped."', '""'), "entry 1, reason: "),
        (GOOD.replace('author = "A. Analyst"', ""), "entry 1, author: Field required"),
        (GOOD.replace("expect", "expects"), "entry 1, expects: "),
        (GOOD + GOOD, "correction of RTF OF0013 in 2025-26-q1: declared twice"),
        (GOOD.replace("[[correction]]", "[[corrections]]"), "corrections: is not known"),
        ("[[correction", "corrections.toml is not TOML"),
    ],
)
def test_an_entry_that_is_not_a_correction_is_refused(text, says, tmp_path):
    with pytest.raises(CorrectionError) as caught:
        read_corrections(declare(tmp_path, text))
    assert says in str(caught.value)
