"""Every file that must be refused: the message says where and what, and nothing is written."""

import pytest

from oversight_lib.errors import PublicationError
from oversight_lib.intake.arrivals import intake
from tests.intake.published import BAD, FIGURES_FILE, LEAGUE_FILE, Q1, Q2, cells, snapshot, write

# The file's name is the reason; each line of its value must be said about it.
SAYS = {
    "adjusted-segment-5": [
        'row 4, column Value: "5.0" is out of range',
        "1, 2, 3 or 4, for OF5000",
    ],
    "blank-unit": ["row 2, column Units: the cell is blank"],
    "control-character": [
        'row 2, column Trust_name: "Northumbria\\x1b[31m Healthcare NHS Foundation Trust" has a '
        "character that cannot be seen"
    ],
    "control-character-in-the-header": [
        'row 1: "No\\x1bte" has a character that cannot be seen',
    ],
    "duplicated-column": ["row 1, column Rank: the column appears 2 times"],
    "duplicated-key": ["row 9, column Metric_ID", "RTF, OF1013 is already in row 3"],
    "empty-but-for-bom": ["the file is empty"],
    "empty-file": ["the file is empty"],
    "encoding-utf-16": ["this is text in UTF-16"],
    "encoding-windows-1252": ["row 8: byte 0x96 is not UTF-8", "CSV UTF-8"],
    "flag-between": ['row 6, column Value: "0.5" is not whole', "a flag, 0 or 1, for OF5004"],
    "flag-not-0-or-1": ['row 6, column Value: "2.0" is out of range', "a flag, 0 or 1, for OF5004"],
    "html-error-page": ["this is a web page"],
    "last-line-without-end": ["row 8: the last line has no end"],
    "league-average-blank": ["row 3, column Average_score: a blank is not a number"],
    "league-average-outside": ['row 3, column Average_score: "0.5" is out of range', "from 1 to 4"],
    "league-deficit-not-yes-or-no": ['row 3, column Trust_in_financial_deficit: "1"', "Yes or No"],
    "league-duplicated-trust": ["row 4, column Trust_code", "RYY is already in row 2"],
    "league-missing-column": ["row 1: there is no column Segment"],
    "league-range-not-a-range": [
        'row 2, column Likely_range_of_average_score: "1.2-1.89" is not a range'
    ],
    "league-range-outside": [
        'row 3, column Likely_range_of_average_score: "1.72 to 4.2" is out of range'
    ],
    "league-range-upside-down": ['row 2, column Likely_range_of_rank: "11 to 1" is not a range'],
    "league-rank-range-with-fraction": ['row 3, column Likely_range_of_rank: "6.5 to 49"'],
    "league-segment-5": ['row 3, column Segment: "5.0" is out of range', "from 1 to 4"],
    "many-problems": [
        "5 problems in many-problems.csv",
        'row 2, column Value: "903.0" is out of range',
        'row 3, column Metric_ID: "OF1999"',
        'row 4, column Value: "5.0" is out of range',
        'row 6, column Value: "2.0" is out of range',
        'row 8, column Trust_code: "RZZ9"',
    ],
    "missing-and-duplicated-column": [
        "row 1, column Rank: the column appears 2 times",
        "row 1: there is no column Value",
    ],
    "missing-column": ["row 1: there is no column Value"],
    "name-that-turns-direction": [
        'row 2, column Trust_name: "Northumbria \\u202eHealthcare NHS Foundation Trust" has a '
        "character that cannot be seen"
    ],
    "no-row-names-the-quarter": ["column Reporting_date: no row names the quarter", "--quarter"],
    "no-rows": ["row 2: there are no rows below the header"],
    "not-a-number": [
        'row 2, column Value: "90.3%" is not a number',
        'row 4, column Rank: "9=" is not a number',
        'row 5, column Value: "1,74" is not a number',
        'row 8, column Median_value: "n/a" is not a number',
    ],
    "not-a-quarter": ['row 8, column Quarter: "Quarter 1" is not a quarter'],
    "percentage-below-0": ['row 2, column Value: "-0.1" is out of range', "0 to 100 for OF0013"],
    "percentage-over-100": ['row 2, column Value: "903.0" is out of range', "0 to 100 for OF0013"],
    "quarter-without-rules": ["row 8, column Quarter: there are no rules for Q1 2019/20"],
    "quotation-mark-not-closed": ["row 2: not a row of a CSV file"],
    "rank-0": ['row 2, column Rank: "0.0" is out of range'],
    "rank-with-fraction": ['row 2, column Rank: "3.5" is not whole'],
    "reporting-dates-disagree": [
        "rows 4 and 6, column Reporting_date: a result is of Q1 2025/26",
        "row 5, column Reporting_date: a result is of Q2 2025/26",
    ],
    "score-above-4": ['row 3, column Value: "4.01" is out of range', "from 1 to 4 for OF1013"],
    "score-below-1": ['row 5, column Value: "0.99" is out of range', "from 1 to 4 for OF5002"],
    "segment-above-5": ['row 7, column Value: "6.0" is out of range', "4 or 5, for OF5005"],
    "segment-with-fraction": ['row 7, column Value: "2.5" is not whole'],
    "short-row": ["row 2, column Rank: the row has 16 cells; expected 17"],
    "short-row-and-unknown-metric": [
        "row 2, column Rank: the row has 16 cells",
        'row 3, column Metric_ID: "OF1999"',
    ],
    "title-above-the-header": ["row 1: the header is of no layout that is known"],
    "truncated-in-a-row": ["row 8: the last line has no end: the file is cut off"],
    "truncated-short-last-row": [
        "row 8, column Reporting_date: the row has 10 cells: the file is cut off"
    ],
    "trust-under-another-type": ['row 8, column Trust_code: "RDY"', "mental-health-community"],
    "unit-of-another-metric": ['row 2, column Units: "mins" is another unit', "percent for OF0013"],
    "unknown-layout": ["row 1: the header is of no layout that is known"],
    "unknown-metric": ['row 3, column Metric_ID: "OF1999"', "rules/2025-26/metrics.toml"],
    "unknown-trust-code": ['row 8, column Trust_code: "RZZ9"', "data/organisations/trusts.csv"],
    "unknown-trust-type": ['row 8, column Trust_type: "Care home" is not a trust type'],
    "zip-archive": ["not a workbook"],
}


