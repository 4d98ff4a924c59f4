"""The layouts of breakdowns that are known by their columns, in any order."""

from collections.abc import Iterable

from oversight_lib.intake.breakdowns import fingertips, template

LAYOUTS = (fingertips.COLUMNS, template.COLUMNS)


def likeness(header: Iterable[str]) -> float:
    """Return how much of the layout nearest to a header the header has, from 0 to 1."""
    names = {name.casefold() for name in header}
    return max(
        len({column.casefold() for column in columns} & names) / len(columns) for columns in LAYOUTS
    )
