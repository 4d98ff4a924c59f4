"""Published files of series made for tests, in the publishers' layouts."""

import csv
from pathlib import Path

from openpyxl import Workbook

from oversight_lib.intake.series.layouts import DERIVED, PROVIDERS, QOF, SURVEY, WORKBOOK

BAD = sorted((Path(__file__).parent / "bad").iterdir())
ATTENDANCES, BOOKED, OVER, OVER_BOOKED, WAITS, ADMISSIONS = range(6)


def write(path, header, rows, encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows([header, *rows])
    return path


def provider(code, **counts):
    """One provider's row: counts by their place among the 18, from 0; 0 elsewhere."""
    places = [int(counts.get(f"c{place}", 0)) for place in range(18)]
    return [code, "NHS ENGLAND LONDON ", code, *places]


def provider_file(path, month, rows, *, total="TOTAL", junk=0, changed=0):
    """A month of providers with its total row; `changed` is added to the total's first count."""
    sums = [sum(row[3 + place] for row in rows) for place in range(18)]
    sums[0] += changed
    header = [*PROVIDERS.columns, *[""] * (junk - 1), *(["a"] if junk else [])]
    extra = [""] * junk
    body = [[f"MSitAE-{month}", *row, *extra] for row in rows]
    return write(path, header, [*body, [total, total, total, total, *sums, *extra]])


def derived_file(path, rows):
    """The derived table: (ONS code, attendances, over four hours, date) a row."""
    made = [[code, seen, over, 100, 10, round(over / seen, 2), 0.1, date]
            for code, seen, over, date in rows]  # fmt: skip
    return write(path, DERIVED.columns, made)


def workbook(path, boards, *, england=None, period="June 2025"):
    """The by-provider workbook: its sheet begins with a title, the header is in row 16."""
    book = Workbook()
    book.active.title = "Provider Level Data"
    sheet = book.create_sheet("System Level Data")
    sheet.cell(6, 2, "Period:")
    sheet.cell(6, 3, period)
    for column, name in enumerate(WORKBOOK.columns, 2):
        sheet.cell(16, column, name)
    seen, over = (sum(row[place] for row in boards) for place in (1, 2))
    rows = [("-", seen if england is None else england, over), None, *boards]
    for number, row in enumerate(rows, 17):
        for column, cell in enumerate(_system(row), 2):
            sheet.cell(number, column, cell)
    book.save(path)
    return path


def _system(row):
    if row is None:
        return []
    code, seen, over = row
    return [code, "A board", seen, over, "-", 100, 10]


def qof_file(path, rows):
    """(board, indicator, numerator, denominator, adjustments) a row."""
    made = [[board, indicator, part, base, pcas, round(100 * part / base, 2), 5.0,
             round(100 * part / (base + pcas), 2)]
            for board, indicator, part, base, pcas in rows]  # fmt: skip
    return write(path, QOF.columns, made)


def survey_file(path, rows):
    """(board, question, percent, low, high, base) a row."""
    return write(path, SURVEY.columns, [[*row, 100, 50, "A question?"] for row in rows])


def tidy_file(path, rows):
    header = ["measure", "area", "period", "numerator", "denominator", "value"]
    told = ["NHS England", "A table by ICB", "https://example.org/table"]
    return write(path, [*header, "publisher", "title", "page"], [[*row, *told] for row in rows])