def refused(paths, data, **options):
    """The message with which files are refused, after a look that nothing was written."""
    before = snapshot(data)
    with pytest.raises(PublicationError) as caught:
        intake(paths, data, **options)
    assert snapshot(data) == before
    assert caught.value.exit_code == 4
    return str(caught.value)


def test_every_bad_file_has_its_message_and_every_message_its_file():
    assert {path.stem for path in BAD} == set(SAYS)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_and_the_message_says_where_and_what(path, data):
    message = refused([path], data)
    # No problem but the one the file is named for.
    for line in message.splitlines()[1:-1]:
        assert any(words in line for words in SAYS[path.stem])
    for words in SAYS[path.stem]:
        assert words in message
    assert path.name in message
    assert "nothing was taken in" in message
    assert "Do this:" in message


def test_one_bad_file_keeps_good_ones_out_and_all_bad_ones_are_named(data):
    bad = [path for path in BAD if path.stem in ("score-above-4", "html-error-page")]
    message = refused([LEAGUE_FILE, *bad], data)
    assert "score-above-4.csv, row 3, column Value" in message
    assert "html-error-page.csv: this is a web page" in message


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(data, tmp_path):
    message = refused([tmp_path / "absent.csv", tmp_path], data)
    assert "absent.csv: no such file or directory" in message
    assert f"{tmp_path.name}: is a directory" in message


def test_two_files_with_the_same_quarter_and_type_are_refused(data, tmp_path):
    other = write(tmp_path / "v2.csv", cells(FIGURES_FILE)[:-1])
    message = refused([FIGURES_FILE, other], data)
    assert "v2.csv: holds Q1 2025/26, acute, figures; so does figures.csv" in message


def test_a_file_whose_quarter_is_not_the_one_given_is_refused(data):
    message = refused([FIGURES_FILE], data, quarter=Q2)
    assert "rows 2, 3, 4, 5, 6 and 2 more, column Quarter: the file says Q1 2025/26" in message
    assert "expected Q2 2025/26, as --quarter says" in message


def test_reporting_dates_that_disagree_are_refused_even_if_one_is_the_quarter_given(data):
    path = next(path for path in BAD if path.stem == "reporting-dates-disagree")
    message = refused([path], data, quarter=Q1)
    assert "row 5, column Reporting_date: the file says Q2 2025/26" in message


def test_the_same_mistake_in_many_rows_is_one_problem(data, tmp_path):
    rows = [row | {"Trust_code": "RZZ"} for row in cells(FIGURES_FILE)[:6]]
    message = refused([write(tmp_path / "many.csv", rows)], data)
    assert message.startswith("1 problem in many.csv")
    assert 'rows 2, 3, 4, 5, 6 and 1 more, column Trust_code: "RZZ"' in message
