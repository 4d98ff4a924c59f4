"""Breakdowns of many indicators, areas and periods: what is shown, measured, and changed."""

from oversight_lib.method.breakdowns.changes import changed
from oversight_lib.method.breakdowns.measures import measured
from oversight_lib.method.breakdowns.protected import secrets, shown
from oversight_lib.method.breakdowns.regions import deciles_of_areas, with_regions
from oversight_lib.method.breakdowns.served import fifths, served

__all__ = [
    "changed",
    "deciles_of_areas",
    "fifths",
    "measured",
    "secrets",
    "served",
    "shown",
    "with_regions",
]
