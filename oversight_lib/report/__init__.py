"""What the reader sees: numbers in print, charts, tables and sentences.

A template asks for a view and hands it on: `page = report.trust(...)`, then
`report.charts.domain_strips(page)`. Nothing is computed here that a frame already holds.
"""

from oversight_lib.report import charts, maps, narrative, tables
from oversight_lib.report.rehearsal import rehearse
from oversight_lib.report.two_years import TwoYears, two_years
from oversight_lib.report.views import View, england, icb, region, trust

__all__ = [
    "TwoYears",
    "View",
    "charts",
    "england",
    "icb",
    "maps",
    "narrative",
    "region",
    "rehearse",
    "tables",
    "trust",
    "two_years",
]
