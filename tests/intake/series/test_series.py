"""Taking files in: layouts by header, rank of sources, stable bytes, clear errors, tidy files."""

import pandas as pd
import pytest

from oversight_lib.errors import CorrectionError, PublicationError, StoreError
from oversight_lib.frames import SERIES
from oversight_lib.intake.series import is_series, load_series, take_in
from oversight_lib.intake.series.exclusions import read_exclusions
from oversight_lib.intake.series.holdings import card_path, names, read_sources
from oversight_lib.intake.series.layouts import HEALTH_CHECKS, QOF, TRENDS
from tests.intake.published import FIGURES_FILE, snapshot
from tests.intake.series import files

SAYS = {
    "board-closed": '"QNQ" was closed in that month',
    "counts-and-value-disagree": '"61" is not numerator over denominator in percent',
    "missing-column": "there is no column value",
    "negative-count": '"-1" is out of range; expected a count, 0 or more',
    "no-publisher": "column publisher: the cell is blank",
    "numerator-alone": '"600" stands alone; expected numerator and denominator, or a value',
    "numerator-over-denominator": '"700" is more than its denominator',
    "percent-sign": '"60.1%" is not a number',
    "percentage-over-100": '"160.1" is out of range; expected from 0 to 100 for rtt-18-week',
    "period-in-words": '"Apr-25" is not a period of rtt-18-week; expected a month, as 2025-04',
    "period-of-another-cadence": "expected a financial year, as 2024-25",
    "row-twice": "rtt-18-week, QE1, 2025-04 is already in row 2",
    "unknown-area": '"QZZ" is not an area; expected ENG, a region or a board',
    "unknown-layout": "it is of no layout of series that is known",
    "unknown-measure": '"rtt-19-week" is not a measure; expected one of ae-4-hour',
}


def test_every_bad_file_has_its_reason():
    assert {path.stem for path in files.BAD} == SAYS.keys()


