"""Files in the layouts that breakdowns come in; all figures in them are invented."""

import csv

from oversight_lib.intake.breakdowns.template import COLUMNS

HEADER = [
    "Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name",
    "Area Type", "Sex", "Age", "Category Type", "Category", "Time period", "Value",
    "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Lower CI 99.8 limit", "Upper CI 99.8 limit",
    "Count", "Denominator", "Value note", "Recent Trend",
    "Compared to England value or percentiles", "Compared to percentiles", "Time period Sortable",
    "New data", "Compared to goal", "Time period range",
]  # fmt: skip
"""The header of a Fingertips download, as OHID's own tests and users' programs have it."""

DECILES = "LSOA21 deprivation deciles within area (IMD trend)"
TENTHS = [
    "Most deprived decile", "Second most deprived decile", "Third more deprived decile",
    "Fourth more deprived decile", "Fifth more deprived decile", "Fifth less deprived decile",
    "Fourth less deprived decile", "Third less deprived decile", "Second least deprived decile",
    "Least deprived decile",
]  # fmt: skip


def fingertips_row(**cells):
    row = dict.fromkeys(HEADER, "") | {
        "Indicator ID": "99999", "Indicator Name": "An invented rate", "Area Code": "E92000001",
        "Area Name": "England", "Area Type": "England", "Sex": "Persons", "Age": "All ages",
        "Time period": "2023/24", "Time period Sortable": "20230000", "Value": "50",
        "Lower CI 95.0 limit": "45", "Upper CI 95.0 limit": "55.5", "Count": "500",
        "Denominator": "1000000",
    }  # fmt: skip
    return row | {name.replace("_", " "): value for name, value in cells.items()}


def of_deciles(values=range(100, 0, -10), **cells):
    """One row a tenth, the most deprived first."""
    return [
        fingertips_row(
            Category_Type=DECILES, Category=name, Value=str(value),
            **{"Lower CI 95.0 limit": str(value * 0.9), "Upper CI 95.0 limit": str(value / 0.9)},
            **cells,
        )
        for name, value in zip(TENTHS, values, strict=True)
    ]  # fmt: skip


def local_row(**cells):
    return dict.fromkeys(COLUMNS, "") | {
        "indicator": "local-clinics", "name": "People who were seen in a clinic", "unit": "percent",
        "better": "higher", "policy": "nhs-secondary-care", "period": "2025", "area": "QMF",
        "dimension": "deprivation", "grouping": "IMD 2025, national fifths", "label": "fifth 1",
        "group": "1", "count": "412", "population": "1003", "publisher": "An invented trust",
        "title": "An invented table", "page": "https://example.org/",
    } | cells  # fmt: skip


COUNTS = {
    1: ("3", "48"), 2: ("211", "487"), 3: ("262", "503"), 4: ("301", "512"), 5: ("343", "499"),
}  # fmt: skip


def local_rows(area="QMF", counts=COUNTS, **cells):
    """A fifth a row; the most deprived has three people of 48."""
    return [
        local_row(area=area, group=str(group), label=f"fifth {group}", count=count,
                  population=people, **cells)
        for group, (count, people) in counts.items()
    ]  # fmt: skip


def write(path, rows, header=None):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header or list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
