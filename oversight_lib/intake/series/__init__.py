"""Series: monthly and yearly measures of boards and of England, from many layouts to one table."""

from oversight_lib.intake.series.holdings import load_series
from oversight_lib.intake.series.reader import is_series
from oversight_lib.intake.series.taking import SeriesReport, take_in

__all__ = ["SeriesReport", "is_series", "load_series", "take_in"]