@pytest.mark.parametrize("path", files.BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_written(path, tmp_path):
    with pytest.raises(PublicationError) as refused:
        take_in([path], tmp_path / "data")
    assert path.name in str(refused.value)
    assert SAYS[path.stem] in str(refused.value)
    assert not (tmp_path / "data").exists()


def test_problems_of_all_files_are_told_at_once(tmp_path):
    with pytest.raises(PublicationError) as refused:
        take_in(files.BAD[:3], tmp_path / "data")
    assert len(refused.value.problems) == 3


def test_a_filled_file_becomes_a_series_with_its_source(tmp_path):
    rows = [
        ("rtt-18-week", "QE1", "2025-04", 600, 1000, ""),
        ("rtt-18-week", "E54000061", "2025-04", "", "", 58.2),
        ("rtt-18-week", "QF7", "2025-05", "", "", ""),
        ("icb-plan-variance", "QF7", "2025-26", "", "", -0.4),
    ]
    data = tmp_path / "data"
    take_in([files.tidy_file(tmp_path / "t.csv", rows)], data)
    assert names(data) == ["icb-plan-variance", "rtt-18-week"]
    found = load_series(data).set_index(["measure", "area", "period"])
    assert found.loc[("rtt-18-week", "QE1", "2025-04"), "value"] == 100 * 600 / 1000
    assert found.loc[("rtt-18-week", "QF7", "2025-04"), "value"] == 58.2
    assert pd.isna(found.loc[("rtt-18-week", "QF7", "2025-05"), "value"])
    assert found.loc[("rtt-18-week", "QF7", "2025-05"), "reason"] == "not published"
    assert found.loc[("icb-plan-variance", "QF7", "2025-26"), "value"] == -0.4
    source = read_sources(card_path(data, "rtt-18-week"))[0]
    assert (source.publisher, source.title) == ("NHS England", "A table by ICB")
    assert (source.file, source.rows, source.period) == ("t.csv", 3, "2025-04 to 2025-05")


def test_a_file_from_a_spreadsheet_in_windows_1252_is_read(tmp_path):
    path = files.tidy_file(tmp_path / "t.csv", [("rtt-18-week", "QE1", "2025-04", 6, 10, "")])
    path.write_bytes(path.read_bytes().replace(b"A table", "A £ table".encode("cp1252")))
    take_in([path], tmp_path / "data")
    assert read_sources(card_path(tmp_path / "data", "rtt-18-week"))[0].title == "A £ table by ICB"


def test_taking_in_again_changes_nothing_and_the_order_does_not_matter(tmp_path):
    rows = [("E54000008", 1000, 200, "July 2024"), ("E54000010", 2000, 500, "August 2024")]
    derived = files.derived_file(tmp_path / "d.csv", rows)
    book = files.workbook(tmp_path / "w.xlsx", [("QYG", 900, 300)], period="July 2024")
    for name, order in (("one", [derived, book]), ("two", [book, derived])):
        take_in(order, tmp_path / name)
    first = snapshot(tmp_path / "one")
    assert first == snapshot(tmp_path / "two")
    take_in([derived], tmp_path / "one")
    assert first == snapshot(tmp_path / "one")
    SERIES.check(load_series(tmp_path / "one"))
    found = load_series(tmp_path / "one").set_index(["measure", "area", "period"])
    assert found.loc[("ae-4-hour", "QYG", "2024-07"), "source"] == "w.xlsx"


def test_two_files_of_one_layout_for_one_month_are_refused(tmp_path):
    rows = [files.provider("R1H", c0=10)]
    paths = [
        files.provider_file(tmp_path / "a.csv", "JUNE-2025", rows),
        files.provider_file(tmp_path / "b.csv", "JUNE-2025", [files.provider("R1H", c0=11)]),
    ]
    with pytest.raises(PublicationError, match="another file has ae-4-hour for 2025-06 too"):
        take_in(paths, tmp_path / "data")
    for path in paths:
        take_in([path], tmp_path / "data")
    found = load_series(tmp_path / "data").set_index(["measure", "area"])
    assert found.loc[("ae-4-hour", "QMF"), "denominator"] == 11


def test_series_are_told_from_the_framework_s_own_files(tmp_path):
    series = files.tidy_file(tmp_path / "t.csv", [("rtt-18-week", "QE1", "2025-04", 6, 10, "")])
    assert is_series(series)
    assert not is_series(FIGURES_FILE)


def test_adjusted_patients_are_in_the_base_of_a_practice_measure(tmp_path):
    rows = [
        ("QE1", "MH021", 60, 80, 20),
        ("ENG", "MH021", 600, 800, 200),
        ("QE1", "AF001", 1, 2, 0),
    ]
    take_in([files.qof_file(tmp_path / "q.csv", rows)], tmp_path / "data")
    found = load_series(tmp_path / "data").set_index(["measure", "area"])
    assert found.loc[("smi-checks", "QE1"), "value"] == 100 * 60 / (80 + 20)
    assert len(found) == 2


def test_a_survey_keeps_its_published_interval(tmp_path):
    rows = [("QE1", "gpps-listened", 88.25, 87.67, 88.8, 21379)]
    take_in([files.survey_file(tmp_path / "s.csv", rows)], tmp_path / "data")
    found = load_series(tmp_path / "data").iloc[0]
    assert (found["value"], found["low"], found["high"]) == (88.25, 87.67, 88.8)
    assert found["denominator"] == 21379


def test_the_share_failing_becomes_the_share_within(tmp_path):
    metric = "Proportion of incomplete pathways greater than 18 weeks from referral"
    path = files.write(
        tmp_path / "y.csv",
        ["year", "org", "metric", "value", "domain"],
        [[2022, "QE1", metric, 35.5, "Performance"], [2022, "QE1", "Spend (£k)", 1, "Capacity"]],
        encoding="cp1252",
    )
    take_in([path], tmp_path / "data")
    assert list(load_series(tmp_path / "data")["value"]) == [100 - 35.5]


def test_health_checks_are_summed_from_locations_to_boards(tmp_path):
    answers = {("00L", "All6PHC"): 30, ("00L", "SMIRegister"): 50,
               ("01H", "All6PHC"): 10, ("01H", "SMIRegister"): 50}  # fmt: skip
    rows = [["SMI-Q4-2023-2024", *place, many] for place, many in answers.items()]
    path = files.write(tmp_path / "h.csv", ["Period", "CCG Code", "Question", "Answer"], rows)
    take_in([path], tmp_path / "data")
    found = load_series(tmp_path / "data").set_index(["area", "period"])
    assert found.loc[("ENG", "2023-24-q4"), "value"] == 100 * (30 + 10) / (50 + 50)
    assert found.loc[("QHM", "2023-24-q4"), "value"] == 40.0


def test_a_quarter_with_a_location_that_is_gone_has_only_england(tmp_path):
    rows = [["SMI-Q1-2019-2020", code, question, many]
            for code in ("00L", "00C")
            for question, many in (("All6PHC", 10), ("SMIRegister", 40))]  # fmt: skip
    path = files.write(tmp_path / "h.csv", ["Period", "CCG Code", "Question", "Answer"], rows)
    take_in([path], tmp_path / "data")
    assert list(load_series(tmp_path / "data")["area"]) == ["ENG"]


def refused(tmp_path, path):
    with pytest.raises(PublicationError) as raised:
        take_in([path], tmp_path / "data")
    return str(raised.value)


FAILED = "Proportion of incomplete pathways greater than 18 weeks from referral"


@pytest.mark.parametrize(
    ("layout", "row", "says"),
    [
        (TRENDS, [2022, "QZZ", FAILED, 35.5, "x"], '"QZZ" is not a board'),
        (TRENDS, ["last", "QE1", FAILED, 35.5, "x"], '"last" is not a year; expected as 2023'),
        (TRENDS, [2022, "QE1", FAILED, 135.5, "x"], "expected a percentage from 0 to 100"),
        (TRENDS, [2022, "QE1", "Spend", 1, "x"], "none of the measures we use"),
        (HEALTH_CHECKS, ["Q4", "00L", "All6PHC", 30], '"Q4" is not a quarter'),
        (HEALTH_CHECKS, ["SMI-Q4-2023-2024", "00L", "All6PHC", 30], "there is no SMIRegister"),
        (QOF, ["QE1", "AF001", 1, 2, 0, 50, 5, 50], "none of the indicators we use"),
        (QOF, ["QZZ", "MH021", 60, 80, 20, 75, 5, 60], '"QZZ" is not a board'),
        (QOF, ["QE1", "MH021", 60, 80, 20, 75, 5, 75], '"75" is not the numerator over the base'),
    ],
)
def test_a_file_that_is_not_what_its_layout_says_is_refused(tmp_path, layout, row, says):
    assert says in refused(tmp_path, files.write(tmp_path / "f.csv", layout.columns, [row]))


def test_a_question_that_nobody_asked_is_refused(tmp_path):
    path = files.survey_file(tmp_path / "s.csv", [("QE1", "gpps-parking", 88, 87, 89, 21)])
    assert '"gpps-parking" is not a question' in refused(tmp_path, path)


def test_a_row_that_is_too_short_is_refused(tmp_path):
    path = files.tidy_file(tmp_path / "t.csv", [("rtt-18-week", "QE1", "2025-04", 6, 10, "")])
    path.write_text(path.read_text("utf-8") + "rtt-18-week,QE1\n", "utf-8")
    assert "row 3" in refused(tmp_path, path)


def test_a_report_says_what_was_taken_in(tmp_path):
    path = files.tidy_file(tmp_path / "t.csv", [("rtt-18-week", "QE1", "2025-04", 6, 10, "")])
    report = take_in([path], tmp_path / "data")
    assert str(report) == "\n".join(report.lines)
    assert "rtt-18-week" in str(report)


def test_a_card_that_is_none_says_what_to_do(tmp_path):
    path = tmp_path / "rtt.card.toml"
    path.write_text('licence = "none"\n')
    with pytest.raises(StoreError, match=r"not a source card[\s\S]*oversight series"):
        read_sources(path)


def test_exclusions_that_cannot_be_read_are_refused(tmp_path):
    own = tmp_path / "series" / "exclusions.toml"
    own.parent.mkdir()
    own.write_text('[[exclusion]]\nmeasure = "ae-4-hour"\n')
    with pytest.raises(CorrectionError, match=r"exclusions\.toml cannot be read"):
        read_exclusions(tmp_path)
