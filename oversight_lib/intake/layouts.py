"""The publisher's layouts, as data: which columns make which, and where a file says its quarter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from oversight_lib.errors import Problem

PUBLISHER = "NHS England"
PAGE = "https://www.england.nhs.uk/nhs-oversight-framework/segmentation-and-league-tables/"
LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = f"Contains public sector information from {PUBLISHER} licensed under the {LICENCE}."


class Kind(StrEnum):
    """What a file holds: every figure, or the league table."""

    FIGURES = "figures"
    LEAGUE = "league"


@dataclass(frozen=True, slots=True)
class Layout:
    """One published layout, recognised by its columns in any order.

    `quarter_in` are the columns that can say the quarter, the first that is there counts;
    `optional` are those of them a file can lack.
    """

    kind: Kind
    title: str
    columns: tuple[str, ...]
    quarter_in: tuple[str, ...]
    numbers: tuple[str, ...]
    optional: tuple[str, ...] = ()


FIGURES = Layout(
    kind=Kind.FIGURES,
    title="data",
    columns=(
        "Region", "Trust_type", "Trust_subtype", "Trust_code", "Trust_name", "Domain", "Sub-domain",
        "Metric_ID", "Metric_description", "Reporting_date", "Units", "Value", "Median_value",
        "Lower_quartile", "Upper_quartile", "Rank",
    ),
    quarter_in=("Quarter", "Reporting_date"),
    numbers=("Value", "Median_value", "Lower_quartile", "Upper_quartile", "Rank"),
    optional=("Quarter",),
)  # fmt: skip

LEAGUE = Layout(
    kind=Kind.LEAGUE,
    title="league table",
    columns=(
        "Region", "Trust_type", "Trust_subtype", "Trust_code", "Trust_name", "Average_score",
        "Likely_range_of_average_score", "Segment", "Trust_in_financial_deficit", "Rank",
        "Likely_range_of_rank",
    ),
    quarter_in=("Quarter", "Reporting_date"),
    numbers=("Average_score", "Segment", "Rank"),
    optional=("Quarter", "Reporting_date"),
)  # fmt: skip

LAYOUTS = (FIGURES, LEAGUE)


def recognise(header: Iterable[str]) -> tuple[Layout | None, dict[str, str]]:
    """Return the layout most of whose columns a header has, and our name for each of its columns.

    Case does not matter. Columns the layout does not know are left out of the names. A header with
    less than half the columns of any layout is of none.
    """
    spelled = {name.casefold(): name for name in header}
    layout = max(LAYOUTS, key=lambda layout: _share(layout, spelled.keys()))
    if _share(layout, spelled.keys()) < 0.5:
        return None, {}
    known = dict.fromkeys((*layout.optional, *layout.columns))
    return layout, {spelled[n.casefold()]: n for n in known if n.casefold() in spelled}


def likeness(header: Iterable[str]) -> float:
    """Return how much of the layout nearest to a header the header has, from 0 to 1."""
    names = {name.casefold() for name in header}
    return max(_share(layout, names) for layout in LAYOUTS)


def _share(layout: Layout, names: Iterable[str]) -> float:
    return len({name.casefold() for name in layout.columns} & set(names)) / len(layout.columns)


def missing_columns(layout: Layout | None, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every column that is not there, or one if the layout is not known."""
    if layout is None:
        expected = (
            "the columns of a data file or of a league table of the NHS Oversight Framework, or of "
            "a series or breakdown that is known"
        )
        yield Problem("row 1", "the header is of no layout that is known", expected)
        return
    for name in layout.columns:
        if name not in names:
            expected = f"all {len(layout.columns)} columns of the published {layout.title}"
            yield Problem("row 1", f"there is no column {name}", expected)
