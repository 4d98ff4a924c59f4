"""The layouts of series that are known, each recognised by its columns, in any order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from oversight_lib.errors import Problem
from oversight_lib.intake.cells import Cells
from oversight_lib.intake.series.places import Places

Read = Callable[[Cells, Places], pd.DataFrame]
_AE = "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/"


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: its columns, where its figures are kept, and who publishes them where.

    Where two layouts have a figure for the same area and period, the higher `priority` counts.
    `derived` layouts were reshaped by somebody else than the publisher.
    """

    id: str
    holding: str
    title: str
    publisher: str
    page: str
    columns: tuple[str, ...]
    priority: int = 1
    derived: bool = False


PROVIDERS: Layout = Layout(
    id="emergency-care-providers",
    holding="emergency-care",
    title="A&E attendances and emergency admissions, monthly, by provider",
    publisher="NHS England",
    page=_AE,
    priority=3,
    columns=(
        "Period", "Org Code", "Parent Org", "Org name",
        "A&E attendances Type 1", "A&E attendances Type 2",
        "A&E attendances Other A&E Department",
        "A&E attendances Booked Appointments Type 1", "A&E attendances Booked Appointments Type 2",
        "A&E attendances Booked Appointments Other Department",
        "Attendances over 4hrs Type 1", "Attendances over 4hrs Type 2",
        "Attendances over 4hrs Other Department",
        "Attendances over 4hrs Booked Appointments Type 1",
        "Attendances over 4hrs Booked Appointments Type 2",
        "Attendances over 4hrs Booked Appointments Other Department",
        "Patients who have waited 4-12 hs from DTA to admission",
        "Patients who have waited 12+ hrs from DTA to admission",
        "Emergency admissions via A&E - Type 1", "Emergency admissions via A&E - Type 2",
        "Emergency admissions via A&E - Other A&E department", "Other emergency admissions",
    ),
)  # fmt: skip

WORKBOOK: Layout = Layout(
    id="emergency-care-systems",
    holding="emergency-care",
    title="A&E attendances and emergency admissions, monthly, by provider: system level data",
    publisher="NHS England",
    page=_AE,
    priority=2,
    columns=(
        "Code", "System", "Total attendances", "Total Attendances > 4 hours",
        "Percentage in 4 hours or less (all)", "Total Emergency Admissions",
        "Number of patients spending >4 hours from decision to admit to admission",
    ),
)  # fmt: skip

DERIVED: Layout = Layout(
    id="emergency-care-derived",
    holding="emergency-care",
    title="A&E attendances and emergency admissions by integrated care board, monthly",
    publisher="NHS England",
    page=_AE,
    derived=True,
    columns=(
        "icb22_code", "total_attendances", "attendances_over_4hours",
        "total_emergency_admissions", "emergency_admissions_over_4hours",
        "pct_attendance_over_4hours", "pct_emergency_admissions_over_4hours", "date",
    ),
)  # fmt: skip

QOF: Layout = Layout(
    id="quality-and-outcomes",
    holding="quality-and-outcomes",
    title="Quality and Outcomes Framework 2024/25 by integrated care board",
    publisher="NHS England",
    page=(
        "https://digital.nhs.uk/data-and-information/publications/statistical/"
        "quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data"
    ),
    derived=True,
    columns=(
        "icb_ods_code", "indicator", "numerator", "denominator", "pcas",
        "underlying_achievement_percent", "pca_percent", "intervention_percent",
    ),
)  # fmt: skip

SURVEY: Layout = Layout(
    id="gp-survey",
    holding="gp-survey",
    title="GP Patient Survey 2025 by integrated care board",
    publisher="NHS England",
    page="https://www.gp-patient.co.uk/",
    derived=True,
    columns=(
        "icb_ods_code", "metric", "percent", "lower_95", "upper_95", "unweighted_base",
        "distributed", "received", "question",
    ),
)  # fmt: skip

HEALTH_CHECKS: Layout = Layout(
    id="health-checks",
    holding="health-checks",
    title="Physical health checks for people with severe mental illness, quarterly",
    publisher="NHS England",
    page="https://www.england.nhs.uk/statistics/statistical-work-areas/serious-mental-illness-smi/",
    columns=("Period", "CCG Code", "Question", "Answer"),
)

TRENDS: Layout = Layout(
    id="yearly-trends",
    holding="yearly-trends",
    title="Yearly measures of integrated care boards, 2012 to 2023",
    publisher="NHS England",
    page="https://www.england.nhs.uk/statistics/",
    derived=True,
    columns=("year", "org", "metric", "value", "domain"),
)

TIDY: Layout = Layout(
    id="tidy",
    holding="",
    title="",
    publisher="",
    page="",
    priority=4,
    columns=(
        "measure", "area", "period", "numerator", "denominator", "value",
        "publisher", "title", "page",
    ),
)  # fmt: skip

LAYOUTS = (PROVIDERS, WORKBOOK, DERIVED, QOF, SURVEY, HEALTH_CHECKS, TRENDS, TIDY)
BY_ID = {layout.id: layout for layout in LAYOUTS}


def recognise(header: Iterable[str]) -> Layout | None:
    """Return the layout most of whose columns a header has; none with less than half of any."""
    names = {name.casefold() for name in header}
    layout = max(LAYOUTS, key=lambda layout: _share(layout, names))
    return layout if _share(layout, names) >= 0.5 else None


def likeness(header: Iterable[str]) -> float:
    """Return how much of the layout nearest to a header the header has, from 0 to 1."""
    names = {name.casefold() for name in header}
    return max(_share(layout, names) for layout in LAYOUTS)


def missing_columns(layout: Layout, header: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every column of the layout that a header lacks."""
    names = {name.casefold() for name in header}
    for name in layout.columns:
        if name.casefold() not in names:
            yield Problem("the header", f"there is no column {name}", "all of this layout")


def _share(layout: Layout, names: set[str]) -> float:
    return len({name.casefold() for name in layout.columns} & names) / len(layout.columns)
